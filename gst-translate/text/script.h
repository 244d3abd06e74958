// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string_view>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// How much of a text is written in one script.
struct ScriptShare {
  size_t letters = 0;   ///< that belong to some script: no digits, punctuation, symbols
  size_t matching = 0;  ///< of these, those that the script writes

  /// 0 to 1; 1 where there are no letters: "42!" is right in every script.
  double share() const {
    return letters == 0 ? 1.0 : static_cast<double>(matching) / static_cast<double>(letters);
  }
};

/// The letters of `utf8` that the script of an ISO 15924 code writes. "Jpan" takes Han, Hiragana
/// and Katakana, "Hang" and "Kore" Hangul and Han, "Hans" and "Hant" Han: Unicode does not tell the
/// two apart. An unknown code matches nothing.
GST_LINGUA_EXPORT ScriptShare script_share(std::string_view utf8, std::string_view script);

/// Written without spaces between words, so that a line break in a sentence stands for nothing:
/// Chinese and Japanese letters and their wide punctuation.
GST_LINGUA_EXPORT bool is_cjk(char32_t character);

}  // namespace gst_translate
