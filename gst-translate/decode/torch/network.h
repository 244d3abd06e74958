// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <string>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {

/// True where libtorch has another device than the processor: what `auto` chooses then.
bool has_accelerator();

/// The reference backend: libtorch's own operators on any device that libtorch has. Throws `Error`:
/// Unavailable, Settings, Corrupt, Memory, Cancelled.
std::unique_ptr<Network> open_torch_network(const Weights& weights, const ModelConfig& config,
                                            NetworkPlace& place, const Progress& progress);

}  // namespace gst_translate
