// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include "gst-translate/decode/gpu/model_view.h"
#include "gst-translate/decode/torch/parameters.h"

namespace gst_translate::gpu {

/// Folds sentences into the weights of a model's cross-attention: see folded_attention.h.
class SentenceFolding {
 public:
  /// A sentence in all layers of the decoder, as `FoldedSentence`.
  struct Folded {
    at::Tensor scores;     ///< [layers x heads, most tokens, 2 width]
    at::Tensor constants;  ///< [layers x heads, 2, most tokens]
    at::Tensor outputs;    ///< [layers x heads, width, most tokens]
  };

  /// Whether the kernels have room for a model's heads and width.
  static bool can(const ModelView& model);

  SentenceFolding(const torch_backend::Parameters& parameters, int heads);

  /// Room for a sentence.
  Folded allocate() const;
  /// Its keys and values: [layers, tokens, 2 width], of up to `most_folded_tokens`.
  void fold(const at::Tensor& keys_and_values, Folded& folded) const;

 private:
  int64_t layers_, heads_, size_;
  at::Tensor scores_;     // [layers x heads, size of a head, 2 width]
  at::Tensor constants_;  // [layers x heads, 2, size of a head]
  at::Tensor outputs_;    // [layers x heads, width, size of a head]
};

}  // namespace gst_translate::gpu
