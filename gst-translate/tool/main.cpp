// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include "gst-translate/text/error.h"
#include "gst-translate/tool/bench.h"
#include "gst-translate/tool/log_to_stderr.h"
#include "gst-translate/tool/model_commands.h"
#include "gst-translate/tool/options.h"
#include "gst-translate/tool/segment.h"
#include "gst-translate/tool/translate.h"

using namespace gst_translate;

namespace {

struct Command {
  const char* name;
  int (*run)(int argc, char** argv);
  const char* usage;
};

const Command commands[] = {
    {"translate", translate_command, translate_usage},
    {"bench", bench_command, bench_usage},
    {"info", info_command, info_usage},
    {"trim", trim_command, trim_usage},
    {"segment", segment_command, segment_usage},
};

/// The first word is a command, or a file to translate.
void check_first_word(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-' || access(argv[1], F_OK) == 0) return;
  std::string names;
  for (const auto& command : commands)
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  throw UsageError("\"" + std::string(argv[1]) + "\" is neither a command (" + names +
                   ") nor a file");
}

bool asks_for(const char* option, int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], option) == 0) return true;
  return false;
}

/// Takes an option that every command has out of the arguments. How often it was there.
int take(const char* option, const char* letter, int& argc, char** argv) {
  char** const rest = std::remove_if(argv, argv + argc, [=](const char* argument) {
    return std::strcmp(argument, option) == 0 || std::strcmp(argument, letter) == 0;
  });
  const auto taken = static_cast<int>(argv + argc - rest);
  argc -= taken;
  argv[argc] = nullptr;
  return taken;
}

}  // namespace

int main(int argc, char** argv) {
  if (const int times = take("--verbose", "-v", argc, argv); times > 0) log_to_stderr(times);
  const Command* named = nullptr;
  for (const auto& candidate : commands) {
    if (argc < 2 || std::strcmp(argv[1], candidate.name) != 0) continue;
    named = &candidate;
    ++argv;
    --argc;
    break;
  }
  const Command& command = named != nullptr ? *named : commands[0];
  if (asks_for("--version", argc, argv)) {
    std::puts("gst-translate " GST_LINGUA_VERSION);
    return 0;
  }
  if (asks_for("--help", argc, argv)) {
    std::fputs(command.usage, stdout);
    return 0;
  }
  try {
    if (named == nullptr) check_first_word(argc, argv);
    return command.run(argc, argv);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "gst-translate: %s.\nTry: gst-translate %s --help\n", error.what(),
                 command.name);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gst-translate: %s\n", error.what());
    return 1;
  }
}
