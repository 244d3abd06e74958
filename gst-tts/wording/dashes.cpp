// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/sign_words.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

constexpr char32_t en_dash = U'\u2013', minus = U'\u2212';

/// A sign may stand before the number behind it.
bool is_number_at(const SourcedText& text, size_t at) {
  constexpr View signs = U"$€£¥";
  const char32_t c = character_at(text, at);
  return is_digit(c) || (is_one_of(c, signs) && is_digit(character_at(text, at + 1)));
}

/// "5–7" and "5%–7%", but none of several dashes: "0800–123–45".
bool is_range(const SourcedText& text, size_t dash) {
  if (dash == 0 || !is_number_at(text, dash + 1)) return false;
  constexpr View units = U"%°";
  const char32_t before = text[dash - 1].character;
  if (!is_digit(before) && !is_one_of(before, units)) return false;
  const auto is_part = [&](size_t i) {
    return is_letter_or_digit(text[i].character) || is_one_of(text[i].character, units) ||
           is_one_of(text[i].character, U".,$€£¥");
  };
  size_t begin = dash, end = dash + 1;
  while (begin > 0 && is_part(begin - 1))
    --begin;
  while (end < text.size() && is_part(end))
    ++end;
  constexpr View dashes = U"-\u2010\u2011\u2013/";
  const auto is_dash = [&](char32_t c) { return is_one_of(c, dashes); };
  return !(begin > 0 && is_dash(text[begin - 1].character)) && !is_dash(character_at(text, end));
}

/// Two numbers of one or two digits, the smaller one first, and what they count behind them: "5-7
/// km", "2-3 days". Else a hyphen may part a score, or the digits of a code: "3-2", "737-800".
bool is_range_with_hyphen(const SourcedText& text, size_t hyphen) {
  const size_t begin = digits_begin(text, hyphen), end = digits_end(text, hyphen + 1);
  const size_t counted = skip_spaces(text, end);
  const char32_t what = character_at(text, counted);
  constexpr View signs = U"%°€$£";
  const bool counts = what != 0 && (is_one_of(what, signs) ||
                                    (counted > end && u_isalpha(static_cast<UChar32>(what)) != 0));
  const auto is_short = [](size_t digits) { return digits == 1 || digits == 2; };
  const char32_t before = begin > 0 ? text[begin - 1].character : U' ';
  return counts && is_short(hyphen - begin) && is_short(end - hyphen - 1) &&
         (gst_translate::is_white_space(before) || before == U'(') &&
         number_value(text, begin, hyphen) < number_value(text, hyphen + 1, end);
}

/// "pages 112-115", and times or verses: "10:30-11:45", "3:16-18".
bool is_named_range(const SourcedText& text, size_t hyphen, View words) {
  const size_t begin = digits_begin(text, hyphen), end = digits_end(text, hyphen + 1);
  if (begin == hyphen || end == hyphen + 1) return false;
  if (begin > 1 && text[begin - 1].character == U':') return is_digit(text[begin - 2].character);
  const std::u32string word = small_word_before(text, before_spaces(text, begin));
  return !word.empty() && words.find(U' ' + word + U' ') != View::npos;
}

/// German: "1.–3. Mai".
bool is_range_of_ordinals(const SourcedText& text, size_t dash) {
  const size_t end = digits_end(text, dash + 1);
  return dash > 1 && text[dash - 1].character == U'.' && is_digit(text[dash - 2].character) &&
         end > dash + 1 && character_at(text, end) == U'.';
}

/// "3:1" and "1:1000", but neither "10:30", "2:03:45" nor "2:1 h".
bool is_result(const SourcedText& text, size_t colon) {
  const size_t begin = digits_begin(text, colon), end = digits_end(text, colon + 1);
  const size_t digits = end - colon - 1;
  constexpr View joined = U":.,/-+";
  const auto is_joined = [&](char32_t c) { return is_letter_or_digit(c) || is_one_of(c, joined); };
  return begin < colon && digits > 0 && digits != 2 &&
         !(begin > 0 && is_joined(text[begin - 1].character)) &&
         !is_letter_or_digit(character_at(text, end)) &&
         !is_word_at(text, skip_spaces(text, end), U"h") &&
         !(is_joined(character_at(text, end)) && is_digit(character_at(text, end + 1)));
}

/// "–5 °C", but not the dash of a parenthesis: "yes –5 of them– came".
bool is_minus(const SourcedText& text, size_t dash) {
  if (!is_digit(character_at(text, dash + 1))) return false;
  const char32_t before = dash > 0 ? text[dash - 1].character : U' ';
  return gst_translate::is_white_space(before) || before == U'(';
}

}  // namespace

SourcedText spell_out_dashes(const SourcedText& text, const gst_translate::Language& language) {
  const SignWords::Counted& words = sign_words(language.bcp47).counted;
  const bool german = language.bcp47 == std::string_view("de");
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const SourcedCharacter& c = text[at];
    const bool dash = c.character == en_dash, hyphen = c.character == U'-';
    if (german && c.character == U':' && is_result(text, at))
      append(out, U" zu ", c.begin, c.end);
    else if (german && (dash || hyphen) && is_range_of_ordinals(text, at))
      append(out, U" bis ", c.begin, c.end);
    else if (!words.to.empty() && ((dash && is_range(text, at)) ||
                                   (hyphen && (is_range_with_hyphen(text, at) ||
                                               is_named_range(text, at, words.before_ranges)))))
      append(out, words.to, c.begin, c.end);
    else if ((dash || hyphen || c.character == minus) && is_minus(text, at))
      append(out, minus_word(language.bcp47) + U" ", c.begin, c.end);
    else
      out.push_back(c);
  }
  return out;
}

}  // namespace gst_tts
