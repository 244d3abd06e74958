// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/int8_rows.h"

namespace gst_translate::torch_backend {

Int8Rows round_to_int8(const at::Tensor& matrix) {
  constexpr float largest = 127;
  const at::Tensor stored = matrix.to(at::kFloat);
  const at::Tensor scale = stored.abs().amax({1}, true) / largest;
  const at::Tensor steps = at::round(stored / scale.clamp_min(1e-30)).clamp(-largest, largest);
  return {steps.to(at::kChar), scale};
}

}  // namespace gst_translate::torch_backend
