// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <string>

#include "gst-translate/decode/torch/torch_network.h"

// Whether a device computes what the processor computes. Drivers, compilers and libtorch's own
// kernels have had faults that showed only in wrong translations; so a part of the model itself is
// tried on the user's own device when a model is opened.

namespace gst_translate::torch_backend {

/// The first layer of the encoder and of the decoder, and the first tokens of the vocabulary: all
/// kinds of products in the model's own sizes, and yet little. On its own device it shares the
/// network's weights.
std::unique_ptr<TorchNetwork> excerpt(const TorchNetwork& network, const at::Device& device,
                                      at::ScalarType precision);

/// Translates a fixed sentence some steps with both, which are excerpts of one network: encoder,
/// several tokens at once, single ones, rows that are reordered. Empty where `tried` agrees with
/// `trusted` as far as `precision` lets it; else what was compared, and how far apart it was. What
/// `tried` throws is told likewise.
std::string difference(Network& tried, Network& trusted, const ModelConfig& config,
                       at::ScalarType precision);

/// The same for libtorch on the network's device against libtorch on the processor.
std::string wrong_on_its_device(const TorchNetwork& network);

}  // namespace gst_translate::torch_backend
