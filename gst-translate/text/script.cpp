// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gst-translate/text/utf8.h"

namespace gst_translate {

namespace {

/// The scripts of Unicode behind an ISO 15924 code.
std::vector<UScriptCode> scripts_of(std::string_view code) {
  if (code == "Jpan") return {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA};
  if (code == "Hang" || code == "Kore") return {USCRIPT_HANGUL, USCRIPT_HAN};
  if (code == "Hans" || code == "Hant") return {USCRIPT_HAN, USCRIPT_BOPOMOFO};
  const int32_t value = u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(code).c_str());
  if (value == UCHAR_INVALID_CODE) return {};
  return {static_cast<UScriptCode>(value)};
}

bool is_letter_of_a_script(UChar32 character) {
  if (!u_isalpha(character)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(character, &error);
  return script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
}

}  // namespace

ScriptShare script_share(std::string_view utf8, std::string_view script) {
  const std::vector<UScriptCode> scripts = scripts_of(script);
  ScriptShare share;
  for (size_t position = 0; position < utf8.size();) {
    const auto character = static_cast<UChar32>(next_character(utf8, position));
    if (!is_letter_of_a_script(character)) continue;
    ++share.letters;
    const bool matches = std::any_of(scripts.begin(), scripts.end(), [&](UScriptCode candidate) {
      return uscript_hasScript(character, candidate) != 0;
    });
    if (matches) ++share.matching;
  }
  return share;
}

bool is_cjk(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  for (UScriptCode script : {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO})
    if (uscript_hasScript(c, script)) return true;
  if (!u_ispunct(c)) return false;
  const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

}  // namespace gst_translate
