// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace gst_translate {

/// A bar on standard error for work of more than a moment, where somebody looks: on a terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what);

  /// To be called with the fraction done; never gives up. Once there is something to judge by, the
  /// time that is left stands behind the bar.
  std::function<bool(double fraction)> progress() const;

  /// Takes the bar away.
  void finish() const;

 private:
  std::string what_;
  bool visible_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace gst_translate
