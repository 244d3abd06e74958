// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/torch/int8_rows.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

namespace gst_translate::torch_backend {

struct Linear {
  at::Tensor weight;  ///< [out, in]
  at::Tensor bias;    ///< [out]
  Int8Rows int8;      ///< the same weight, where it was rounded

  /// The weight as it counts, in float32.
  at::Tensor exact() const { return int8.defined() ? int8.values() : weight.to(at::kFloat); }
};

struct LayerNorm {
  at::Tensor weight, bias;  ///< [width]
};

struct EncoderLayer {
  LayerNorm self_norm, ffn_norm;
  Linear self_qkv;  ///< query, key and value one behind the other: [3 width, width]
  Linear self_out, fc1, fc2;
};

struct DecoderLayer {
  LayerNorm self_norm, cross_norm, ffn_norm;
  Linear self_qkv, self_out, cross_query, cross_out, fc1, fc2;
  Linear cross_kv;  ///< key and value: [2 width, width]
};

/// All weights of a model, on one device in one precision. In int8, the decoder's layers are
/// rounded, and are held both in int8 and as what that stands for in the precision of activations;
/// the rest is as it was stored.
struct Parameters {
  at::Tensor encoder_embedding, decoder_embedding;  ///< [vocabulary, width]
  at::Tensor head;                                  ///< [vocabulary, width]
  std::vector<EncoderLayer> encoder;
  std::vector<DecoderLayer> decoder;
  LayerNorm encoder_norm, decoder_norm;
  int64_t bytes = 0;
};

/// Copies the weights to the device, each file's part once, and gives the file's pages back as it
/// goes. `int8`: rounds the decoder's layers. `progress` may give up: throws `Error` (Cancelled).
Parameters load_parameters(const Weights& weights, const ModelConfig& config,
                           const at::Device& device, at::ScalarType precision, bool int8,
                           const Progress& progress);

}  // namespace gst_translate::torch_backend
