// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <array>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/sign_words.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Sign {
  View written, said;
};

/// Of two that begin alike the longer one comes first.
std::array<Sign, 10> signs_of(const SignWords& words) {
  const auto& [and_, plus, equals] = words.joined;
  const auto& [less, less_or_equal, greater, greater_or_equal] = words.compared;
  return {{{U"<=", less_or_equal},
           {U"≤", less_or_equal},
           {U">=", greater_or_equal},
           {U"≥", greater_or_equal},
           {U"<", less},
           {U">", greater},
           {U"&", and_},
           {U"+", plus},
           {U"=", equals},
           {U"×", words.counted.times}}};
}

/// A space and a word or number on either side: "x ≥ 5", but neither "<i>" nor "->".
bool stands_between(const SourcedText& text, size_t begin, size_t end) {
  const size_t before = before_spaces(text, begin), behind = skip_spaces(text, end);
  const char32_t next = character_at(text, behind);
  return before < begin && before > 0 && is_letter_or_digit(text[before - 1].character) &&
         behind > end && (is_letter_or_digit(next) || next == U'-' || next == U'\u2212');
}

}  // namespace

SourcedText spell_out_signs(const SourcedText& text, std::string_view bcp47) {
  const auto signs = signs_of(sign_words(bcp47));
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const bool sign_begins = !is_letter_or_digit(text[at].character);
    const auto* found = std::find_if(signs.begin(), signs.end(), [&](const Sign& sign) {
      return sign_begins && !sign.said.empty() && is_at(text, at, sign.written) &&
             stands_between(text, at, at + sign.written.size());
    });
    if (found == signs.end()) {
      out.push_back(text[at++]);
      continue;
    }
    const size_t end = at + found->written.size();
    append(out, found->said, text[at].begin, text[end - 1].end);
    at = end;
  }
  return out;
}

SourcedText spell_out_times_sign(const SourcedText& text, std::string_view bcp47) {
  const SignWords::Counted& words = sign_words(bcp47).counted;
  if (words.by.empty()) return text;
  constexpr size_t most_digits = 4;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at].character != U'x') {
      out.push_back(text[at]);
      continue;
    }
    const size_t last = before_spaces(text, at), next = skip_spaces(text, at + 1);
    const size_t number = digits_begin(text, last);  // where the one begins that ends at `last`
    const char32_t before = number > 0 ? text[number - 1].character : U' ';
    const bool counts = number < last && last - number <= most_digits &&
                        text[number].character != U'0' && !is_letter_or_digit(before);
    const bool between =
        counts && is_digit(character_at(text, next)) && (last < at) == (next > at + 1);
    const bool behind = counts && last == at && !is_letter_or_digit(character_at(text, at + 1));
    if (between)
      append(out, last < at ? std::u32string(words.by) : U' ' + std::u32string(words.by) + U' ',
             text[at].begin, text[at].end);
    else if (behind && !words.so_often.empty())
      append(out, words.so_often, text[at].begin, text[at].end);
    else
      out.push_back(text[at]);
  }
  return out;
}

}  // namespace gst_tts
