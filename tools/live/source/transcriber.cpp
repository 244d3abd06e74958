// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/transcriber.h"

#include <glib-unix.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_lingua_live {

using gst_translate::Error;

Transcriber::Transcriber(const std::string& command) : command_(command) {
  std::string shell = "/bin/sh", option = "-c", line = command;
  char* arguments[] = {shell.data(), option.data(), line.data(), nullptr};
  g_autoptr(GError) error = nullptr;
  // A group of its own, so that whatever the shell starts ends with it.
  const auto lead_group = [](gpointer) {
    setpgid(0, 0);
    std::signal(SIGPIPE, SIG_DFL);
  };
  if (g_spawn_async_with_pipes(nullptr, arguments, nullptr, G_SPAWN_DO_NOT_REAP_CHILD, lead_group,
                               nullptr, &process_, &sound_, &text_, nullptr, &error) == FALSE)
    throw Error(Error::Kind::Failed, "The transcriber could not be started.", error->message);
  // Whoever writes can then be interrupted while it does not read.
  g_unix_set_fd_nonblocking(sound_, TRUE, nullptr);
}

Transcriber::~Transcriber() {
  end_sound();
  kill(-process_, SIGTERM);
  for (int i = 0; i < 100 && !has_ended(WNOHANG); ++i)
    g_usleep(10000);
  kill(-process_, SIGKILL);
  reader_.reset();  // it may have waited for that end
  waitpid(process_, nullptr, 0);
  close(text_);
}

void Transcriber::end_sound() {
  if (sound_ >= 0) close(sound_);
  sound_ = -1;
}

void Transcriber::start(TextSource::Listener listener) {
  listener_ = std::move(listener);
  reader_.emplace(
      text_, [this](const std::string& piece) { lines_.push(piece, listener_); },
      [this] {
        lines_.finish(listener_);
        listener_.end(wait());
      });
}

/// Waits, unless told otherwise. Its number stays its own, so that it can be told to end meanwhile.
std::optional<siginfo_t> Transcriber::has_ended(int options) const {
  siginfo_t end = {};
  const bool asked =
      waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOWAIT | options) == 0;
  return asked && end.si_pid != 0 ? std::optional(end) : std::nullopt;
}

/// Its output has ended; says what it ended by, if that was no success.
std::string Transcriber::wait() const {
  const std::optional<siginfo_t> end = has_ended(0);
  if (!end || end->si_status == 0) return {};
  return "The transcriber (" + command_ + ") ended with " +
         (end->si_code == CLD_EXITED ? "status " : "signal ") + std::to_string(end->si_status) +
         ".";
}

}  // namespace gst_lingua_live
