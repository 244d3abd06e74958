// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/counters.h"

#include <algorithm>

#include "gst-tts/japanese/units.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;
using Sound = CounterSound;

// Those that do not follow from their reading, those that a dictionary does not mark as counters,
// and units.
constexpr Counter counters[] = {
    {U"万", U"マン", Sound::Plain},  // behind a fraction: 1.5億
    {U"億", U"オク", Sound::Plain},
    {U"兆", U"チョー", Sound::Plain},
    {U"年", U"ネン", Sound::Plain, U"ヨ"},
    {U"年間", U"ネンカン", Sound::Plain, U"ヨ"},
    {U"年生", U"ネンセイ", Sound::Plain, U"ヨ"},
    {U"年代", U"ネンダイ", Sound::Plain},
    {U"年前", U"ネンマエ", Sound::Plain, U"ヨ"},
    {U"年半", U"ネンハン", Sound::Plain, U"ヨ"},
    {U"年度", U"ネンド", Sound::Plain, U"ヨ"},
    {U"年後", U"ネンゴ", Sound::Plain, U"ヨ"},
    {U"月", U"ガツ", Sound::Plain, U"シ", U"シチ", U"ク"},
    {U"か月", U"カゲツ", Sound::K},
    {U"カ月", U"カゲツ", Sound::K},
    {U"ヶ月", U"カゲツ", Sound::K},
    {U"ヵ月", U"カゲツ", Sound::K},
    {U"ケ月", U"カゲツ", Sound::K},
    {U"箇月", U"カゲツ", Sound::K},
    {U"か国", U"カコク", Sound::K},
    {U"カ国", U"カコク", Sound::K},
    {U"ヶ国", U"カコク", Sound::K},
    {U"か所", U"カショ", Sound::K},
    {U"カ所", U"カショ", Sound::K},
    {U"ヶ所", U"カショ", Sound::K},
    {U"箇所", U"カショ", Sound::K},
    {U"週間", U"シューカン", Sound::ST},
    {U"日", U"ニチ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日間", U"ニチカン", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日目", U"ニチメ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日前", U"ニチマエ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日後", U"ニチゴ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"時", U"ジ", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時半", U"ジハン", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時頃", U"ジゴロ", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時台", U"ジダイ", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時過ぎ", U"ジスギ", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時間", U"ジカン", Sound::Plain, U"ヨ", {}, U"ク"},
    {U"分", U"フン", Sound::HP},
    {U"分間", U"フンカン", Sound::HP},
    {U"分の", U"ブンノ", Sound::Plain},
    {U"秒", U"ビョー", Sound::Plain},
    {U"円", U"エン", Sound::Plain, U"ヨ"},
    {U"人", U"ニン", Sound::Plain, U"ヨ"},
    {U"人目", U"ニンメ", Sound::Plain, U"ヨ"},
    {U"人前", U"ニンマエ", Sound::Plain, U"ヨ"},
    {U"人組", U"ニングミ", Sound::Plain, U"ヨ"},
    {U"人乗り", U"ニンノリ", Sound::Plain, U"ヨ"},
    {U"人掛け", U"ニンガケ", Sound::Plain, U"ヨ"},
    {U"人部屋", U"ニンベヤ", Sound::Plain, U"ヨ"},
    {U"名", U"メイ", Sound::Plain},
    {U"つ", U"ツ", Sound::Plain},
    {U"つ目", U"ツメ", Sound::Plain},
    {U"個", U"コ", Sound::K},
    {U"回", U"カイ", Sound::K},
    {U"回目", U"カイメ", Sound::K},
    {U"階", U"カイ", Sound::K, {}, {}, {}, U"ガイ"},
    {U"軒", U"ケン", Sound::K, {}, {}, {}, U"ゲン"},
    {U"通り", U"トーリ", Sound::ST},
    {U"歳", U"サイ", Sound::ST},
    {U"才", U"サイ", Sound::ST},
    {U"足", U"ソク", Sound::ST, {}, {}, {}, U"ゾク"},
    {U"本", U"ホン", Sound::HB},
    {U"匹", U"ヒキ", Sound::HB},
    {U"杯", U"ハイ", Sound::HB},
    {U"票", U"ヒョー", Sound::HB},
    {U"泊", U"ハク", Sound::HP},
    {U"対", U"タイ", Sound::ST},
    {U"位", U"イ", Sound::Plain},
    {U"話", U"ワ", Sound::Plain},
    {U"羽", U"ワ", Sound::Plain},
    {U"割", U"ワリ", Sound::Plain},
    {U"度", U"ド", Sound::Plain},
    {U"番", U"バン", Sound::Plain},
    {U"番地", U"バンチ", Sound::Plain},
    {U"番目", U"バンメ", Sound::Plain},
    {U"号", U"ゴー", Sound::Plain},
    {U"代", U"ダイ", Sound::Plain},
    {U"世", U"セイ", Sound::ST},
    {U"世紀", U"セイキ", Sound::ST},
    {U"丁目", U"チョーメ", Sound::ST},
    {U"ページ", U"ページ", Sound::Unit},
    {U"パーセント", U"パーセント", Sound::Unit},
    {U"°", U"ド", Sound::Plain},
    {U"°C", U"ド", Sound::Plain},
    {U"°F", U"ド", Sound::Plain},
    {U"¥", U"エン", Sound::Plain, U"ヨ"},
};

/// Numbers that are a word together with their counter.
struct WholeWord {
  View number, counter, reading;
};
constexpr WholeWord whole_words[] = {
    {U"1", U"人", U"ヒトリ"},        {U"2", U"人", U"フタリ"},    {U"1", U"人目", U"ヒトリメ"},
    {U"2", U"人目", U"フタリメ"},    {U"20", U"歳", U"ハタチ"},   {U"20", U"才", U"ハタチ"},
    {U"1", U"つ", U"ヒトツ"},        {U"2", U"つ", U"フタツ"},    {U"3", U"つ", U"ミッツ"},
    {U"4", U"つ", U"ヨッツ"},        {U"5", U"つ", U"イツツ"},    {U"6", U"つ", U"ムッツ"},
    {U"7", U"つ", U"ナナツ"},        {U"8", U"つ", U"ヤッツ"},    {U"9", U"つ", U"ココノツ"},
    {U"2", U"日", U"フツカ"},        {U"3", U"日", U"ミッカ"},    {U"4", U"日", U"ヨッカ"},
    {U"5", U"日", U"イツカ"},        {U"6", U"日", U"ムイカ"},    {U"7", U"日", U"ナノカ"},
    {U"8", U"日", U"ヨーカ"},        {U"9", U"日", U"ココノカ"},  {U"10", U"日", U"トーカ"},
    {U"14", U"日", U"ジューヨッカ"}, {U"20", U"日", U"ハツカ"},   {U"24", U"日", U"ニジューヨッカ"},
    {U"0", U"時", U"レイジ"},        {U"数", U"日", U"スージツ"},
};

/// Counted with the old numbers as long as these are one or two: ヒトハコ, フタハコ.
constexpr Counter old_counters[] = {
    {U"皿", U"サラ", Sound::Plain},       {U"箱", U"ハコ", Sound::Plain},
    {U"袋", U"フクロ", Sound::Plain},     {U"口", U"クチ", Sound::Plain},
    {U"言", U"コト", Sound::Plain},       {U"部屋", U"ヘヤ", Sound::Plain},
    {U"切れ", U"キレ", Sound::Plain},     {U"組", U"クミ", Sound::Plain},
    {U"粒", U"ツブ", Sound::Plain},       {U"株", U"カブ", Sound::Plain},
    {U"束", U"タバ", Sound::Plain},       {U"山", U"ヤマ", Sound::Plain},
    {U"晩", U"バン", Sound::Plain},       {U"筋", U"スジ", Sound::Plain},
    {U"棟", U"ムネ", Sound::Plain},       {U"揃い", U"ソロイ", Sound::Plain},
    {U"坪", U"ツボ", Sound::Plain},       {U"鉢", U"ハチ", Sound::Plain},
    {U"瓶", U"ビン", Sound::Plain},       {U"鍋", U"ナベ", Sound::Plain},
    {U"匙", U"サジ", Sound::Plain},       {U"さじ", U"サジ", Sound::Plain},
    {U"通り", U"トーリ", Sound::ST},      {U"握り", U"ニギリ", Sound::Plain},
    {U"つまみ", U"ツマミ", Sound::Plain}, {U"房", U"フサ", Sound::Plain},
    {U"玉", U"タマ", Sound::Plain},       {U"缶", U"カン", Sound::Plain},
    {U"桁", U"ケタ", Sound::Plain},       {U"柱", U"ハシラ", Sound::Plain},
    {U"駅", U"エキ", Sound::Plain},       {U"夜", U"ヨ", Sound::Plain},
    {U"幕", U"マク", Sound::Plain},       {U"樽", U"タル", Sound::Plain},
    {U"掴み", U"ツカミ", Sound::Plain},   {U"重ね", U"カサネ", Sound::Plain},
};

bool begins_with_one_of(View text, View set) {
  return !text.empty() && set.find(text[0]) != View::npos;
}

Sound sound_of(View written, View reading) {
  if (written == reading) return Sound::Unit;
  if (begins_with_one_of(reading, U"カキクケコ")) return Sound::K;
  if (begins_with_one_of(reading, U"サシスセソタチツテト")) return Sound::ST;
  if (begins_with_one_of(reading, U"ハヒフヘホ")) return Sound::HP;
  return Sound::Plain;
}

}  // namespace

