// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/rewriter.h"

namespace gst_tts::japanese {

#define WORD_BEFORE u"(?<![A-Za-z])"
#define WORD_BEHIND u"(?![A-Za-z])"
// An ordinal number and what a speaker of Japanese calls it.
#define ORDINAL(digits, name) \
  { u"(?<![0-9.,])" digits u"(?i:st|nd|rd|th)" WORD_BEHIND, name }
// A time before or after noon: 10am, 3:30 p.m.; before the time they are letters.
#define HALF_OF_DAY(capitals, letters, abbreviation, name)                                      \
  {WORD_BEFORE u"(?i:" letters u") ?(?=[0-9]{1,2}(?::[0-9]{2}|時))", capitals},                 \
      {u"(?<![0-9:])([0-9]{1,2}:[0-9]{2}) ?(?i:" letters u"|" abbreviation u")" WORD_BEHIND,    \
       name u"$1"},                                                                             \
  {                                                                                             \
    u"(?<![0-9:.])([0-9]{1,2}) ?(?i:" letters u"|" abbreviation u")" WORD_BEHIND, name u"$1時" \
  }
// What Japanese speakers call it, though its letters or its English sound say otherwise.
#define NAME(latin, kana) \
  { WORD_BEFORE latin WORD_BEHIND, kana }
// What is of several letters and numbers, which are English ones then.
#define FORMULA(latin, kana) \
  { u"(?<![0-9A-Za-z])" latin u"(?![0-9A-Za-z])", kana }
// A Roman numeral where one is meant: 第Ⅳ章, ルイⅩⅣ世.
#define ROMAN(letters, digits)                                         \
  {u"(?<=第)" letters u"(?![A-Za-z])", digits}, {                      \
    u"(?<![A-Za-z])" letters u"(?=[世章部巻型期節編条類級号])", digits \
  }

const Rewriter& latin_rules() {
  static const Rewriter rules({
      {WORD_BEFORE u"(?:No|NO|no)\\.? ?(?=[0-9])", u"ナンバー"},
      {u"№ ?", u"ナンバー"},
      {WORD_BEFORE u"(?i:vs)(?:\\.|" WORD_BEHIND u")", u"バーサス"},
      {WORD_BEFORE u"(?i:vol)\\.? ?(?=[0-9])", u"ボリューム"},
      {WORD_BEFORE u"(?i:ver)\\.? ?(?=[0-9])", u"バージョン"},
      {WORD_BEFORE u"(?:Ch|Chap)\\. ?(?=[0-9])", u"チャプター"},
      {WORD_BEFORE u"(?:pp?|P)\\. ?([0-9]+)", u"$1ページ"},
      {WORD_BEFORE u"(?:Fig|FIG|fig)\\. ?(?=[0-9])", u"図"},
      {WORD_BEFORE u"Mr\\.? ?" WORD_BEHIND, u"ミスター"},
      {WORD_BEFORE u"Mr\\. ?", u"ミスター"},
      {WORD_BEFORE u"Mrs(?:\\. ?|" WORD_BEHIND u")", u"ミセス"},
      {WORD_BEFORE u"Ms\\. ?", u"ミズ"},
      {WORD_BEFORE u"Dr\\. ?", u"ドクター"},
      {WORD_BEFORE u"Prof\\. ?", u"プロフェッサー"},
      {WORD_BEFORE u"etc\\.?" WORD_BEHIND, u"エトセトラ"},
      {WORD_BEFORE u"feat\\. ?", u"フィーチャリング"},
      {WORD_BEFORE u"TEL" WORD_BEHIND u":?", u"テル "},
      {WORD_BEFORE u"FAX" WORD_BEHIND u":?", u"ファックス "},
      {WORD_BEFORE u"e\\.g\\.", u"例えば"},
      {WORD_BEFORE u"i\\.e\\.", u"すなわち"},
      HALF_OF_DAY(u"AM", u"am", u"a\\.m\\.", u"午前"),
      HALF_OF_DAY(u"PM", u"pm", u"p\\.m\\.", u"午後"),
      {u"(?<=[A-Za-z])://", u" コロン スラッシュ スラッシュ "},
      NAME(u"Amazon", u"アマゾン"),
      NAME(u"Apple", u"アップル"),
      NAME(u"iPad", u"アイパッド"),
      NAME(u"Java", u"ジャバ"),
      NAME(u"JavaScript", u"ジャバスクリプト"),
      NAME(u"JPEG", u"ジェイペグ"),
      NAME(u"LINE", u"ライン"),
      NAME(u"Microsoft", u"マイクロソフト"),
      NAME(u"Python", u"パイソン"),
      NAME(u"Sony", u"ソニー"),
      NAME(u"Tokyo", u"トーキョー"),
      NAME(u"Toyota", u"トヨタ"),
      NAME(u"Twitter", u"ツイッター"),
      NAME(u"UNESCO", u"ユネスコ"),
      NAME(u"UNICEF", u"ユニセフ"),
      NAME(u"Windows", u"ウィンドウズ"),
      NAME(u"Thank you", u"サンキュー"),
      NAME(u"thank you", u"サンキュー"),
      NAME(u"T-shirt", u"ティーシャツ"),
      {u"(?<=[A-Za-z])-(?=[A-Za-z])", u" "},
      {u"(?<=[0-9]) "
       u"(?=(?:[kcmMGTnμ]?(?:m|g|L|l|Hz|W|V|A|B|Pa|Ω|bps)[²³]?|ha|dB|℃|°C|%)(?![A-Za-z]))",
       u""},
      {WORD_BEFORE u"OFF" WORD_BEHIND, u"オフ"},
      ORDINAL(u"1", u"ファースト"),
      ORDINAL(u"2", u"セカンド"),
      ORDINAL(u"3", u"サード"),
      ORDINAL(u"4", u"フォース"),
      ORDINAL(u"5", u"フィフス"),
      ORDINAL(u"6", u"シックスス"),
      ORDINAL(u"7", u"セブンス"),
      ORDINAL(u"8", u"エイス"),
      ORDINAL(u"9", u"ナインス"),
      ORDINAL(u"10", u"テンス"),
      ORDINAL(u"([0-9]+)", u"$1番目"),
      {u"(?<![0-9A-Za-z])2D" WORD_BEHIND, u"ツーディー"},
      {u"(?<![0-9A-Za-z])3D(?=CG|" WORD_BEHIND u")", u"スリーディー"},
      {u"(?<![0-9A-Za-z])3G" WORD_BEHIND, u"スリージー"},
      {u"(?<![0-9A-Za-z])4G" WORD_BEHIND, u"フォージー"},
      {u"(?<![0-9A-Za-z])5G" WORD_BEHIND, u"ファイブジー"},
      {u"(?<![0-9A-Za-z])4K" WORD_BEHIND, u"ヨンケー"},
      {u"(?<![0-9A-Za-z])8K" WORD_BEHIND, u"ハチケー"},
      {u"(?<![0-9A-Za-z])1(?=LDK|DK|K" WORD_BEHIND u")", u"ワン"},
      {u"(?<![0-9A-Za-z])2(?=LDK|DK|K" WORD_BEHIND u")", u"ニー"},
      FORMULA(u"CO2", u"COツー"),
      FORMULA(u"H2O", u"HツーO"),
      FORMULA(u"O2", u"Oツー"),
      FORMULA(u"H2", u"Hツー"),
      FORMULA(u"N2", u"Nツー"),
      FORMULA(u"SO2", u"SOツー"),
      FORMULA(u"CH4", u"CHフォー"),
      FORMULA(u"B2B", u"BツーB"),
      FORMULA(u"B2C", u"BツーC"),
      FORMULA(u"P2P", u"PツーP"),
      ROMAN(u"I", u"1"),
      ROMAN(u"II", u"2"),
      ROMAN(u"III", u"3"),
      ROMAN(u"IV", u"4"),
      ROMAN(u"V", u"5"),
      ROMAN(u"VI", u"6"),
      ROMAN(u"VII", u"7"),
      ROMAN(u"VIII", u"8"),
      ROMAN(u"IX", u"9"),
      ROMAN(u"X", u"10"),
      ROMAN(u"XI", u"11"),
      ROMAN(u"XII", u"12"),
      ROMAN(u"XIII", u"13"),
      ROMAN(u"XIV", u"14"),
      ROMAN(u"XV", u"15"),
      ROMAN(u"XVI", u"16"),
  });
  return rules;
}

}  // namespace gst_tts::japanese
