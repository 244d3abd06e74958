// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gst-translate/api/progress.h"

namespace gst_translate {

/// What a smaller model keeps of a larger one.
struct TrimOptions {
  std::vector<std::string> languages;  ///< any codes that `find_language` knows
  std::vector<std::string> corpora;  ///< files whose pieces are kept; none: the languages' scripts
  int encoder_layers = 0, decoder_layers = 0;  ///< 0: all; fewer are taken at even distances
  std::string precision;  ///< float32, float16, bfloat16; empty: 16 bit as stored, else float16
};

struct TrimResult {
  int vocabulary_before = 0, vocabulary = 0;
  int64_t bytes_before = 0, bytes = 0;  ///< of the weights' files
};

/// Writes the folder `out`: an ordinary Hugging Face folder that holds less. Tokens of kept pieces
/// have the same embeddings, so that a translation changes only where it needs a piece that is
/// gone. Throws `Error`.
TrimResult trim_model(const std::string& folder, const std::string& out, const TrimOptions& options,
                      const Progress& progress);

}  // namespace gst_translate
