// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include <string>

#include "gst-translate/text/utf8.h"
#include "gst-tts/espeak/library.h"
#include "gst-tts/japanese/english.h"
#include "gst-tts/japanese/kana.h"
#include "gst-tts/japanese/numbers.h"
#include "gst-tts/japanese/reader.h"
#include "gst-tts/voice/sourced_text.h"
#include "tests/unit/tts_speech.h"

using gst_tts::decode;
using gst_tts::encode;
using gst_tts::SourcedText;
using namespace gst_tts::japanese;

namespace {

std::string utf8(std::u32string_view text) {
  std::string bytes;
  for (const char32_t c : text)
    gst_translate::append_utf8(bytes, c);
  return bytes;
}

std::string spelled(std::u32string_view kana) {
  const SourcedText text = spell_for_voice(decode(utf8(kana)));
  return encode(text, 0, text.size());
}

std::string english(const std::string& word) {
  auto& library = gst_tts::espeak::Library::get();
  library.open();
  library.set_voice("en");
  return library.phonemes(word);
}

struct Reading {
  std::string kana;
  size_t dropped = 0;
};

Reading reading(const std::string& text) {
  Reading result;
  const SourcedText read = gst_tts::japanese::read(decode(text), english, result.dropped);
  result.kana = encode(read, 0, read.size());
  return result;
}

struct Case {
  const char *text, *kana;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const auto& [text, kana] : cases) {
    EXPECT_EQ(reading(text).kana, kana) << text;
    EXPECT_EQ(reading(text).dropped, 0U) << text;
  }
}

std::string number(std::u32string_view text) {
  const auto parsed = parse_number(text, 0, text.size());
  return parsed && parsed->end == text.size() ? utf8(say_number(*parsed)) : "none";
}

std::string counted(std::u32string_view digits, std::u32string_view counter,
                    std::u32string_view usual = {}) {
  const auto said = say_count({std::u32string(digits), {}, 0}, counter, usual);
  return said ? utf8(*said) : "none";
}

}  // namespace

TEST(JapaneseNumbers, AreReadInFours) {
  EXPECT_EQ(number(U"0"), "ゼロ");
  EXPECT_EQ(number(U"7"), "ナナ");
  EXPECT_EQ(number(U"10"), "ジュー");
  EXPECT_EQ(number(U"11"), "ジューイチ");
  EXPECT_EQ(number(U"300"), "サンビャク");
  EXPECT_EQ(number(U"666"), "ロッピャクロクジューロク");
  EXPECT_EQ(number(U"8888"), "ハッセンハッピャクハチジューハチ");
  EXPECT_EQ(number(U"1000"), "セン");
  EXPECT_EQ(number(U"3000"), "サンゼン");
  EXPECT_EQ(number(U"10000"), "イチマン");
  EXPECT_EQ(number(U"123,456"), "ジューニマン サンゼンヨンヒャクゴジューロク");
  EXPECT_EQ(number(U"10000000"), "イッセンマン");
  EXPECT_EQ(number(U"100000000"), "イチオク");
  EXPECT_EQ(number(U"1000000000000"), "イッチョー");
  EXPECT_EQ(number(U"80000000000000"), "ハチジュッチョー");
  EXPECT_EQ(number(U"007"), "ゼロゼロナナ");
  EXPECT_EQ(number(U"123456789012345678901"),
            "イチニサンヨンゴロクナナハチキューゼロイチニサンヨンゴロクナナハチキューゼロイチ")
      << "longer than any unit: digit by digit";
}

TEST(JapaneseNumbers, WithAPoint) {
  EXPECT_EQ(number(U"3.5"), "サンテンゴ");
  EXPECT_EQ(number(U"0.25"), "レーテンニゴ");
  EXPECT_EQ(number(U"1.5"), "イッテンゴ");
  EXPECT_EQ(number(U"10.1"), "ジュッテンイチ");
  EXPECT_EQ(number(U"1.2.3"), "イッテンニテンサン");
}

TEST(JapaneseNumbers, InChineseNumerals) {
  EXPECT_EQ(number(U"二〇二四"), "ニセンニジューヨン");
  EXPECT_EQ(number(U"三千五百"), "サンゼンゴヒャク");
  EXPECT_EQ(number(U"十二"), "ジューニ");
  EXPECT_EQ(number(U"3万5千"), "サンマン ゴセン");
  EXPECT_EQ(number(U"一億二千万"), "イチオク ニセンマン");
  EXPECT_EQ(number(U"百二十三万"), "ヒャクニジューサンマン");
  EXPECT_EQ(number(U"百百"), "none");
  EXPECT_EQ(number(U"x"), "none");
}

