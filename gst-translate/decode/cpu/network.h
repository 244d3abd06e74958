// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {

/// The backend for processors: packed weights in int8, float16 or float32, everything else in
/// float32. `tokens`: the text of each, empty for specials and languages; sorts the vocabulary by
/// scripts. `place.precision`: auto, int8, float16, float32. Throws `Error`: Settings, Corrupt,
/// Memory, Cancelled.
std::unique_ptr<Network> open_cpu_network(Weights weights, const ModelConfig& config,
                                          const std::vector<std::string>& tokens,
                                          NetworkPlace& place, const Progress& progress);

}  // namespace gst_translate
