// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/spell_out.h"

#include <unicode/uchar.h>

#include <utility>

#include "gst-translate/text/utf8.h"

namespace gst_tts {

namespace {

/// Digits of any script and the signs of Arabic ones as everybody's.
char32_t plain(char32_t c) {
  if (c < 0x80) return c;
  const auto icu = static_cast<UChar32>(c);
  if (u_isdigit(icu)) return U'0' + static_cast<char32_t>(u_charDigitValue(icu));
  switch (c) {
    case U'٪':
      return U'%';
    case U'٫':
      return U'.';
    case U'٬':
      return U',';
    default:
      return c;
  }
}

/// Of many spaces the first: whoever looks for what is beside a word would go through all of them
/// again and again.
SourcedText plain(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  bool space = false;
  for (const SourcedCharacter& c : text) {
    const bool was_space = std::exchange(space, gst_translate::is_white_space(c.character));
    if (!(was_space && space)) out.push_back({plain(c.character), c.begin, c.end});
  }
  return out;
}

}  // namespace

SourcedText spell_out(const SourcedText& text, const gst_translate::Language& language) {
  const std::string_view bcp47 = language.bcp47;
  SourcedText said = spell_out_abbreviations(plain(text), language.flores);
  // First, since the others take their digits for numbers.
  said = spell_out_codes(said, bcp47);
  said = spell_out_primes(said);
  said = spell_out_signs(said, bcp47);
  said = spell_out_times_sign(said, bcp47);
  said = spell_out_fractions(said, bcp47);
  said = spell_out_dashes(said, language);
  said = spell_out_roman(said, bcp47);
  said = spell_out_dates(said, language);
  said = spell_out_times(said, bcp47);
  said = spell_out_ordinals(said, bcp47);
  said = spell_out_money(said, bcp47);
  said = spell_out_units(said, bcp47);
  said = spell_out_powers(said, bcp47);
  // Last, since the others look for digits: "1500 km".
  return spell_out_years(said, bcp47);
}

}  // namespace gst_tts
