// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>

#include "gst-translate/decode/torch/torch_network.h"

namespace gst_translate::torch_backend {

/// `load_torch_network`, tried: where libtorch on the device does not compute what it computes on
/// the processor, the model is opened on the processor, with a warning that says what was compared.
/// Throws `Error`.
std::unique_ptr<TorchNetwork> load_checked_network(const Weights& weights,
                                                   const ModelConfig& config, NetworkPlace& place,
                                                   const Progress& progress);

}  // namespace gst_translate::torch_backend
