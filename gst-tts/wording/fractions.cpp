// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/units.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Fraction {
  std::string_view language;  ///< BCP 47
  View written;               ///< with a stroke
  char32_t character;
  View said, behind_number;  ///< "2½": "2 and a half"
};

// Voices say these alone: others are more often a date, a score or a page than a fraction.
constexpr Fraction fractions[] = {
    {"en", U"1/2", U'½', U"half", U"and a half"},
    {"en", U"1/3", U'⅓', U"one third", U"and one third"},
    {"en", U"2/3", U'⅔', U"two thirds", U"and two thirds"},
    {"en", U"1/4", U'¼', U"one quarter", U"and a quarter"},
    {"en", U"3/4", U'¾', U"three quarters", U"and three quarters"},
    {"de", U"1/2", U'½', U"einhalb", U"einhalb"},
    {"de", U"1/3", U'⅓', U"ein Drittel", U"ein Drittel"},
    {"de", U"2/3", U'⅔', U"zwei Drittel", U"zwei Drittel"},
    {"de", U"1/4", U'¼', U"ein Viertel", U"ein Viertel"},
    {"de", U"3/4", U'¾', U"drei Viertel", U"drei Viertel"},
    {"fr", U"1/2", U'½', U"un demi", U"et demi"},
    {"fr", U"1/3", U'⅓', U"un tiers", U"et un tiers"},
    {"fr", U"2/3", U'⅔', U"deux tiers", U"et deux tiers"},
    {"fr", U"1/4", U'¼', U"un quart", U"et quart"},
    {"fr", U"3/4", U'¾', U"trois quarts", U"trois quarts"},
    {"es", U"1/2", U'½', U"medio", U"y medio"},
    {"es", U"1/3", U'⅓', U"un tercio", U"y un tercio"},
    {"es", U"2/3", U'⅔', U"dos tercios", U"y dos tercios"},
    {"es", U"1/4", U'¼', U"un cuarto", U"y cuarto"},
    {"es", U"3/4", U'¾', U"tres cuartos", U"y tres cuartos"},
};

/// The whole number "2" of "2 1/2" and "2½" ends before `at`.
bool is_behind_number(const SourcedText& text, size_t at) {
  at = before_spaces(text, at);
  const size_t begin = digits_begin(text, at);
  const char32_t before = begin > 0 ? text[begin - 1].character : U' ';
  return begin < at && at - begin < 4 && (gst_translate::is_white_space(before) || before == U'(');
}

/// "1/2 cup", "3/4 of it": a quantity of what follows. "Page 1/2", "on 3/4", "(1/3)" are none.
bool is_quantity(const SourcedText& text, size_t begin, size_t end) {
  const size_t noun = skip_spaces(text, end);
  if (noun == end || u_isalpha(static_cast<UChar32>(character_at(text, noun))) == 0) return false;
  const char32_t before = begin > 0 ? text[begin - 1].character : U' ';
  if (!gst_translate::is_white_space(before) && before != U'(') return false;
  if (is_behind_number(text, begin)) return true;
  constexpr View names[] = {U"on",    U"page", U"part", U"am",     U"Seite", U"Teil",
                            U"vom",   U"le",   U"page", U"partie", U"el",    U"del",
                            U"parte", U"Page", U"Part", U"Partie", U"Parte", U"página"};
  const size_t word_end = before_spaces(text, begin);
  return std::none_of(std::begin(names), std::end(names), [&](View name) {
    const size_t word = word_end - std::min(word_end, name.size());
    return is_at(text, word, name) && word_end - word == name.size() &&
           (word == 0 || !is_letter_or_digit(text[word - 1].character));
  });
}

}  // namespace

SourcedText spell_out_fractions(const SourcedText& text, std::string_view bcp47) {
  const auto rows = rows_of(fractions, bcp47);
  if (rows.empty()) return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const auto* found = std::find_if(rows.begin(), rows.end(), [&](const Fraction& row) {
      if (text[at].character == row.character) return true;
      return is_at(text, at, row.written) && is_quantity(text, at, at + row.written.size());
    });
    if (found == rows.end()) {
      out.push_back(text[at++]);
      continue;
    }
    size_t end = at + (text[at].character == found->character ? 1 : found->written.size());
    const bool behind = is_behind_number(text, at);
    const size_t begin = text[at].begin;
    if (behind && before_spaces(text, at) == at) append(out, U" ", begin, begin);
    append(out, behind ? found->behind_number : found->said, begin, text[end - 1].end);
    const size_t symbol = skip_spaces(text, end);
    if (const Replacement unit = find_unit_name(text, symbol, behind ? 2.0 : 1.0, bcp47);
        unit.end > 0) {
      append(out, U" " + unit.said, text[symbol].begin, text[unit.end - 1].end);
      end = unit.end;
    } else if (is_letter_or_digit(character_at(text, end))) {
      append(out, U" ", text[end - 1].end, text[end - 1].end);
    }
    at = end;
  }
  return out;
}

}  // namespace gst_tts
