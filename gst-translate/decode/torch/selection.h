// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include "gst-translate/decode/network.h"

namespace gst_translate::torch_backend {

/// Picks the candidates of each row of `logits` [rows, vocabulary], float32, on any device, with
/// one copy to the host.
void select(const at::Tensor& logits, const Selection& selection, Candidates& candidates);

}  // namespace gst_translate::torch_backend
