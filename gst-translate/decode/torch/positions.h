// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace gst_translate::torch_backend {

/// The network's sinusoidal positions (transformers, modeling_m2m_100.py,
/// `M2M100SinusoidalPositionalEmbedding`): sines, then cosines; row 1 is the padding's and zero;
/// the first token of a text has row 2. Grows as texts do: there is no longest text.
class Positions {
 public:
  Positions() = default;
  Positions(int64_t width, int64_t rows, const at::TensorOptions& options);

  /// [count, width]: the rows of tokens `first` to `first` + `count`, the first of a text being 0.
  at::Tensor tokens(int64_t first, int64_t count);

 private:
  void grow(int64_t rows);

  int64_t width_ = 0;
  at::TensorOptions options_;
  at::Tensor table_;
};

}  // namespace gst_translate::torch_backend
