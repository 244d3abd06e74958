// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <sys/types.h>

#include <filesystem>

#include "gst-tts/espeak/isolated/channel.h"

namespace gst_tts::espeak {

/// A program that talks to us through its standard input. Its standard output leads nowhere. It has
/// a process group of its own, so that Ctrl-C in a terminal is ours alone to obey.
class HelperProcess {
 public:
  /// Starts it. Throws `Error`: Unavailable where it is not there or does not start.
  explicit HelperProcess(const std::filesystem::path& program);

  /// Ends it, and waits for that. What it forked ends when its own connections are closed.
  ~HelperProcess();

  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  Channel& channel() { return channel_; }
  pid_t id() const { return id_; }

 private:
  Channel channel_;
  pid_t id_ = 0;
};

/// Where gst-lingua-espeak is: what GST_LINGUA_ESPEAK says, else in the installation or the build
/// folder that this library is of.
std::filesystem::path helper_program();

}  // namespace gst_tts::espeak
