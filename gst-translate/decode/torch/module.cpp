// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/module.h"

#include "gst-translate/decode/torch/network.h"

using namespace gst_translate;

extern "C" bool gst_translate_torch_has_accelerator_1() {
  return has_accelerator();
}

extern "C" void gst_translate_torch_open_1(const Weights& weights, const ModelConfig& config,
                                           NetworkPlace& place, const Progress& progress,
                                           std::unique_ptr<Network>& network) {
  network = open_torch_network(weights, config, place, progress);
}
