// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Sign {
  std::string_view language;  ///< BCP 47
  View written, said;
};

// Where espeak-ng 1.51 has no word for one, or one of another language. The longer ones first.
constexpr Sign signs[] = {
    {"de", U"<=", U"kleiner oder gleich"},
    {"de", U">=", U"größer oder gleich"},
    {"de", U"<", U"kleiner als"},
    {"de", U">", U"größer als"},
    {"en", U"<=", U"is less than or equal to"},
    {"en", U">=", U"is greater than or equal to"},
    {"en", U"<", U"is less than"},
    {"en", U">", U"is greater than"},
    {"es", U"<=", U"menor o igual que"},
    {"es", U">=", U"mayor o igual que"},
    {"es", U"≤", U"menor o igual que"},
    {"es", U"≥", U"mayor o igual que"},
    {"es", U"<", U"menor que"},
    {"es", U">", U"mayor que"},
    {"es", U"×", U"por"},
    {"es", U"&", U"y"},
    {"fr", U"<=", U"inférieur ou égal à"},
    {"fr", U">=", U"supérieur ou égal à"},
    {"fr", U"≤", U"inférieur ou égal à"},
    {"fr", U"≥", U"supérieur ou égal à"},
    {"fr", U"=", U"égale"},
    {"fr", U"<", U"inférieur à"},
    {"fr", U">", U"supérieur à"},
    {"it", U"<=", U"minore o uguale a"},
    {"it", U">=", U"maggiore o uguale a"},
    {"it", U"<", U"minore di"},
    {"it", U">", U"maggiore di"},
    {"it", U"×", U"per"},
    {"it", U"&", U"e"},
    {"pt", U"<=", U"menor ou igual a"},
    {"pt", U">=", U"maior ou igual a"},
    {"pt", U"≤", U"menor ou igual a"},
    {"pt", U"≥", U"maior ou igual a"},
    {"pt", U"<", U"menor que"},
    {"pt", U">", U"maior que"},
};

struct Multiplication {
  std::string_view language;  ///< BCP 47
  View by, times;             ///< "5 x 3", "3x"
};

constexpr Multiplication multiplications[] = {
    {"de", U"mal", U"mal"},    {"en", U"by", U" times"},  {"es", U"por", U" veces"},
    {"fr", U"fois", U" fois"}, {"it", U"per", U" volte"}, {"pt", U"por", U" vezes"},
};

/// A space and a word or number on either side: "x ≥ 5", but neither "<i>" nor "->".
bool stands_between(const SourcedText& text, size_t begin, size_t end) {
  const size_t before = before_spaces(text, begin), behind = skip_spaces(text, end);
  const char32_t next = character_at(text, behind);
  return before < begin && before > 0 && is_letter_or_digit(text[before - 1].character) &&
         behind > end && (is_letter_or_digit(next) || next == U'-' || next == U'\u2212');
}

}  // namespace

SourcedText spell_out_signs(const SourcedText& text, std::string_view bcp47) {
  const auto rows = rows_of(signs, bcp47);
  if (rows.empty()) return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const auto* found = std::find_if(rows.begin(), rows.end(), [&](const Sign& row) {
      return is_at(text, at, row.written) && stands_between(text, at, at + row.written.size());
    });
    if (found == rows.end()) {
      out.push_back(text[at++]);
      continue;
    }
    const size_t end = at + found->written.size();
    append(out, found->said, text[at].begin, text[end - 1].end);
    at = end;
  }
  return out;
}

/// "5 x 3" and "3x": the letter for what is taken so often.
SourcedText spell_out_times_sign(const SourcedText& text, std::string_view bcp47) {
  const auto rows = rows_of(multiplications, bcp47);
  if (rows.empty()) return text;
  constexpr size_t most_digits = 4;
  SourcedText out;
  out.reserve(text.size());
  size_t number = 0;  // where the one begins that ends at `at`
  for (size_t at = 0; at < text.size(); ++at) {
    const char32_t c = text[at].character;
    const size_t last = before_spaces(text, at), next = skip_spaces(text, at + 1);
    number = digits_begin(text, last);
    const char32_t before = number > 0 ? text[number - 1].character : U' ';
    const bool counts = c == U'x' && number < last && last - number <= most_digits &&
                        text[number].character != U'0' && !is_letter_or_digit(before);
    const bool between =
        counts && is_digit(character_at(text, next)) && (last < at) == (next > at + 1);
    const bool behind = counts && last == at && !is_letter_or_digit(character_at(text, at + 1));
    if (between)
      append(out,
             last < at ? std::u32string(rows.begin()->by)
                       : U' ' + std::u32string(rows.begin()->by) + U' ',
             text[at].begin, text[at].end);
    else if (behind)
      append(out, rows.begin()->times, text[at].begin, text[at].end);
    else
      out.push_back(text[at]);
  }
  return out;
}

}  // namespace gst_tts
