// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/progress_bar.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace gst_translate {

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), visible_(isatty(STDERR_FILENO) != 0) {}

Progress ProgressBar::progress() const {
  return [this, shown = -1](double fraction) mutable {
    constexpr int width = 40;
    const int percent = static_cast<int>(fraction * 100);
    if (!visible_ || percent == shown) return true;
    shown = percent;
    const int filled = percent * width / 100;
    std::fprintf(stderr, "\r%s [%s%s] %d %%", what_.c_str(),
                 std::string(static_cast<size_t>(filled), '#').c_str(),
                 std::string(static_cast<size_t>(width - filled), ' ').c_str(), percent);
    return true;
  };
}

void ProgressBar::finish() const {
  if (visible_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace gst_translate
