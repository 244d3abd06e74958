// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

namespace gst_translate::torch_backend {

/// A matrix in int8, each row in steps of its own scale, as the processor's backend holds it.
/// Undefined where there is none.
struct Int8Rows {
  at::Tensor numbers;  ///< [rows, depth], int8
  at::Tensor scale;    ///< [rows, 1], float32

  bool defined() const { return numbers.defined(); }
  /// What they stand for, in float32.
  at::Tensor values() const { return numbers.to(at::kFloat) * scale; }
};

/// The largest number of each row becomes 127 or -127.
Int8Rows round_to_int8(const at::Tensor& matrix);

}  // namespace gst_translate::torch_backend