TEST(JapaneseNumbers, ChangeWithTheirCounter) {
  const std::u32string digits[] = {U"1", U"2", U"3", U"4", U"6", U"8", U"10", U"100", U"1000"};
  const auto all = [&digits](std::u32string_view counter) {
    std::string line;
    for (const auto& digit : digits)
      line += counted(digit, counter) + " ";
    return line;
  };
  EXPECT_EQ(all(U"本"),
            "イッポン ニホン サンボン ヨンホン ロッポン ハッポン ジュッポン ヒャッポン センボン ");
  EXPECT_EQ(all(U"分"),
            "イップン ニフン サンプン ヨンプン ロップン ハップン ジュップン ヒャップン センプン ");
  EXPECT_EQ(all(U"回"),
            "イッカイ ニカイ サンカイ ヨンカイ ロッカイ ハッカイ ジュッカイ ヒャッカイ センカイ ");
  EXPECT_EQ(all(U"歳"),
            "イッサイ ニサイ サンサイ ヨンサイ ロクサイ ハッサイ ジュッサイ ヒャクサイ センサイ ");
  EXPECT_EQ(all(U"人"),
            "ヒトリ フタリ サンニン ヨニン ロクニン ハチニン ジューニン ヒャクニン センニン ");
  EXPECT_EQ(all(U"階"),
            "イッカイ ニカイ サンガイ ヨンカイ ロッカイ ハッカイ ジュッカイ ヒャッカイ センカイ ");
  EXPECT_EQ(
      all(U"%"),
      "イチパーセント ニパーセント サンパーセント ヨンパーセント ロクパーセント ハチパーセント "
      "ジュッパーセント ヒャクパーセント センパーセント ");
  EXPECT_EQ(counted(U"4", U"時") + counted(U"7", U"時") + counted(U"9", U"時"), "ヨジシチジクジ");
  EXPECT_EQ(counted(U"4", U"月") + counted(U"7", U"月") + counted(U"9", U"月"),
            "シガツシチガツクガツ");
  EXPECT_EQ(counted(U"2024", U"年"), "ニセンニジューヨネン");
  EXPECT_EQ(counted(U"20", U"歳"), "ハタチ");
  EXPECT_EQ(counted(U"13", U"本"), "ジューサンボン");
  EXPECT_EQ(counted(U"300", U"本"), "サンビャッポン");
}

TEST(JapaneseNumbers, FollowTheReadingOfUnlistedCounters) {
  EXPECT_EQ(counted(U"1", U"曲", U"キョク"), "イッキョク");
  EXPECT_EQ(counted(U"8", U"冊", U"サツ"), "ハッサツ");
  EXPECT_EQ(counted(U"10", U"頭", U"トー"), "ジュットー");
  EXPECT_EQ(counted(U"1", U"枚", U"マイ"), "イチマイ");
  EXPECT_EQ(counted(U"1", U"キロ", U"キロ"), "イチキロ") << "foreign words change nothing";
  EXPECT_EQ(counted(U"1", U"謎"), "none");
}

TEST(JapaneseReader, ParticlesAreSaidAsTheySound) {
  expect_all({
      {"今日は天気がいいです。", "キョーワ テンキガ イイデス。"},
      {"彼へ手紙を書いた。", "カレエ テガミヲ カイタ。"},
      {"私の名前は田中です。これはペンですか？",
       "ワタシノ ナマエワ タナカデス。 コレワ ペンデスカ？"},
      {"私は東京大学で日本語を勉強しています。",
       "ワタシワ トーキョーダイガクデ ニホンゴヲ ベンキョー シテイマス。"},
      {"お母さんはコーヒーを飲みました。", "オカーサンワ コーヒーヲ ノミマシタ。"},
  });
}

