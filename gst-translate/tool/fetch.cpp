// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/fetch.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "gst-translate/api/translator.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/model/weights.h"
#include "gst-translate/text/cache_folder.h"
#include "gst-translate/text/environment.h"

extern char** environ;

namespace gst_translate {

namespace {

namespace fs = std::filesystem;

enum Option { kYes = 'y' };

/// "owner/name", in the hub's letters.
bool is_hub_name(const std::string& name) {
  const auto slash = name.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < name.size() &&
         name.find('/', slash + 1) == std::string::npos && name[0] != '.' && name[0] != '-' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '/' || c == '-' || c == '_' || c == '.';
         });
}

/// Runs a program and waits. Its output goes to the log, or where ours goes. Returns its exit
/// status, or 127 where there is no such program.
int run_child(const std::vector<std::string>& command, const std::string& log = "") {
  std::vector<char*> arguments;
  for (const std::string& word : command)
    arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (!log.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0666);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  }
  // Ctrl-C is the child's to answer: it tells what the state is.
  const auto before = std::signal(SIGINT, SIG_IGN);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  while (failed == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  std::signal(SIGINT, before);
  if (failed != 0) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

fs::path client_folder() {
  return cache_folder() / "gst-lingua" / "hub-client";
}

/// The Python that has the hub's client: the one that the user names, else one of our own, made on
/// first use.
std::string client_python() {
  if (std::string chosen = environment_variable("GST_LINGUA_HUB_CLIENT"); !chosen.empty())
    return chosen;
  const fs::path folder = client_folder();
  const fs::path ready = folder / "ready";
  std::string python = (folder / "bin" / "python").string();
  if (fs::exists(ready) && fs::exists(python)) return python;

  warn("setting up the hub's client, once, in " + folder.string());
  std::error_code error;
  fs::remove_all(folder, error);
  fs::create_directories(folder.parent_path(), error);
  if (error)
    throw Error(Error::Kind::Unreadable, folder.parent_path().string() +
                                             ": cannot be made: " + error.message() +
                                             ". XDG_CACHE_HOME names another folder.");
  const std::string log = folder.string() + ".log";
  fs::remove(log, error);
  const std::string other =
      " Or set GST_LINGUA_HUB_CLIENT to a Python that has huggingface_hub. The log is " + log + ".";
  const int made = run_child({"python3", "-m", "venv", folder.string()}, log);
  if (made == 127)
    throw Error(Error::Kind::Unavailable,
                "There is no python3, which the hub's client wants: install it (Debian: python3 "
                "python3-venv)." +
                    other);
  if (made != 0)
    throw Error(Error::Kind::Unavailable,
                "python3 makes no environment for the hub's client: install its module venv "
                "(Debian: python3-venv)." +
                    other);
  if (run_child({python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                 "huggingface_hub>=0.23,<3"},
                log) != 0)
    throw Error(Error::Kind::Unavailable,
                "pip could not fetch huggingface_hub, the hub's client: check the network and the "
                "settings of pip, then again." +
                    other);
  std::ofstream(ready).put('\n');
  return python;
}

int run(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  bool yes = false;
  OptionReader reader(argc, argv, specs);
  while (reader.next() != OptionReader::end)
    yes = true;
  const auto names = reader.arguments();
  if (names.size() != 1) throw UsageError("fetch takes the name of one model on the hub");
  const std::string& name = names.front();
  if (!is_hub_name(name))
    throw UsageError("\"" + name +
                     "\" is no name of the hub; it is OWNER/NAME, as in "
                     "facebook/nllb-200-distilled-600M");
  if (!yes && isatty(STDIN_FILENO) == 0)
    throw UsageError("--yes is missing, and standard input is no terminal that could be asked");

  const std::string python = client_python();
  const int status = run_child({python, "-c", fetch_script, name, yes ? "yes" : "ask"});
  if (status == 127) throw Error(Error::Kind::Unavailable, python + ": there is no such Python.");
  if (status != 0) return 1;
  const std::string folder = locate_model(name);
  const ModelConfig config = ModelConfig::read(folder);
  Tokenizer::open(folder, config);
  Weights::open(folder);
  std::printf("%s\n", folder.c_str());
  return 0;
}

}  // namespace

Command fetch_command() {
  return {
      "fetch",
      "[OPTION...] NAME",
      "fetches a model from the Hugging Face hub",
      "Fetches the model of this name, as facebook/nllb-200-distilled-600M, into the hub's cache, "
      "where every command and element then finds it by its name. It tells the licence and the "
      "size, and asks. What was fetched before is kept, also after an interruption; sizes and "
      "checksums are compared. Prints the model's folder.",
      {{kYes, "yes", nullptr, "fetches without asking"}},
      run,
      "The hub's own client does it (huggingface_hub, in Python), in an environment of its own "
      "that is made once in the user's cache folder.\n\n"
      "Environment: HF_HUB_CACHE, HF_HOME, where models go; HF_ENDPOINT, another hub; HF_TOKEN, "
      "for models that want one; HF_HUB_OFFLINE, asks no hub; GST_LINGUA_HUB_CLIENT, a Python that "
      "has huggingface_hub, in place of the environment.",
  };
}

}  // namespace gst_translate
