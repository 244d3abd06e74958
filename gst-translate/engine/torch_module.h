// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"

// The backend on libtorch is a shared object of its own, beside the engine: libtorch takes a tenth
// of a second and 100 MB, which a model on the processor's own backend does without.

namespace gst_translate {

/// True where the machine looks as if it had an accelerator, and libtorch is there and finds one.
/// Opens the shared object only then. Thread-safe.
bool find_accelerator();

/// A network on libtorch; see `open_torch_network`. Throws `Error` (Unavailable) where this build
/// has no libtorch, or it cannot be loaded.
std::unique_ptr<Network> open_network_on_torch(const Weights& weights, const ModelConfig& config,
                                               NetworkPlace& place, const Progress& progress);

}  // namespace gst_translate
