// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gst-translate/api/search_options.h"

namespace gst_translate {

/// The families that share one network and differ in their tokenizer and in where tags go.
enum class ModelKind {
  Nllb,      ///< `[source] text </s>`, the target language forced as first token
  M2m100,    ///< the same with `__xx__` tags and a vocabulary file
  Small100,  ///< `[target] text </s>`, nothing forced
};

enum class Activation { Relu, Gelu, Silu };

/// What a folder's config.json and generation_config.json say. Names in comments are Hugging
/// Face's: transformers, models/m2m_100/configuration_m2m_100.py.
struct ModelConfig {
  ModelKind kind = ModelKind::Nllb;
  int vocabulary = 0;  ///< vocab_size
  int width = 0;       ///< d_model
  int encoder_layers = 0, decoder_layers = 0;
  int encoder_heads = 0, decoder_heads = 0;
  int encoder_ffn = 0, decoder_ffn = 0;
  int max_positions = 0;  ///< max_position_embeddings; a size, not a limit
  bool scale_embedding = true;
  bool tied = true;  ///< tie_word_embeddings
  Activation activation = Activation::Relu;
  int32_t pad = 1, decoder_start = 2;
  std::vector<int32_t> eos = {2};
  std::string stored_precision;  ///< dtype or torch_dtype; a hint only
  SearchOptions search;          ///< every value set: the folder's or Hugging Face's default

  /// Reads `folder`/config.json and, where there is one, generation_config.json. Throws `Error`
  /// where a value is missing, out of range or of another network.
  static ModelConfig read(const std::string& folder);
};

}  // namespace gst_translate
