// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

inline bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// No set has 0, which is behind the end.
inline bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

inline bool is_letter_or_digit(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

/// Likewise, but for ideographs and kana, which numbers stand among without spaces.
inline bool joins_number(char32_t c) {
  return is_letter_or_digit(c) && !gst_translate::is_cjk(c);
}

/// The character at `i`, 0 behind the end.
inline char32_t character_at(const SourcedText& text, size_t i) {
  return i < text.size() ? text[i].character : 0;
}

inline size_t skip_spaces(const SourcedText& text, size_t i) {
  while (i < text.size() && gst_translate::is_white_space(text[i].character))
    ++i;
  return i;
}

/// Where the spaces begin that end at `i`.
inline size_t before_spaces(const SourcedText& text, size_t i) {
  while (i > 0 && gst_translate::is_white_space(text[i - 1].character))
    --i;
  return i;
}

/// One past the digits that begin at `i`; `i` if none do.
inline size_t digits_end(const SourcedText& text, size_t i) {
  while (is_digit(character_at(text, i)))
    ++i;
  return i;
}

/// Where the digits begin that end at `i`; `i` if none do.
inline size_t digits_begin(const SourcedText& text, size_t i) {
  while (i > 0 && is_digit(text[i - 1].character))
    --i;
  return i;
}

/// Where the letters begin that end at `i`; `i` if none do.
inline size_t letters_begin(const SourcedText& text, size_t i) {
  while (i > 0 && u_isalpha(static_cast<UChar32>(text[i - 1].character)))
    --i;
  return i;
}

/// The word that ends at `end`, in small letters, and where it begins.
inline std::u32string small_word_before(const SourcedText& text, size_t end,
                                        size_t* begin = nullptr) {
  const size_t first = letters_begin(text, end);
  if (begin) *begin = first;
  std::u32string word;
  for (size_t i = first; i < end; ++i)
    word += static_cast<char32_t>(u_tolower(static_cast<UChar32>(text[i].character)));
  return word;
}

inline bool is_at(const SourcedText& text, size_t i, std::u32string_view word) {
  return i + word.size() <= text.size() &&
         std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(i),
                    [](char32_t c, const SourcedCharacter& at) { return c == at.character; });
}

/// Likewise, and no other letter or digit follows.
inline bool is_word_at(const SourcedText& text, size_t i, std::u32string_view word) {
  return is_at(text, i, word) && !is_letter_or_digit(character_at(text, i + word.size()));
}

/// One past the full stop behind an abbreviation that ends at `end`, where it ends no sentence: "5
/// oz. of butter", "50 руб. за штуку"; else `end`.
inline size_t abbreviation_end(const SourcedText& text, size_t end) {
  const size_t next = skip_spaces(text, end + 1);
  const bool goes_on =
      next > end + 1 && u_islower(static_cast<UChar32>(character_at(text, next))) != 0;
  const bool letters = end > 0 && u_isalpha(static_cast<UChar32>(text[end - 1].character)) != 0;
  return letters && character_at(text, end) == U'.' && goes_on ? end + 1 : end;
}

/// One past the number that begins at `i`, with its separators: 1,234.5; `i` if none begins there.
inline size_t number_end(const SourcedText& text, size_t i) {
  const auto is_separator = [](char32_t c) { return c == U'.' || c == U',' || c == U'\''; };
  while (is_digit(character_at(text, i)) ||
         (i > 0 && is_separator(character_at(text, i)) && is_digit(text[i - 1].character) &&
          is_digit(character_at(text, i + 1))))
    ++i;
  return i;
}

}  // namespace gst_tts
