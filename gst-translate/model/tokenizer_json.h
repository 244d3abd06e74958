// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gst_translate {

/// What a `tokenizer.json` becomes, so that one engine cuts all texts.
struct ConvertedTokenizer {
  std::string sentencepiece;  ///< a serialized sentencepiece model
  std::vector<int32_t> ids;   ///< the model's id of each of its pieces
};

/// Turns the BPE of a `tokenizer.json` (all that transformers 5 saves) into a sentencepiece model:
/// pieces with the rank of the merge that makes them for a score, and the normalizer's character
/// map. Merges were once made from such scores, so that both cut alike (transformers,
/// tokenization_utils_tokenizers.py; google/sentencepiece, src/sentencepiece_model.proto). Throws
/// `Error`.
ConvertedTokenizer convert_tokenizer_json(const std::string& path);

}  // namespace gst_translate
