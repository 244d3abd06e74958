// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// The Roman numeral of I, V and X that begins at `at`, 0 if none does; those of other letters are
/// words or abbreviations as often. `end` is one past it.
int roman(const SourcedText& text, size_t at, size_t& end) {
  std::u32string numeral;
  for (end = at;
       View(U"IVX").find(character_at(text, end)) != View::npos && character_at(text, end) != 0;
       ++end)
    numeral += text[end].character;
  constexpr View ones[] = {U"", U"I", U"II", U"III", U"IV", U"V", U"VI", U"VII", U"VIII", U"IX"};
  for (int tens = 0; tens < 4; ++tens)
    for (int one = 0; one < 10; ++one)
      if (std::u32string(static_cast<size_t>(tens), U'X') + std::u32string(ones[one]) == numeral)
        return tens * 10 + one;
  return 0;
}

/// The word before `at`, and nothing but a space between.
std::u32string word_before(const SourcedText& text, size_t at) {
  const size_t last = before_spaces(text, at);
  if (last == at) return {};
  return characters({text.begin() + static_cast<std::ptrdiff_t>(letters_begin(text, last)),
                     text.begin() + static_cast<std::ptrdiff_t>(last)});
}

/// Behind whom the English say "the eighth".
constexpr View reigning[] = {U"Alexander", U"Benedict", U"Catherine", U"Charles",  U"Edward",
                             U"Elizabeth", U"Francis",  U"Frederick", U"George",   U"Gregory",
                             U"Henry",     U"Innocent", U"James",     U"John",     U"Leo",
                             U"Louis",     U"Mary",     U"Napoleon",  U"Nicholas", U"Paul",
                             U"Peter",     U"Philip",   U"Pius",      U"Ramses",   U"Richard",
                             U"Robert",    U"Rudolf",   U"Urban",     U"Wilhelm",  U"William"};

/// "Kapitel", "World War", "chapitre": what is counted in Roman numerals, beside names.
constexpr View counted[] = {U"chapter",  U"part",   U"volume", U"act",  U"scene",
                            U"chapitre", U"partie", U"tome",   U"acte", U"scène"};

/// French "XIXe siècle", "François Ier": one past the ending at `at`, which makes an ordinal; 0 if
/// there is none.
size_t french_ending(const SourcedText& text, size_t at, int number) {
  for (const View ending : {U"ème", U"er", U"re", U"e", U"ᵉ"}) {
    const bool first = ending == U"er" || ending == U"re";
    if (is_at(text, at, ending) && first == (number == 1) &&
        !is_letter_or_digit(character_at(text, at + ending.size())))
      return at + ending.size();
  }
  return 0;
}

std::u32string french_ordinal(int number, bool feminine) {
  return number_in_words(
      "fr", feminine ? "%spellout-ordinal-feminine" : "%spellout-ordinal-masculine", number);
}

}  // namespace

SourcedText spell_out_roman(const SourcedText& text, std::string_view bcp47) {
  const bool french = bcp47 == "fr", english = bcp47 == "en";
  if (!french && !english && bcp47 != "de") return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    const bool begins = gst_translate::is_white_space(before) || before == U'(';
    const int number = begins ? roman(text, at, end) : 0;
    const size_t ordinal_end = number > 0 && french ? french_ending(text, end, number) : 0;
    const std::u32string word = number > 0 ? word_before(text, at) : U"";
    std::u32string said;
    if (ordinal_end > 0) {
      said = french_ordinal(number, is_at(text, end, U"re"));
      end = ordinal_end;
    } else if (number > 0 && end - at > 1 && !is_letter_or_digit(character_at(text, end)) &&
               (u_isupper(static_cast<UChar32>(word.empty() ? U' ' : word[0])) ||
                contains(counted, word)) &&
               word.size() > 2) {
      said = english && contains(reigning, word)
                 ? U"the " + number_in_words("en", "%spellout-ordinal", number)
                 : characters(decode(std::to_string(number)));
    }
    if (said.empty()) {
      out.push_back(text[at++]);
      continue;
    }
    append(out, said, text[at].begin, text[end - 1].end);
    at = end;
  }
  return out;
}

/// "2e", "2ème", "1re": voices say "deux e". "1er" and "1ère" they know.
SourcedText spell_out_french_ordinals(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    size_t end = digits_end(text, at);
    const bool alone = !is_letter_or_digit(before) && View(U".,").find(before) == View::npos;
    const bool short_number = end > at && end - at < 4;
    const double value = short_number ? number_value(text, at, end) : 0;
    const size_t ordinal_end =
        short_number && alone ? french_ending(text, end, static_cast<int>(value)) : 0;
    if (ordinal_end == 0) {
      end = std::max(end, at + 1);
      copy(out, text, at, end);
      at = end;
      continue;
    }
    append(out, french_ordinal(static_cast<int>(value), is_at(text, end, U"re")), text[at].begin,
           text[ordinal_end - 1].end);
    at = ordinal_end;
  }
  return out;
}

}  // namespace gst_tts
