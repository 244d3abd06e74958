// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/positions.h"

#include <algorithm>
#include <cmath>

namespace gst_translate::torch_backend {
namespace {

constexpr int64_t padding_row = 1;
constexpr int64_t first_row = 2;

}  // namespace

Positions::Positions(int64_t width, int64_t rows, const at::TensorOptions& options)
    : width_(width), options_(options) {
  grow(rows);
}

at::Tensor Positions::tokens(int64_t first, int64_t count) {
  const int64_t needed = first + count + first_row;
  if (needed > table_.size(0)) grow(std::max(needed, 2 * table_.size(0)));
  return table_.narrow(0, first + first_row, count);
}

void Positions::grow(int64_t rows) {
  const int64_t half = width_ / 2;
  // Computed in float32 as the original does, whatever the network's own precision is.
  const double step = -std::log(10000.0) / static_cast<double>(std::max<int64_t>(half - 1, 1));
  const at::Tensor frequencies = at::exp(at::arange(half, at::kFloat) * step);
  const at::Tensor angles = at::arange(rows, at::kFloat).unsqueeze(1) * frequencies.unsqueeze(0);
  at::Tensor table = at::zeros({rows, width_}, at::kFloat);
  table.narrow(1, 0, half).copy_(at::sin(angles));
  table.narrow(1, half, half).copy_(at::cos(angles));
  table.select(0, padding_row).zero_();
  table_ = table.to(options_);
}

}  // namespace gst_translate::torch_backend
