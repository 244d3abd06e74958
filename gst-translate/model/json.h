// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace gst_translate {

using Json = nlohmann::json;

/// Parses a JSON object; `name` stands for the text in error messages. Throws `Error` (Corrupt).
Json parse_json(std::string_view text, const std::string& name);

/// Reads a file that holds a JSON object. Throws `Error` (NotFound, Unreadable, Corrupt).
Json read_json(const std::string& path);

/// The whole number under a key, `fallback` where it is missing or null. Throws `Error` (Corrupt)
/// where it is no whole number between `least` and `most`.
int json_int(const Json& object, const char* key, int fallback, int least, int most,
             const std::string& name);

}  // namespace gst_translate
