// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "gst-translate/decode/cpu/kernels.h"
#include "gst-translate/decode/cpu/packed_store.h"
#include "gst-translate/decode/vocabulary_groups.h"
#include "gst-translate/model/config.h"

namespace gst_translate::cpu {

struct LayerNorm {
  const float* weight = nullptr;
  const float* bias = nullptr;
};

struct EncoderLayer {
  LayerNorm self_norm, ffn_norm;
  PackedWeights self_qkv;  ///< queries, keys and values one below the other
  PackedWeights self_out, fc1, fc2;
};

struct DecoderLayer {
  LayerNorm self_norm, cross_norm, ffn_norm;
  PackedWeights self_qkv, self_out, cross_query, cross_out, fc1, fc2;
  PackedWeights cross_kv;  ///< keys and values one below the other
};

/// The matrix that scores every token, its rows sorted by the scripts of their tokens, so that the
/// rows of one script are read in one go; each script's rows begin a panel.
struct OutputMatrix {
  struct Group {
    int first = 0, last = 0;  ///< panels
  };
  PackedWeights weights;
  std::byte* bytes = nullptr;   ///< those of the weights: `FirstLook` reorders them
  std::vector<int32_t> tokens;  ///< by row, -1 where a panel is filled up
  std::vector<Group> groups;    ///< as `VocabularyGroups` numbers them
  /// int8, [rows]: see `PackedStore::Rows`.
  const float* error = nullptr;
  const float* norm = nullptr;
  const float* residual = nullptr;
};

/// All weights of a model as the kernels want them, but for the embeddings: those are read from the
/// model's files, a row at a time.
struct Parameters {
  std::vector<EncoderLayer> encoder;
  std::vector<DecoderLayer> decoder;
  LayerNorm encoder_norm, decoder_norm;
  OutputMatrix output;
};

/// Makes the calls that lay the weights out; see `PackedStore`.
Parameters lay_out(PackedStore& store, const Weights& weights, const ModelConfig& config,
                   const VocabularyGroups& groups, WeightType type);

/// The matrices of the vocabulary as they lie in the model's files; tied ones are the same.
struct StoredEmbeddings {
  const TensorView& encoder;
  const TensorView& decoder;
  const TensorView& output;

  static StoredEmbeddings find(const Weights& weights, const ModelConfig& config);
};

}  // namespace gst_translate::cpu
