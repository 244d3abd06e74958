// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <memory>

#include "gst-translate/decode/gpu/runtime.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/decode/torch/torch_network.h"

namespace gst_translate::gpu {

/// `network`, with our own kernels for what they are made for: sentences of few tokens in all, and
/// up to 32 rows. The rest is libtorch's, as is all of a model in a shape that the kernels do not
/// take: then `network` itself is returned. `runtime`: of the device on which the weights are.
std::unique_ptr<Network> with_kernels(std::unique_ptr<torch_backend::TorchNetwork> network,
                                      std::unique_ptr<Runtime> runtime);

/// The same, where the kernels compute what libtorch computes on the processor, which is tried with
/// a part of the model; else `network` itself, and a warning that says what was compared. `open`:
/// opens a runtime; nothing: there is none for this device.
std::unique_ptr<Network> with_checked_kernels(
    std::unique_ptr<torch_backend::TorchNetwork> network,
    const std::function<std::unique_ptr<Runtime>()>& open);

}  // namespace gst_translate::gpu
