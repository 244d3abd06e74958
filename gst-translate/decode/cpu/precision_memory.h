// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "gst-translate/model/weights.h"

namespace gst_translate::cpu {

/// Remembers from one process to the next which precision was chosen for a model and the kernels of
/// a processor: a line in a file in the user's cache folder ($XDG_CACHE_HOME, else ~/.cache). A
/// model whose files have changed is another one. Nothing fails where there is no such folder.
class PrecisionMemory {
 public:
  PrecisionMemory(const Weights& weights, const std::string& kernels);

  /// Empty if nothing is remembered.
  std::string recall() const;
  void remember(const std::string& precision) const;

 private:
  std::string folder_;
  std::string path_;
};

}  // namespace gst_translate::cpu
