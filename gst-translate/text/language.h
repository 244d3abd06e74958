// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>
#include <vector>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// One language of FLORES-200 in all the names it has.
struct Language {
  std::string_view flores;    ///< "jpn_Jpan"
  std::string_view iso639_1;  ///< "ja", empty where there is none
  std::string_view iso639_2;  ///< "jpn" (terminology code), empty where there is none
  std::string_view iso639_3;  ///< "jpn"
  std::string_view bcp47;     ///< "ja", shortest tag that names language and script
  std::string_view script;    ///< ISO 15924: "Jpan"
  std::string_view name;      ///< English name: "Japanese"
};

/// All 202, in alphabetical order of the FLORES-200 code.
GST_LINGUA_EXPORT const std::vector<Language>& languages();

/// The language that a code means: FLORES-200 ("jpn_Jpan"), ISO 639-1, -2 (B and T) or -3 ("ja",
/// "jpn", "ger"), or BCP 47 ("ja-JP", "zh-Hant", "zh-TW", "pt_BR"), or a locale of POSIX
/// ("de_DE.UTF-8"); letter case does not matter. nullptr if none. A macrolanguage gives its most
/// spoken member ("ar": Standard Arabic).
GST_LINGUA_EXPORT const Language* find_language(std::string_view code);

/// The region that such a code names, as it is written there: "GB" of "en-GB" or "en_GB.UTF-8",
/// "419" of "es-419"; empty where it names none. It is a part of `code`.
GST_LINGUA_EXPORT std::string_view region_of(std::string_view code);

}  // namespace gst_translate
