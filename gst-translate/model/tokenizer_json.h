// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "gst-translate/model/pieces.h"

namespace gst_translate {

/// Turns the BPE of a `tokenizer.json` (all that transformers 5 saves) into a sentencepiece model,
/// so that one engine cuts all texts: pieces with the rank of the merge that makes them for a
/// score, and the normalizer's character map. Merges were once made from such scores, so that both
/// cut alike (transformers, tokenization_utils_tokenizers.py). Throws `Error`.
Pieces convert_tokenizer_json(const std::string& path, const Progress& progress);

}  // namespace gst_translate
