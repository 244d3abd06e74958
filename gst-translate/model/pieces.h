// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/sentencepiece_model.h"

namespace gst_translate {

/// The pieces of a model folder's tokenizer, and the id that the network has for each.
struct Pieces {
  SentencepieceModel model;
  std::vector<int32_t> ids;  ///< by the piece's place in `model`, -1: none
  std::string source;        ///< the file they come from
};

/// Reads sentencepiece.bpe.model with NLLB's or vocab.json's ids, else tokenizer.json. Throws
/// `Error`.
Pieces read_pieces(const std::string& folder, const ModelConfig& config, const Progress& progress);

}  // namespace gst_translate
