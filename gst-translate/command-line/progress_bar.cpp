// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/command-line/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace gst_translate {

namespace {

/// " 1:05 left"; empty while it would be a guess.
std::string time_left(double seconds, double fraction) {
  constexpr double least_seconds = 2;
  constexpr double least_fraction = 0.02;
  if (seconds < least_seconds || fraction < least_fraction) return "";
  const int left = static_cast<int>(std::lround(seconds * (1 - fraction) / fraction));
  char text[32];
  if (left >= 3600)
    std::snprintf(text, sizeof text, " %d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60);
  else
    std::snprintf(text, sizeof text, " %d:%02d left", left / 60, left % 60);
  return text;
}

}  // namespace

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), visible_(isatty(STDERR_FILENO) != 0) {}

std::function<bool(double)> ProgressBar::progress() const {
  return [this, shown = std::string()](double fraction) mutable {
    constexpr int width = 40;
    if (!visible_) return true;
    fraction = std::clamp(fraction, 0.0, 1.0);
    const int percent = static_cast<int>(fraction * 100);
    const int filled = percent * width / 100;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    std::string line = what_ + " [" + std::string(static_cast<size_t>(filled), '#') +
                       std::string(static_cast<size_t>(width - filled), ' ') + "] " +
                       std::to_string(percent) + " %" + time_left(seconds, fraction);
    if (line == shown) return true;
    std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
    shown = std::move(line);
    return true;
  };
}

void ProgressBar::finish() const {
  if (visible_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace gst_translate
