// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/screen.h"

namespace gst_translate::gpu {

enum class Precision { Float32, Float16, Bfloat16 };

/// A matrix in int8, each row in steps of its own scale.
struct RoundedMatrix {
  const int8_t* weight = nullptr;  ///< [out, `row_stride`]
  const float* scale = nullptr;    ///< [out]
};

/// A matrix, or a norm.
struct Matrix {
  const void* weight = nullptr;
  const void* bias = nullptr;
  FoldedNorm folded;                   ///< of the norm before it, in 16 bits
  RoundedMatrix rounded;               ///< of the decoder, where `ModelView` says so
  const float* bias_of_sum = nullptr;  ///< the bias in float32, of what is added to the residual
                                       ///< stream, in 16 bits
};

struct EncoderLayerView {
  Matrix self_norm, self_qkv, self_out, ffn_norm, fc1, fc2;
};

struct DecoderLayerView {
  Matrix self_norm, self_qkv, self_out, cross_norm, cross_query, cross_kv, cross_out, ffn_norm, fc1,
      fc2;
};

/// The weights of a model where they lie on the device, each matrix [out, in].
struct ModelView {
  Precision precision = Precision::Float32;
  bool rounded = false;  ///< few slots read the decoder's layers in int8
  int vocabulary = 0, width = 0;
  int encoder_heads = 0, decoder_heads = 0, encoder_ffn = 0, decoder_ffn = 0;
  float embedding_scale = 1;
  int32_t padding = -1;  ///< the token that has no position
  const void* encoder_embedding = nullptr;
  const void* decoder_embedding = nullptr;
  const void* head = nullptr;
  ScreenView screen;  ///< of the head, in 16 bits
  std::vector<EncoderLayerView> encoder;
  std::vector<DecoderLayerView> decoder;
  Matrix encoder_norm, decoder_norm;
};

}  // namespace gst_translate::gpu
