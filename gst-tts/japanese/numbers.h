// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gst_tts::japanese {

/// A number as it is written. Digits are kept as such: values may be longer than any integer.
struct Number {
  std::u32string
      whole;  ///< ASCII digits and unknown ones, without leading zeros unless each is to be said
  std::u32string fraction;  ///< likewise, behind the point; may be empty
  size_t end = 0;           ///< one past its last character in the text
};

/// 何, 数 and 幾 where they stand for a digit: 何百, 数千人, 十数年.
bool is_unknown_digit(char32_t c);

/// The number that begins at `begin`: 123,456; 3.5; 二〇二四; 三千五百; 3万5千. Chinese
/// numerals are taken up to `kanji_end` only, for many words begin with one (一緒, 六本木) and only
/// a dictionary knows. Nothing if there is none.
std::optional<Number> parse_number(std::u32string_view text, size_t begin, size_t kanji_end);

/// Katakana; a space behind each ten thousand's, where a speaker would take breath.
std::u32string say_number(const Number& number);

/// Digit by digit: a telephone number.
std::u32string say_digits(std::u32string_view digits);

/// A number with what it counts, both changed as they meet: 三百 + 本 → サンビャッポン, 一 + 人 →
/// ヒトリ. `counter` is as written; `reading` its usual reading, which is needed only where the
/// counter is not in the list of those with ways of their own. Nothing if neither is known.
std::optional<std::u32string> say_count(const Number& number, std::u32string_view counter,
                                        std::u32string_view reading);

}  // namespace gst_tts::japanese
