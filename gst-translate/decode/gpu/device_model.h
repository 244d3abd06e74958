// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "gst-translate/decode/gpu/model_view.h"
#include "gst-translate/decode/gpu/runtime.h"
#include "gst-translate/decode/torch/torch_network.h"

namespace gst_translate::gpu {

Precision precision_of(at::ScalarType type);

/// Whether the kernels take a model of this shape.
bool takes(const ModelConfig& config, Precision precision, const Runtime& runtime);

/// The weights of a network as the kernels take them, and what they want to have of them besides.
class DeviceModel {
 public:
  /// The network has to live as long.
  DeviceModel(const torch_backend::TorchNetwork& network, Runtime& runtime);

  const ModelView& view() const { return view_; }

 private:
  ModelView view_;
  std::vector<at::Tensor> tensors_;  // what it shows, and the network does not have
};

}  // namespace gst_translate::gpu
