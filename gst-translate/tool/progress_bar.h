// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "gst-translate/api/translator.h"

namespace gst_translate {

/// A bar on standard error for work of more than a moment, where somebody looks: on a terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what);

  /// To be called with the fraction done; never gives up.
  Progress progress() const;

  /// Takes the bar away.
  void finish() const;

 private:
  std::string what_;
  bool visible_;
};

}  // namespace gst_translate
