// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/export.h"

namespace gst_translate {

/// What the engine's shared object exports, so that only a process that translates maps it.
/// The name carries the version of the types above: an engine of another version is not found.
constexpr const char* engine_entry_name = "gst_translate_engine_open_1";

/// Loads `options.model`, an existing folder. May throw `Error`.
using EngineEntry = void(const TranslatorOptions& options, const Progress& progress,
                         std::shared_ptr<Translator>& translator);

}  // namespace gst_translate

extern "C" GST_LINGUA_EXPORT gst_translate::EngineEntry gst_translate_engine_open_1;
