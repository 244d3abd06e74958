// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "gst-translate/model/weights.h"

// How the state dict of a model calls its tensors, as `Weights` knows them (transformers,
// models/m2m_100/modeling_m2m_100.py). The one place for all who read or write them. A linear layer
// or a norm is named without its ending: see `weight_of` and `bias_of`.

namespace gst_translate {

enum class Stack { Encoder, Decoder };

struct AttentionNames {
  std::string norm, query, key, value, out;
};

struct LayerNames {
  AttentionNames self;
  AttentionNames cross;  ///< of a decoder's layer
  std::string ffn_norm, fc1, fc2;
};

/// What the names of all tensors of a layer begin with.
std::string layer_prefix(Stack stack, int number);

LayerNames layer_names(Stack stack, int number);

/// The norm behind the last layer.
std::string final_norm(Stack stack);

std::string weight_of(const std::string& name);
std::string bias_of(const std::string& name);

// The matrices of the vocabulary, [vocabulary, width].
constexpr const char* shared_embedding = "shared.weight";
constexpr const char* encoder_embedding = "encoder.embed_tokens.weight";
constexpr const char* decoder_embedding = "decoder.embed_tokens.weight";
constexpr const char* output_embedding = "lm_head.weight";

/// Which of those a model's files hold for each use.
struct EmbeddingNames {
  std::string encoder, decoder, output;
};

/// Files store tied matrices once, under any of their names (`_tied_weights_keys` there); untied
/// ones that are missing are the shared one. What nobody stores has a name that `Weights::get` then
/// misses.
EmbeddingNames find_embeddings(const Weights& weights, bool tied);

}  // namespace gst_translate
