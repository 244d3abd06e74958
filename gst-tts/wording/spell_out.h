// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "gst-translate/text/language.h"
#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

/// Without what nobody reads out, in any language: Markdown's marks of headings, lists and
/// quotations, rulers ("====="), the language of code and the addresses of links; HTML's tags and
/// entities; "https://"; emoticons. Thread-safe.
SourcedText drop_markup(const SourcedText& text);

/// A text as somebody reads it out, where a voice would spell: "Dr. Weiß, Nr. 5" as "Doktor Weiß,
/// Nummer 5", "5–7" as "5 bis 7", "am 3. Oktober" as "am dritten Oktober", "$3.50" as "3 dollars
/// 50", "5 km/h" as "5 kilometers per hour". Abbreviations in the languages that
/// abbreviation_table.h has, money and units of measurement in every language that ICU's locale
/// data (CLDR) knows. A number before what it counts is said as it is there: "1 km" as "ein
/// Kilometer", "21 h" as "veintiuna horas". What is said stands for what was written. Thread-safe.
SourcedText spell_out(const SourcedText& text, const gst_translate::Language& language);

/// Its parts.
SourcedText spell_out_abbreviations(const SourcedText& text, std::string_view flores);
/// Telephone numbers, IBANs, ISBNs, card numbers, serial numbers and what else has many digits,
/// digit by digit.
SourcedText spell_out_codes(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_dashes(const SourcedText& text, const gst_translate::Language& language);
SourcedText spell_out_dates(const SourcedText& text, const gst_translate::Language& language);
SourcedText spell_out_fractions(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_money(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_ordinals(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_powers(const SourcedText& text, std::string_view bcp47);
/// Marks of feet and inches as units: 6'2" as "6 ft 2 ″".
SourcedText spell_out_primes(const SourcedText& text);
SourcedText spell_out_roman(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_signs(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_times(const SourcedText& text, std::string_view bcp47);
/// The letter x for what is taken so often: "5 x 3", "3x".
SourcedText spell_out_times_sign(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_units(const SourcedText& text, std::string_view bcp47);
SourcedText spell_out_years(const SourcedText& text, std::string_view bcp47);

}  // namespace gst_tts