TEST(JapaneseReader, NumbersAndCounters) {
  expect_all({
      {"会議は3時に始まります。", "カイギワ サンジニ ハジマリマス。"},
      {"一人で行った。", "ヒトリデ イッタ。"},
      {"二人は十時間も待った。", "フタリワ ジュージカンモ マッタ。"},
      {"123,456円と3.5%です。",
       "ジューニマン サンゼンヨンヒャクゴジューロクエント サンテンゴパーセントデス。"},
      {"２０％", "ニジュッパーセント"},
      {"2つのケーキと３枚の紙", "フタツノ ケーキト サンマイノ カミ"},
      {"10万人、1.5億円", "ジューマンニン、 イッテンゴオクエン"},
      {"3分の1と3/4", "サンブンノ イチト ヨンブンノサン"},
      {"第3章、5番目", "ダイサンショー、 ゴバンメ"},
      {"5kmと25℃と-5度", "ゴキロメートルト ニジューゴドト マイナス ゴド"},
      {"¥500、$5", "ゴヒャクエン、 ゴドル"},
      {"3〜5人", "サンカラ ゴニン"},
      {"3-5人、3-5", "サンカラ ゴニン、 サンノ ゴ"},
      {"①②③", "イチ ニ サン"},
      {"16:9、3:2", "ジューロクタイ キュー、 サンタイ ニ"},
      {"100°F", "カシ ヒャクド"},
      {"100均", "ヒャッキン"},
      {"一緒に一番の六本木で十分な時間", "イッショニ イチバンノ ロッポンギデ ジューブンナ ジカン"},
  });
}

TEST(JapaneseReader, DatesAndTimes) {
  expect_all({
      {"2024年3月5日に", "ニセンニジューヨネン サンガツ イツカニ"},
      {"三月五日", "サンガツ イツカ"},
      {"1月1日、1日3回", "イチガツ ツイタチ、 イチニチ サンカイ"},
      {"4月14日、20日、24日間", "シガツ ジューヨッカ、 ハツカ、 ニジューヨッカカン"},
      {"2024-03-05", "ニセンニジューヨネン サンガツ イツカ"},
      {"2024/12/1", "ニセンニジューヨネン ジューニガツ ツイタチ"},
      {"10:30から9:00まで", "ジュージ サンジュップンカラ クジマデ"},
      {"二〇二四年", "ニセンニジューヨネン"},
      {"10am、3:30 p.m.", "ゴゼン ジュージ、 ゴゴ サンジ サンジュップン"},
      {"am10:00、PM8時", "エーエム ジュージ、 ピーエム ハチジ"},
      {"PM2.5", "ピーエム ニテンゴ"},
      {"電話は03-1234-5678です。", "デンワワ ゼロサンノ イチニサンヨンノ ゴロクナナハチデス。"},
      {"(0120)123-456", "ゼロイチニゼロノ イチニサンノ ヨンゴロク"},
  });
}

TEST(JapaneseReader, LatinWords) {
  expect_all({
      {"AIを使うNHK", "エーアイヲ ツカウ エヌエイチケー"},
      {"NASAとUSA", "ナサト ユーエスエー"},
      {"Hello World!", "ハロー ワールド!"},
      {"iPhone 15とGitHub", "アイフォーン ジューゴト ギットハブ"},
      {"ＡＢＣ", "エービーシー"},
      {"iPadとLINE", "アイパッドト ライン"},
      {"UNESCO、Thank you", "ユネスコ、 サンキュー"},
      {"http://a.jp", "エイチティーティーピー コロン スラッシュ スラッシュ エー ドット ジェイピー"},
      {"C++", "シー プラス プラス"},
  });
}

TEST(JapaneseReader, FormulasAndPowers) {
  expect_all({
      {"CO₂とCO2", "シーオーツート シーオーツー"},
      {"H2OとB2B", "エイチツーオート ビーツービー"},
      {"10⁶個", "ジューノ ロクジョー コ"},
      {"10⁻³", "ジューノ マイナス サンジョー"},
      {"x²とx⁴", "エックス ニジョート エックスノ ヨンジョー"},
  });
}

TEST(JapaneseReader, MarksAndBrackets) {
  expect_all({
      {"「行こう！」と言った。", "イコウ！ ト イッタ。"},
      {"彼は「はい」と答えた。", "カレワ ハイト コタエタ。"},
      {"東京・大阪（京都）", "トーキョー オーサカ キョート"},
      {"すごーい、そうか〜。", "スゴーイ、 ソーカー。"},
      {"ﾊﾝｶｸ", "ハンカク"},
      {"えへへ。てへへ、あはは！", "エヘヘ。 テヘヘ、 アハハ！"},
      {"〆切は、〆切った", "シメキリワ、 シメキッタ"},
      {"｜紅玉《ルビー》の", "ルビーノ"},
  });
}

