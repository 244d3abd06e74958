// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

namespace gst_lingua_tools {

/// The name, for ICU, of the encoding that a text most likely has, of which no mark says it and
/// which is no UTF-8: of those that texts of its language have, or of all that ICU's detector
/// knows, if it is sure. "windows-1252" where nothing else is likelier. `language`: a code; empty
/// if it is not known. `bytes`: all of the text, as times and tags are in ASCII in any case.
std::string legacy_encoding(std::string_view bytes, const std::string& language);

}  // namespace gst_lingua_tools
