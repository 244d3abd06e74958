// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <csignal>

namespace gst_lingua_tools {

/// Whether who started this program wants it to go on when its terminal is closed, as `nohup` does:
/// then SIGHUP is not to be caught.
inline bool outlives_terminal() {
  struct sigaction action = {};
  return sigaction(SIGHUP, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace gst_lingua_tools
