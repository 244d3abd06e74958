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

/// Where a network runs, and how: what is asked for, then what was chosen.
struct NetworkPlace {
  std::string device = "auto";     ///< auto, cpu, cuda, cuda:N, mps
  std::string precision = "auto";  ///< auto, float32, float16, bfloat16
  int threads = 0;                 ///< of the CPU, 0: chosen
};

/// The reference backend: libtorch's own operators on any device that libtorch has. Throws `Error`:
/// Unavailable, Settings, Corrupt, Memory, Cancelled.
std::unique_ptr<Network> open_torch_network(const Weights& weights, const ModelConfig& config,
                                            NetworkPlace& place, const Progress& progress);

}  // namespace gst_translate
