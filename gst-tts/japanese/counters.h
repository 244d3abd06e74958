// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gst_tts::japanese {

/// How a counter changes the number before it, and itself.
enum class CounterSound {
  Plain,
  K,  ///< 一回 イッカイ, 六回 ロッカイ, 八回 ハッカイ, 十回 ジュッカイ, 百回 ヒャッカイ
  ST,    ///< 一歳 イッサイ, 八歳 ハッサイ, 十歳 ジュッサイ; 一頭 イットー
  HB,    ///< 一本 イッポン, 三本 サンボン
  HP,    ///< 一分 イップン, 三分 サンプン
  Unit,  ///< a foreign word: only 十 changes, before k, s, t, p: 10キロ ジュッキロ
};

/// A word or sign that stands behind a number.
struct Counter {
  std::u32string_view written;
  std::u32string_view reading;
  CounterSound sound;
  std::u32string_view four = {}, seven = {}, nine = {};  ///< what 4, 7, 9 are called before it
  std::u32string_view three = {};                        ///< its own reading behind 3
};

/// One of those that do not follow from their reading or that a dictionary does not know for
/// counters, units among them; null if it is none.
const Counter* find_counter(std::u32string_view written);

/// The length of the longest of them that `text` begins with, of those not longer than `most`; 0 if
/// none.
size_t known_counter(std::u32string_view text, size_t most);

/// Any other one, by the row of the syllabary that its reading begins with. Foreign words, which
/// are written in katakana, change nothing.
Counter unlisted_counter(std::u32string_view written, std::u32string_view reading);

/// A number that is one word with its counter: 1人 ヒトリ, 3日 ミッカ, 3日間 ミッカカン. Nothing if
/// the two are regular.
std::optional<std::u32string> irregular_count(std::u32string_view digits,
                                              std::u32string_view counter);

}  // namespace gst_tts::japanese
