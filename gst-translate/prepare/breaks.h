// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>
#include <vector>

#include "gst-translate/prepare/text_range.h"

namespace gst_translate {

enum class Break { Grapheme, Word };

/// A text in the grapheme clusters or words of Unicode's annex 29; what stands between words counts
/// as words, too. Throws `Error` where ICU's data is missing.
std::vector<TextRange> break_text(std::string_view text, Break by);

}  // namespace gst_translate
