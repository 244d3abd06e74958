// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <csignal>
#include <vector>

namespace gst_lingua_tools {

/// The signals that ask a program to end. SIGHUP is none where whoever started the program wants it
/// to go on when its terminal is closed, as `nohup` does.
inline std::vector<int> ending_signals() {
  std::vector<int> signals = {SIGINT, SIGTERM};
  struct sigaction action = {};
  if (sigaction(SIGHUP, nullptr, &action) != 0 || action.sa_handler != SIG_IGN)
    signals.push_back(SIGHUP);
  return signals;
}

}  // namespace gst_lingua_tools
