// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-translate/text/utf8.h"

namespace gst_translate {

/// What of a text a segmenter must neither lose nor add to.
inline std::u32string without_space(std::string_view utf8) {
  std::u32string result;
  for (size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    if (!is_white_space(c)) result += c;
  }
  return result;
}

}  // namespace gst_translate
