// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>

#include "gst-translate/api/progress.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/weights.h"
#include "gst-translate/text/export.h"

// What the shared object exports. The names carry the version of the types above.
extern "C" GST_LINGUA_EXPORT bool gst_translate_torch_has_accelerator_1();
extern "C" GST_LINGUA_EXPORT void gst_translate_torch_open_1(
    const gst_translate::Weights& weights, const gst_translate::ModelConfig& config,
    gst_translate::NetworkPlace& place, const gst_translate::Progress& progress,
    std::unique_ptr<gst_translate::Network>& network);
