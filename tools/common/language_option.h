// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

namespace gst_lingua_tools {

/// Throws `UsageError` naming the option if its value is no language's code.
void check_language(const char* option, const std::string& code);

/// Adds the codes in a list with commas between them, but those of a language that is there
/// already, by whatever code. Throws as `check_language`.
void add_languages(std::vector<std::string>& codes, const char* option, const std::string& list);

}  // namespace gst_lingua_tools
