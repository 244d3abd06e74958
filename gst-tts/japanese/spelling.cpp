// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/spelling.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "gst-tts/japanese/rewriter.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

/// Signs that are words.
constexpr std::pair<char32_t, View> words[] = {
    {U'㈪', U"月曜日"}, {U'㈫', U"火曜日"}, {U'㈬', U"水曜日"},   {U'㈭', U"木曜日"},
    {U'㈮', U"金曜日"}, {U'㈯', U"土曜日"}, {U'㈰', U"日曜日"},   {U'㊊', U"月曜日"},
    {U'㊋', U"火曜日"}, {U'㊌', U"水曜日"}, {U'㊍', U"木曜日"},   {U'㊎', U"金曜日"},
    {U'㊏', U"土曜日"}, {U'㊐', U"日曜日"}, {U'㈱', U"株式会社"}, {U'㈲', U"有限会社"},
    {U'㈷', U"祝日"},   {U'㊗', U"祝"},     {U'㊡', U"休み"},     {U'㈹', U"代表"},
    {U'℡', U"TEL"},     {U'㏋', U"HP"},     {U'〼', U"ます"},     {U'ゟ', U"より"},
    {U'ヿ', U"コト"},   {U'〻', U"々"},     {U'仝', U"同"},       {U'㎡', U"m²"},
    {U'㎥', U"m³"},     {U'㎢', U"km²"},    {U'㎤', U"cm³"},      {U'㎠', U"cm²"},
    {U'㎟', U"mm²"},    {U'㎣', U"mm³"},    {U'㎦', U"km³"},      {U'㎧', U"m/s"},
    {U'㎨', U"m/s²"},   {U'㋿', U"令和"},
};

/// Numbers in signs, by the first and last sign and what the first one says.
struct Numbers {
  char32_t first, last;
  int value;
};
constexpr Numbers numbers[] = {
    {0x2160, 0x216B, 1},   // Ⅰ to Ⅻ
    {0x2170, 0x217B, 1},   // ⅰ to ⅻ
    {0x2460, 0x2473, 1},   // ① to ⑳
    {0x2474, 0x2487, 1},   // ⑴ to ⒇
    {0x2488, 0x249B, 1},   // ⒈ to ⒛
    {0x24EB, 0x24F4, 11},  // ⓫ to ⓴
    {0x24F5, 0x24FE, 1},   // ⓵ to ⓾
    {0x2776, 0x277F, 1},   // ❶ to ❿
    {0x2780, 0x2789, 1},   // ➀ to ➉
    {0x278A, 0x2793, 1},   // ➊ to ➓
    {0x3251, 0x325F, 21},  // ㉑ to ㉟
    {0x32B1, 0x32BF, 36},  // ㊱ to ㊿
};

int roman_value(char32_t c) {
  if (c >= 0x2160 && c <= 0x216B) return static_cast<int>(c - 0x2160) + 1;
  if (c >= 0x2170 && c <= 0x217B) return static_cast<int>(c - 0x2170) + 1;
  if (c == 0x216C || c == 0x217C) return 50;
  if (c == 0x216D || c == 0x217D) return 100;
  return 0;
}

/// ⅩⅣ: a smaller one before a greater one is taken from it.
int take_roman(const SourcedText& text, size_t& i) {
  int sum = 0;
  for (; i < text.size() && roman_value(text[i].character) != 0; ++i) {
    const int value = roman_value(text[i].character);
    const int next = i + 1 < text.size() ? roman_value(text[i + 1].character) : 0;
    sum += value < next ? -value : value;
  }
  return sum;
}

void append_number(SourcedText& out, int value, size_t begin, size_t end) {
  for (const char digit : std::to_string(value))
    out.push_back({static_cast<char32_t>(digit), begin, end});
}

constexpr char32_t superscript_minus = U'⁻';
constexpr View superscript_digits = U"⁰¹²³⁴⁵⁶⁷⁸⁹";

bool is_superscript(char32_t c) {
  return c == superscript_minus || superscript_digits.find(c) != View::npos;
}

/// 10⁻³: 10のマイナス3乗. One ² or ³ alone may be a unit's, one ¹ a note's, and stay.
bool take_power(const SourcedText& text, size_t& i, SourcedText& out) {
  size_t end = i;
  while (end < text.size() && is_superscript(text[end].character))
    ++end;
  if (end == i || text[end - 1].character == superscript_minus) return false;
  const char32_t first = text[i].character;
  if (end - i == 1 && (first == U'¹' || first == U'²' || first == U'³')) return false;
  const size_t begin_byte = text[i].begin, end_byte = text[end - 1].end;
  append(out, U"の", begin_byte, end_byte);
  for (size_t k = i; k < end; ++k) {
    const SourcedCharacter& c = text[k];
    if (c.character == superscript_minus) {
      append(out, U"マイナス", begin_byte, end_byte);
    } else {
      const auto digit = static_cast<char32_t>(superscript_digits.find(c.character));
      out.push_back({U'0' + digit, c.begin, c.end});
    }
  }
  append(out, U"乗", begin_byte, end_byte);
  i = end;
  return true;
}

