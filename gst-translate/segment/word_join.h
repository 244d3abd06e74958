// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>

namespace gst_translate::segment {

/// True if a word, given in valid UTF-8, is written after a space where the text before it ends
/// with `before`: not in scripts that use none, nor where either side is punctuation that clings.
bool wants_space_between(char32_t before, std::string_view word);

}  // namespace gst_translate::segment