TEST(JapaneseReader, CharactersThatDictionariesLack) {
  expect_all({{"髙﨑さん", "タカサキサン"}, {"𠮷野家", "ヨシノヤ"}});
  const Reading unknown = reading("鱻と魚");
  EXPECT_EQ(unknown.kana, "ト サカナ") << "left out";
  EXPECT_EQ(unknown.dropped, 1U) << "and counted";
}

TEST(JapaneseReader, PhrasesKnowTheirSource) {
  const std::string text = "今日は３時に東京。";
  const Speech speech = speak(text, "ja");
  std::string phrases;
  for (const auto& word : speech.words)
    phrases += text_of(word, text) + "|";
  EXPECT_EQ(phrases, "今日は|３時に|東京|");
  EXPECT_EQ(speak("1,234,567円", "ja").words.size(), 1U) << "read as two, written as one";
}

TEST(JapaneseReader, EveryTextIsReadToItsEnd) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += "今日は天気がいいです";  // no mark anywhere
  const Reading whole = reading(text);
  EXPECT_EQ(whole.dropped, 0U);
  EXPECT_GT(whole.kana.size(), 500U * 30);
}

TEST(JapaneseSpeech, NeverNamesAChineseLetter) {
  // Six characters, each named, would last more than three seconds.
  const Speech speech = speak("今日は天気です", "ja");
  EXPECT_LT(speech.samples.size(), 22050U * 2);
  EXPECT_GT(speech.samples.size(), 22050U * 0.7);
  EXPECT_EQ(speech.dropped, 0U);
  EXPECT_EQ(speak("鱻", "ja").samples.size(), 0U);
  EXPECT_EQ(speak("鱻", "ja").dropped, 1U);
}

TEST(Kana, EverySyllableIsReadByTheVoice) {
  auto& library = gst_tts::espeak::Library::get();
  library.open();
  ASSERT_TRUE(library.set_voice("ja"));
  for (const std::u32string_view syllable :
       {U"リャ", U"リュ", U"リョ", U"フュ",   U"ツィ", U"スィ", U"クヮ", U"ヮ", U"ヵ",   U"ヶ",
        U"ァ",   U"ョ",   U"ーア", U"アーー", U"ンー", U"ニェ", U"ヰ",   U"ヱ", U"ヴュ", U"ッ"}) {
    const std::string phonemes = library.phonemes(spelled(syllable));
    EXPECT_EQ(phonemes.find("letə"), std::string::npos) << utf8(syllable) << ' ' << phonemes;
    EXPECT_EQ(phonemes.find("(en)"), std::string::npos) << utf8(syllable) << ' ' << phonemes;
    EXPECT_FALSE(phonemes.empty()) << utf8(syllable);
  }
  EXPECT_EQ(library.phonemes(spelled(U"リョ")).find("äo"), std::string::npos);
}

TEST(Kana, HiraganaAsKatakana) {
  EXPECT_EQ(utf8(to_katakana(U"きょうはカナ")), "キョーハカナ");
  EXPECT_EQ(utf8(to_katakana(U"おもう")), "オモウ");
  EXPECT_EQ(utf8(to_katakana(U"ここゝ")), "コココ");
}

TEST(English, AsAJapaneseSaysIt) {
  const auto said = [](std::u32string_view phonemes) {
    return utf8(katakana_from_phonemes(phonemes));
  };
  EXPECT_EQ(said(U"kəmpjˈuːtə"), "カンピューター");
  EXPECT_EQ(said(U"ɡˈuːɡəl"), "グーグル");
  EXPECT_EQ(said(U"stˈeɪʃən"), "ステイション");
  EXPECT_EQ(said(U"kˈat"), "キャット");
  EXPECT_EQ(said(U"bˈɒks"), "ボックス");
  EXPECT_EQ(said(U"juː tjˈuːb"), "ユーチューブ");
  EXPECT_EQ(said(U"sˈɪŋə"), "シンガー");
  EXPECT_EQ(said(U""), "");
  EXPECT_EQ(utf8(spell(U"xyz")), "エックスワイゼット");
}