/// Pairs of a letter and the one with its mark.
constexpr View voiceless =
    U"かきくけこさしすせそたちつてとはひふへほうカキクケコサシスセソタチツテト"
    U"ハヒフヘホウワヰヱヲ";
constexpr View with_voice =
    U"がぎぐげござじずぜぞだぢづでどばびぶべぼゔガギグゲゴザジズゼゾダヂヅデド"
    U"バビブベボヴヷヸヹヺ";
constexpr View with_half_mark = U"ぱぴぷぺぽ", h_row = U"はひふへほ";
constexpr View with_half_mark_katakana = U"パピプペポ", h_row_katakana = U"ハヒフヘホ";

char32_t marked(char32_t letter, char32_t mark) {
  const auto pick = [letter](View from, View to) {
    const size_t at = from.find(letter);
    return at == View::npos ? letter : to[at];
  };
  if (mark == 0x309B || mark == 0x3099 || mark == 0xFF9E) return pick(voiceless, with_voice);
  const char32_t hiragana = pick(h_row, with_half_mark);
  return hiragana != letter ? hiragana : pick(h_row_katakana, with_half_mark_katakana);
}

bool is_mark_of_voice(char32_t c) {
  return c == 0x309B || c == 0x309C || c == 0x3099 || c == 0x309A;
}

constexpr std::pair<char32_t, char32_t> contract_numerals[] = {
    {U'壱', U'一'}, {U'壹', U'一'}, {U'弌', U'一'}, {U'弐', U'二'}, {U'貳', U'二'}, {U'貮', U'二'},
    {U'参', U'三'}, {U'參', U'三'}, {U'拾', U'十'}, {U'萬', U'万'}, {U'佰', U'百'}, {U'阡', U'千'},
    {U'伍', U'五'}, {U'陸', U'六'}, {U'漆', U'七'}, {U'捌', U'八'}, {U'玖', U'九'},
};

char32_t contract_numeral(char32_t c) {
  for (const auto& [contract, usual] : contract_numerals)
    if (c == contract) return usual;
  return 0;
}

/// The runs of numerals that only a contract has, or that end in 円: 参 alone is none, nor 拾う.
void replace_contract_numerals(SourcedText& text) {
  constexpr View usual = U"一二三四五六七八九十百千万億0123456789";
  constexpr View sure = U"壱壹弌弐貳貮";
  const auto is_numeral = [&](char32_t c) {
    return usual.find(c) != View::npos || contract_numeral(c) != 0;
  };
  for (size_t begin = 0, end; begin < text.size(); begin = end + 1) {
    end = begin;
    bool certain = false;
    while (end < text.size() && is_numeral(text[end].character))
      certain |= sure.find(text[end++].character) != View::npos;
    const bool money = end < text.size() && text[end].character == U'円' && end - begin > 1;
    if (!certain && !money) continue;
    for (size_t i = begin; i < end; ++i)
      if (const char32_t numeral = contract_numeral(text[i].character)) text[i].character = numeral;
  }
}

}  // namespace

SourcedText usual_spelling(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const SourcedCharacter& c = text[i];
    if (roman_value(c.character) != 0) {
      const size_t first = i;
      const int value = take_roman(text, i);
      append_number(out, value, text[first].begin, text[i - 1].end);
      continue;
    }
    if (!out.empty() && take_power(text, i, out)) continue;
    ++i;
    if (u_hasBinaryProperty(static_cast<UChar32>(c.character), UCHAR_VARIATION_SELECTOR)) {
      if (!out.empty()) out.back().end = c.end;
      continue;
    }
    if (c.character == literally) continue;  // ours
    if (is_mark_of_voice(c.character) && !out.empty()) {
      out.back().character = marked(out.back().character, c.character);
      out.back().end = c.end;
      continue;
    }
    const auto* range = std::find_if(std::begin(numbers), std::end(numbers), [&](const Numbers& n) {
      return c.character >= n.first && c.character <= n.last;
    });
    if (range != std::end(numbers)) {
      // ①② are two numbers.
      if (!out.empty() && out.back().character >= U'0' && out.back().character <= U'9')
        out.push_back({U' ', c.begin, c.begin});
      append_number(out, range->value + static_cast<int>(c.character - range->first), c.begin,
                    c.end);
      continue;
    }
    const auto* word = std::find_if(std::begin(words), std::end(words),
                                    [&](const auto& row) { return row.first == c.character; });
    if (word != std::end(words))
      append(out, word->second, c.begin, c.end);
    else
      out.push_back(c);
  }
  replace_contract_numerals(out);
  return out;
}

}  // namespace gst_tts::japanese
