// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <string>

#include "gst-translate/decode/network.h"
#include "gst-translate/engine/translator.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {

/// The reference backend: libtorch's own operators on any device that libtorch has.
/// `device`: auto, cpu, cuda, cuda:N, mps; `precision`: auto, float32, float16, bfloat16. Both come
/// back as what was chosen. Throws `Error`: Unavailable, Settings, Corrupt, Memory, Cancelled.
std::unique_ptr<Network> open_torch_network(const Weights& weights, const ModelConfig& config,
                                            std::string& device, std::string& precision,
                                            const Progress& progress);

}  // namespace gst_translate