const Counter* find_counter(View written) {
  const auto* found = std::find_if(std::begin(counters), std::end(counters),
                                   [written](const Counter& c) { return c.written == written; });
  if (found != std::end(counters)) return found;
  const auto* old = std::find_if(std::begin(old_counters), std::end(old_counters),
                                 [written](const Counter& c) { return c.written == written; });
  return old != std::end(old_counters) ? old : find_unit(written);
}

size_t known_counter(View text, size_t most) {
  size_t longest = known_unit(text, most);
  const auto look_at = [&](const Counter& counter) {
    const size_t length = counter.written.size();
    if (length <= most && text.substr(0, length) == counter.written)
      longest = std::max(longest, length);
  };
  std::for_each(std::begin(counters), std::end(counters), look_at);
  std::for_each(std::begin(old_counters), std::end(old_counters), look_at);
  return longest;
}

Counter unlisted_counter(View written, View reading) {
  return {written, reading, sound_of(written, reading)};
}

std::optional<std::u32string> irregular_count(View digits, View counter) {
  for (const WholeWord& word : whole_words) {
    if (word.number != digits) continue;
    if (word.counter == counter) return std::u32string(word.reading);
    if (word.counter == U"日" && counter.size() == 2 && counter[0] == U'日') {
      const Counter* longer = find_counter(counter);
      if (longer) return std::u32string(word.reading) + std::u32string(longer->reading.substr(2));
    }
    if (word.counter == U"つ" && counter == U"つ目") return std::u32string(word.reading) + U"メ";
  }
  if (digits != U"1" && digits != U"2") return std::nullopt;
  for (const Counter& old : old_counters)
    if (old.written == counter)
      return (digits == U"1" ? U"ヒト" : U"フタ") + std::u32string(old.reading);
  return std::nullopt;
}

}  // namespace gst_tts::japanese
