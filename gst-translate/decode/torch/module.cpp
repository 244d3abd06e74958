// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/module.h"

#include <memory>
#include <string>
#include <utility>

#include "gst-translate/decode/torch/checked.h"
#include "gst-translate/decode/torch/network.h"
#if GST_TRANSLATE_CUDA_KERNELS || GST_TRANSLATE_METAL_KERNELS
#include "gst-translate/decode/gpu/network.h"
#endif
#if GST_TRANSLATE_METAL_KERNELS
#include "gst-translate/decode/gpu/metal_runtime.h"
#endif

using namespace gst_translate;

namespace {

std::unique_ptr<Network> open_fastest(const Weights& weights, const ModelConfig& config,
                                      NetworkPlace& place, const Progress& progress) {
  auto network = torch_backend::load_checked_network(weights, config, place, progress);
#if GST_TRANSLATE_CUDA_KERNELS
  if (const at::Device device = network->options().device(); device.is_cuda() && !place.reference)
    return gpu::with_checked_kernels(std::move(network),
                                     [&] { return gpu::open_cuda_runtime(device.index()); });
#endif
#if GST_TRANSLATE_METAL_KERNELS
  if (const at::Device device = network->options().device(); device.is_mps() && !place.reference)
    return gpu::with_checked_kernels(std::move(network),
                                     [&] { return gpu::open_metal_runtime(device); });
#endif
  return network;
}

/// Libtorch would have of int8 what it costs, and not what it brings.
std::unique_ptr<Network> open_network(const Weights& weights, const ModelConfig& config,
                                      NetworkPlace& place, const Progress& progress) {
  const std::string device = place.device;
  auto network = open_fastest(weights, config, place, progress);
  if (place.precision == "int8" &&
      dynamic_cast<torch_backend::TorchNetwork*>(network.get()) != nullptr)
    throw Error(Error::Kind::Unavailable,
                "The precision int8 is that of the kernels for GPUs, which do not run this model "
                "on " +
                    device + ": ask for float16, or for the device cpu.");
  return network;
}

}  // namespace

extern "C" bool gst_translate_torch_has_accelerator_1() {
  return has_accelerator();
}

extern "C" void gst_translate_torch_open_1(const Weights& weights, const ModelConfig& config,
                                           NetworkPlace& place, const Progress& progress,
                                           std::unique_ptr<Network>& network) {
  network = open_network(weights, config, place, progress);
}
