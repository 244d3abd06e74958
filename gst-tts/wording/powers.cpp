// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Power {
  std::string_view language;  ///< BCP 47
  View to, squared, cubed;
};

constexpr Power powers[] = {
    {"en", U" to the power of ", U" squared", U" cubed"},
    {"de", U" hoch ", U" hoch 2", U" hoch 3"},
    {"fr", U" puissance ", U" au carré", U" au cube"},
    {"es", U" elevado a ", U" al cuadrado", U" al cubo"},
    {"it", U" elevato a ", U" al quadrato", U" al cubo"},
    {"pt", U" elevado a ", U" ao quadrado", U" ao cubo"},
    {"nl", U" tot de macht ", U" kwadraat", U" tot de macht 3"},
};

/// As a plain character; 0 if it is not set above the line.
char32_t plain(char32_t c) {
  constexpr View above = U"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", below = U"0123456789+-";
  const size_t at = above.find(c);
  return c == 0 || at == View::npos ? 0 : below[at];
}

/// A number of up to three digits or a letter alone ends at `end`: what is above another word is
/// the number of a note.
bool is_base(const SourcedText& text, size_t end) {
  size_t begin = end;
  while (begin > 0 && is_letter_or_digit(text[begin - 1].character))
    --begin;
  const bool digits = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                  text.begin() + static_cast<std::ptrdiff_t>(end),
                                  [](const SourcedCharacter& c) { return is_digit(c.character); });
  return end - begin > 0 && end - begin <= (digits ? 3 : 1);
}

}  // namespace

SourcedText spell_out_powers(const SourcedText& text, std::string_view bcp47) {
  const auto* words = std::find_if(std::begin(powers), std::end(powers),
                                   [bcp47](const Power& row) { return row.language == bcp47; });
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (plain(text[at].character) == 0 || !is_base(text, at)) {
      out.push_back(text[at]);
      continue;
    }
    std::u32string exponent;
    const size_t begin = at;
    for (; plain(character_at(text, at)) != 0; ++at)
      exponent += plain(text[at].character);
    --at;
    const bool minus = exponent.front() == U'-';
    if (exponent.front() == U'-' || exponent.front() == U'+') exponent.erase(0, 1);
    const std::u32string sign = minus ? minus_word(bcp47) + U" " : U"";
    std::u32string said;
    if (words == std::end(powers))
      said = U" " + sign + exponent;
    else if (sign.empty() && exponent == U"2")
      said = words->squared;
    else if (sign.empty() && exponent == U"3")
      said = words->cubed;
    else
      said = std::u32string(words->to) + sign + exponent;
    append(out, said, text[begin].begin, text[at].end);
  }
  return out;
}

}  // namespace gst_tts
