// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/kana.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <utility>

namespace gst_tts::japanese {

bool is_kana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E ||  // hiragana
         (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE);
}

bool is_kanji(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

std::u32string to_katakana(std::u32string_view kana) {
  std::u32string katakana;
  for (char32_t c : kana) {
    const char32_t before = katakana.empty() ? 0 : katakana.back();
    if (c >= 0x3041 && c <= 0x3096)
      c += 0x60;
    else if (c == 0x309D || c == 0x30FD || c == 0x309E || c == 0x30FE)  // ゝ ヽ ゞ ヾ repeat
      c = before;
    if (c == U'ウ' && (before == U'ョ' || before == U'ュ')) c = U'ー';
    if (c != 0) katakana += c;
  }
  return katakana;
}

SourcedText spell_for_voice(const SourcedText& phrases) {
  using Spelling = std::pair<std::u32string_view, std::u32string_view>;
  static constexpr Spelling spellings[] = {
      {U"リャ", U"リヤ"},   {U"リュ", U"リユ"}, {U"リョ", U"リヨ"}, {U"フュ", U"ヒュ"},
      {U"ブュ", U"ビュ"},   {U"ツィ", U"ツイ"}, {U"スィ", U"スイ"}, {U"ズィ", U"ズイ"},
      {U"トゥィ", U"トイ"}, {U"クァ", U"クワ"}, {U"グァ", U"グワ"}, {U"クヮ", U"クワ"},
      {U"グヮ", U"グワ"},   {U"キェ", U"キエ"}, {U"ギェ", U"ギエ"}, {U"ニェ", U"ニエ"},
      {U"ヒェ", U"ヒエ"},   {U"ミェ", U"ミエ"}, {U"リェ", U"リエ"}, {U"ビェ", U"ビエ"},
      {U"ピェ", U"ピエ"},   {U"ヮ", U"ワ"},     {U"ヵ", U"カ"},     {U"ヶ", U"ケ"},
      {U"ーー", U"ー"},     {U"ンー", U"ン"},   {U"ッー", U"ッ"},
  };
  constexpr std::u32string_view small = U"ァィゥェォャュョ", large = U"アイウエオヤユヨ";
  const std::u32string text = characters(phrases);
  SourcedText spelled;
  const auto add = [&](char32_t c, size_t first, size_t last) {
    // A replacement may have put two marks of length side by side.
    if (c == U'ー' && !spelled.empty() && spelled.back().character == U'ー') return;
    spelled.push_back({c, phrases[first].begin, phrases[last].end});
  };
  for (size_t i = 0; i < text.size();) {
    const auto* found =
        std::find_if(std::begin(spellings), std::end(spellings), [&](const Spelling& spelling) {
          return text.compare(i, spelling.first.size(), spelling.first) == 0;
        });
    if (found != std::end(spellings)) {
      const size_t last = i + found->first.size() - 1;
      for (const char32_t c : found->second)
        add(c, i, last);
      i = last + 1;
      continue;
    }
    char32_t c = text[i];
    const bool first = spelled.empty() || !is_kana(spelled.back().character);
    const size_t position = small.find(c);
    if (first && position != std::u32string_view::npos) c = large[position];
    if (!(first && c == U'ー')) add(c, i, i);  // lengthens nothing
    ++i;
  }
  return spelled;
}

}  // namespace gst_tts::japanese
