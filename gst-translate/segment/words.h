// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_rules.h"

namespace gst_translate::segment {

/// The word that a full stop stands behind: "Dr", "z.B", "5", "I".
struct WordBefore {
  std::u32string text;               ///< in lower case, empty if there is no word
  size_t begin = 0;                  ///< of the word, of all of "z. B" if that is what the list has
  bool capital = false;              ///< it begins with one
  uint8_t classes = 0;               ///< of `AbbreviationClass`
  bool begins_spaced = false;        ///< "EE", which "UU." may go on
  bool number = false;               ///< digits only
  bool roman = false;                ///< a Roman numeral of two or more capitals
  bool initial = false;              ///< one letter
  bool after_initial = false;        ///< "R. R. Martin"
  bool acronym = false;              ///< full stops inside, between few letters: "U.S", "e.V"
  bool truncated = false;            ///< small letters without a vowel: "kpt", "hlm"
  bool after_number = false;         ///< "5 km", "5km", "XIX w"
  bool cardinal = false;             ///< a number that is no ordinal: "s. 12", "3:2", "9–17"
  bool after_dotted_number = false;  ///< "27. 10"
};

WordBefore word_before(Reader& reader, size_t full_stop, const LanguageRules& rules);

/// The letters and apostrophes from `position` on, in lower case; not more than a word has.
std::u32string word_after(Reader& reader, size_t position);

/// The word that ends before `position` after white space, in lower case.
std::u32string previous_word(const Reader& reader, size_t position);

/// True if the letters before `position` belong to a URL, an e-mail address or a path.
bool in_address(const Reader& reader, size_t position);

/// I to MMMCMXCIX, in capitals.
bool is_roman_numeral(std::u32string_view word);

/// The value of a Roman numeral in small letters or capitals; 0 if it is none.
unsigned roman_value(std::u32string_view word);

}  // namespace gst_translate::segment
