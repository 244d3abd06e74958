// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/floats.h"
#include "gst-translate/decode/cpu/kernels.h"
#include "gst-translate/decode/cpu/output_layer.h"
#include "gst-translate/decode/cpu/packed_store.h"
#include "gst-translate/decode/cpu/parameters.h"
#include "gst-translate/decode/cpu/thread_choice.h"
#include "gst-translate/decode/cpu/thread_pool.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/decode/vocabulary_groups.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

namespace gst_translate::cpu {

/// The sinusoidal positions of the network (transformers, modeling_m2m_100.py): sines, then
/// cosines; row 1 is the padding's, the first token of a text has row 2.
class Positions {
 public:
  explicit Positions(int width) : width_(static_cast<size_t>(width)) {}

  /// The row of the n-th token of a text, n from 0.
  const float* token(size_t n);

 private:
  void add();

  size_t width_;
  std::vector<std::vector<float>> rows_;
};

/// A model as this backend computes with it: what encoder and decoder share. From one thread at a
/// time.
class PackedModel {
 public:
  /// `tokens`: the text of each. Throws `Error`: Corrupt, Memory, Cancelled.
  PackedModel(const Weights& weights, const ModelConfig& config,
              const std::vector<std::string>& tokens, WeightType layer_type, const Kernels& kernels,
              int threads, const Progress& progress);

  size_t width() const { return static_cast<size_t>(config.width); }
  size_t bytes() const { return arena_.size(); }

  /// The groups of the vocabulary that are scored for a row.
  uint64_t groups_of(const DecoderRow& row) const {
    return row.shortlist ? groups.for_language(row.language) : ~uint64_t{0};
  }

  /// A token's embedding with its position.
  void embed(const TensorView& table, int32_t token, size_t position, float* to);

  /// x [rows, width] += fc2(activation(fc1(norm(x)))); `normed` and `inner` are room to work in.
  void feed_forward(const LayerNorm& norm, const PackedWeights& fc1, const PackedWeights& fc2,
                    float* x, int rows, Floats& normed, Floats& inner);

  const Weights& weights;
  const ModelConfig& config;
  const WeightType type;  ///< of the layers
  const Kernels& kernels;
  const VocabularyGroups groups;
  ThreadPool pool;
  std::optional<ThreadChoice> choice;  ///< of the threads for a step; unset: always the same
  Compute compute;
  const StoredEmbeddings embeddings;
  Parameters parameters;
  std::optional<OutputLayer> output;

 private:
  Arena arena_;
  Positions positions_;
  const float embedding_scale_;
};

}  // namespace gst_translate::cpu
