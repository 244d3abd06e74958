// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/ordinals.h"
#include "gst-tts/wording/rulers.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// The Roman numeral of I, V and X that begins at `at`, 0 if none does; those of other letters are
/// words or abbreviations as often. `end` is one past it.
int roman(const SourcedText& text, size_t at, size_t& end) {
  std::u32string numeral;
  for (end = at; is_one_of(character_at(text, end), U"IVX"); ++end)
    numeral += text[end].character;
  constexpr View ones[] = {U"", U"I", U"II", U"III", U"IV", U"V", U"VI", U"VII", U"VIII", U"IX"};
  for (int tens = 0; tens < 4; ++tens)
    for (int one = 0; one < 10; ++one)
      if (std::u32string(static_cast<size_t>(tens), U'X') + std::u32string(ones[one]) == numeral)
        return tens * 10 + one;
  return 0;
}

/// "Kapitel", "World War", "chapitre": what is counted in Roman numerals, beside names.
constexpr View counted[] = {U"chapter",  U"part",     U"volume", U"act",  U"scene",
                            U"chapitre", U"partie",   U"tome",   U"acte", U"scène",
                            U"siglo",    U"capítulo", U"parte",  U"tomo", U"acto"};

/// Behind a name or what is counted so; in German "im XIX. Jahrhundert", too.
bool is_counted(const SourcedText& text, size_t at, size_t end, std::string_view bcp47) {
  const size_t last = before_spaces(text, at), first = letters_begin(text, last);
  if (last == at || last - first < 2) return false;
  if (bcp47 == "de" && character_at(text, end) == U'.') {
    const char32_t next = character_at(text, skip_spaces(text, end + 1));
    if (u_isupper(static_cast<UChar32>(next)) != 0) return true;
  }
  if (last - first == 2) return false;
  return u_isupper(static_cast<UChar32>(text[first].character)) != 0 ||
         contains(counted, small_word_before(text, last));
}

/// Words that stand between a name and what it did: "Elizabeth I was". Else I is who speaks.
bool is_english_first(const SourcedText& text, size_t end) {
  const size_t next = skip_spaces(text, end);
  if (next == end) return true;
  constexpr View behind[] = {U"and", U"of", U"in", U"was"};
  return std::any_of(std::begin(behind), std::end(behind),
                     [&](View word) { return is_word_at(text, next, word); });
}

/// What German sentences begin with, and names of things do not.
constexpr View german_starters[] = {U"als", U"am",  U"auch", U"da",   U"das",   U"dann", U"der",
                                    U"die", U"ein", U"eine", U"er",   U"es",    U"ihm",  U"im",
                                    U"in",  U"man", U"nach", U"sein", U"seine", U"sie",  U"so",
                                    U"und", U"von", U"war",  U"was",  U"wer",   U"wie",  U"zu"};

/// German: the full stop makes an ordinal, and ends no sentence: "Ludwigs XIV. Hof", "Ludwig XIV.
/// war", but not "Leben Ludwigs XIV. Er war".
bool is_ordinal_stop(const SourcedText& text, size_t at, bool genitive) {
  if (character_at(text, at) != U'.') return false;
  const size_t begin = skip_spaces(text, at + 1);
  const char32_t next = character_at(text, begin);
  if (genitive && u_isupper(static_cast<UChar32>(next)) != 0) {
    size_t end = begin;
    while (u_isalpha(static_cast<UChar32>(character_at(text, end))))
      ++end;
    return !contains(german_starters, small_word_before(text, end));
  }
  return next != 0 && u_isupper(static_cast<UChar32>(next)) == 0 && next != U'"' && next != U'“';
}

}  // namespace

SourcedText spell_out_roman(const SourcedText& text, std::string_view bcp47) {
  const bool french = bcp47 == "fr", english = bcp47 == "en", german = bcp47 == "de";
  if (!french && !english && !german && bcp47 != "es") return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    const bool begins = gst_translate::is_white_space(before) || before == U'(';
    const int number = begins ? roman(text, at, end) : 0;
    const Replacement ordinal =
        number > 0 && french ? french_ordinal(text, end, number) : Replacement();
    const bool alone = number > 0 && !is_letter_or_digit(character_at(text, end));
    std::u32string said;
    if (ordinal.end > 0) {
      said = ordinal.said;
      end = ordinal.end;
    } else if (alone) {
      if (!english || number > 1 || is_english_first(text, end))
        said = number_of_ruler(text, at, bcp47, number);
      if (said.empty() && end - at > 1 && is_counted(text, at, end, bcp47))
        said = number_in_digits(number);
      else if (!said.empty() && german && is_ordinal_stop(text, end, said.rfind(U"des ", 0) == 0))
        ++end;
    }
    if (said.empty()) {
      out.push_back(text[at]);
      end = at + 1;
      continue;
    }
    append(out, said, text[at].begin, text[end - 1].end);
  }
  return out;
}

}  // namespace gst_tts
