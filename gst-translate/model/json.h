// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "gst-translate/api/progress.h"

namespace gst_translate {

using Json = nlohmann::json;

/// Parses a JSON object; `name` stands for the text in error messages. Throws `Error` (Corrupt,
/// Cancelled).
Json parse_json(std::string_view text, const std::string& name, const Progress& progress = {});

/// Reads a file that holds a JSON object. Throws `Error` (NotFound, Unreadable, Corrupt,
/// Cancelled).
Json read_json(const std::string& path, const Progress& progress = {});

/// The whole number under a key, `fallback` where it is missing or null. Throws `Error` (Corrupt)
/// where it is no whole number between `least` and `most`.
int json_int(const Json& object, const char* key, int fallback, int least, int most,
             const std::string& name);

}  // namespace gst_translate
