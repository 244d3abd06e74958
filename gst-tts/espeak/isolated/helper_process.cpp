// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/isolated/helper_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "gst-translate/text/error.h"
#include "gst-translate/text/own_path.h"

extern char** environ;

namespace gst_tts::espeak {

namespace fs = std::filesystem;
using gst_translate::Error;

namespace {

/// What the new process has of ours: no signal is blocked or ignored, nothing is open but these.
class SpawnSettings {
 public:
  explicit SpawnSettings(int input) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

HelperProcess::HelperProcess(const fs::path& program) {
  auto [ours, its] = Channel::make_pair();
  const SpawnSettings settings(its.descriptor());
  std::string name = program.string();
  const std::array<char*, 2> arguments = {name.data(), nullptr};
  const int failure = posix_spawn(&id_, name.c_str(), settings.actions(), settings.attributes(),
                                  arguments.data(), environ);
  if (failure != 0) {
    throw Error(Error::Kind::Unavailable,  // NOLINTNEXTLINE(concurrency-mt-unsafe)
                name + " does not start (" + std::strerror(failure) + ").");
  }
  channel_ = std::move(ours);
}

HelperProcess::~HelperProcess() {
  kill(id_, SIGKILL);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

fs::path helper_program() {
  const char* chosen = std::getenv("GST_LINGUA_ESPEAK");  // NOLINT(concurrency-mt-unsafe)
  if (chosen != nullptr) return chosen;
  const std::string name = "gst-lingua-espeak";
  return gst_translate::own_path(reinterpret_cast<const void*>(&helper_program), name,
                                 GST_LINGUA_LIBEXEC_DIR "/" + name);
}

}  // namespace gst_tts::espeak
