// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/corrections.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

constexpr std::pair<View, View> corrections[] = {
    {U"日本", U"ニホン"},
    {U"日本放送協会", U"ニッポンホーソーキョーカイ"},
    {U"日本武道館", U"ニッポンブドーカン"},
    {U"日本郵便", U"ニッポンユービン"},
    {U"日本郵政", U"ニッポンユーセイ"},
    {U"日本銀行", U"ニッポンギンコー"},
    {U"日本電気", U"ニッポンデンキ"},
    {U"日本製鉄", U"ニッポンセイテツ"},
    {U"日本生命", U"ニッポンセイメイ"},
    {U"日本通運", U"ニッポンツーウン"},
    {U"日本ハム", U"ニッポンハム"},
    {U"日本シリーズ", U"ニッポンシリーズ"},
    {U"日本維新の会", U"ニッポンイシンノカイ"},
    {U"日本体育大学", U"ニッポンタイイクダイガク"},
    {U"日本赤十字社", U"ニッポンセキジュージシャ"},
    {U"日本医師会", U"ニホンイシカイ"},
    {U"全日空", U"ゼンニックー"},
    {U"日本橋", U"ニホンバシ"},
    {U"日本人形", U"ニホンニンギョー"},
    {U"何とか", U"ナントカ"},
    {U"何分よろしく", U"ナニブンヨロシク"},
    {U"何何", U"ナニナニ"},
    {U"其其", U"ソレゾレ"},
    {U"其々", U"ソレゾレ"},
    {U"生もの", U"ナマモノ"},
    {U"値", U"アタイ"},
    {U"他の", U"ホカノ"},
    {U"他に", U"ホカニ"},
    {U"一昨日", U"オトトイ"},
    {U"明後日", U"アサッテ"},
    {U"一日中", U"イチニチジュー"},
    {U"世界中", U"セカイジュー"},
    {U"日本中", U"ニホンジュー"},
    {U"家中", U"イエジュー"},
    {U"先々月", U"センセンゲツ"},
    {U"先々週", U"センセンシュー"},
    {U"民主々義", U"ミンシュシュギ"},
    {U"共産々義", U"キョーサンシュギ"},
    {U"木々", U"キギ"},
    {U"方々へ", U"ホーボーエ"},
    {U"有限会社", U"ユーゲンガイシャ"},
    {U"十中八九", U"ジッチューハック"},
};

/// Names and words with 日本 that are ニッポン.
constexpr View nippon[] = {U"日本銀行", U"日本放送協会", U"全日本空輸",
                           U"日本国民", U"日本永代蔵",   U"日本武道館"};

}  // namespace

View corrected_reading(View written) {
  for (const auto& [word, reading] : corrections)
    if (word == written) return reading;
  return {};
}

size_t longest_correction() {
  static const size_t longest = [] {
    size_t length = 0;
    for (const auto& row : corrections)
      length = std::max(length, row.first.size());
    return length;
  }();
  return longest;
}

std::u32string usual_reading(View written, std::u32string reading) {
  constexpr View formal = U"ニッポン", usual = U"ニホン";
  const size_t at = reading.find(formal);
  if (at != std::u32string::npos && written.find(U"日本") != View::npos &&
      std::find(std::begin(nippon), std::end(nippon), written) == std::end(nippon))
    reading.replace(at, formal.size(), usual);
  if (reading == U"イウ" && (written == U"言う" || written == U"いう" || written == U"云う"))
    reading = U"ユー";
  return reading;
}

}  // namespace gst_tts::japanese
