// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/spell_out.h"

#include <unicode/uchar.h>

namespace gst_tts {

namespace {

/// Digits of any script and the signs of Arabic ones as everybody's.
SourcedText plain_digits(SourcedText text) {
  for (SourcedCharacter& c : text) {
    if (c.character < 0x80) continue;
    if (u_isdigit(static_cast<UChar32>(c.character)))
      c.character =
          U'0' + static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c.character)));
    else if (c.character == U'٪')
      c.character = U'%';
    else if (c.character == U'٫')
      c.character = U'.';
    else if (c.character == U'٬')
      c.character = U',';
  }
  return text;
}

}  // namespace

SourcedText spell_out(const SourcedText& text, const gst_translate::Language& language) {
  const std::string_view bcp47 = language.bcp47;
  SourcedText said = spell_out_abbreviations(plain_digits(text), language.flores);
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
