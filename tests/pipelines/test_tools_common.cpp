// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the programs that use the elements share.

#include <gst/gst.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <string>
#include <vector>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/error.h"
#include "tests/pipelines/shell.h"
#include "tools/common/element.h"
#include "tools/common/language_option.h"
#include "tools/common/spoken_text.h"
#include "tools/common/subtitle_file.h"
#include "tools/common/timestamp.h"

namespace gst_lingua_tests {
namespace {

using gst_lingua_tools::Cue;
using gst_lingua_tools::read_subtitles;
using gst_translate::Error;

class SubtitleFile : public testing::Test {
 protected:
  /// "500 1000 text": when a cue begins and how long it is shown, ms.
  std::vector<std::string> read(const std::string& content, const std::string& encoding = "auto",
                                const std::string& language = "",
                                const std::string& frame_rate = "") const {
    shell_.write("file.srt", content);
    std::vector<std::string> cues;
    for (const Cue& cue :
         read_subtitles(shell_.folder() + "/file.srt", encoding, language, frame_rate))
      cues.push_back(std::to_string(GST_TIME_AS_MSECONDS(cue.start)) + ' ' +
                     std::to_string(GST_TIME_AS_MSECONDS(cue.duration)) + ' ' + cue.text);
    return cues;
  }

  /// What is said of a file that cannot be used.
  std::string refusal(const std::string& content) const {
    try {
      read(content);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  Shell shell_;
};

TEST_F(SubtitleFile, GivesCuesWithoutMarkup) {
  EXPECT_EQ(read("1\n00:00:00,500 --> 00:00:01,500\n{\\an8}Tom &amp; I\n\n"
                 "2\n00:00:02,000 --> 00:00:02,500\n<i>Thank\nyou.</i>\n\n"
                 "3\n00:00:04,000 --> 00:00:05,000\n<b></b>\n"),
            (std::vector<std::string>{"500 1000 Tom & I", "2000 500 Thank\nyou."}));
}

TEST_F(SubtitleFile, IsReadAsSubStation) {
  const std::string head =
      "\xEF\xBB\xBF[Script Info]\r\nTitle: A talk\r\n\r\n[V4+ Styles]\r\n"
      "Format: Name, Fontname\r\nStyle: Default,Arial\r\n\r\n[Events]\r\n";
  EXPECT_EQ(
      read(head + "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
                  "Effect, Text\r\n"
                  "Dialogue: 0,0:00:02.00,0:00:02.50,Default,,0,0,0,,{\\i1}Thank{\\i0}\\Nyou, "
                  "all.\r\n"
                  "Dialogue: 0,0:00:00.50,0:00:01.50,Default,Tom,0,0,0,,Good\\hmorning.\r\n"
                  "Comment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Not said.\r\n"
                  "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 "
                  "9{\\p0}\r\n"
                  "Dialogue: nonsense\r\nDialogue: 0,0:00:09.00,0:00:08.00,Default,,0,0,0,,x"),
      (std::vector<std::string>{"500 1000 Good morning.", "2000 500 Thank\nyou, all."}));
  EXPECT_NE(refusal(head).find(".ass"), std::string::npos);
}

/// As people write it, and as editors, sites and conversions leave it.
TEST_F(SubtitleFile, IsReadAsItIsWritten) {
  using Cues = std::vector<std::string>;
  const Cues two = {"1000 2000 Good morning.", "4000 2000 Thank you."};
  const std::string plain =
      "1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n\n"
      "2\n00:00:04,000 --> 00:00:06,000\nThank you.\n";
  const auto replaced = [&plain](const std::string& part, const std::string& other) {
    std::string text = plain;
    for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += other.size())
      text.replace(at, part.size(), other);
    return text;
  };
  EXPECT_EQ(read(plain), two);
  for (const char* end : {"\r\n", "\r", "\r\r\n", "  \n"})
    EXPECT_EQ(read(replaced("\n", end)), two) << end;
  EXPECT_EQ(read(replaced("\n\n2\n", "\n\n")), two) << "no number";
  EXPECT_EQ(read(replaced("\n\n2\n", "\n2\n")), two) << "no blank line";
  EXPECT_EQ(read(replaced(",000", "")), two) << "whole seconds";
  EXPECT_EQ(read(replaced(" --> ", "-->")), two);
  EXPECT_EQ(read(replaced("Good morning.", "Good\n\nmorning.")),
            (Cues{"1000 2000 Good\nmorning.", two[1]}));
  EXPECT_EQ(read(replaced("Thank you.", "10:30, 11:45\n\n7")),
            (Cues{two[0], "4000 2000 10:30, 11:45\n7"}));
  EXPECT_EQ(read(replaced("00:00:03", "00:00:00")), (Cues{"1000 3000 Good morning.", two[1]}))
      << "it ends before it begins";
  EXPECT_EQ(read("2\n00:00:04,000 --> 00:00:06,000\nThank you.\n\n"
                 "1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n"),
            two)
      << "not in order";
  EXPECT_EQ(read("0:00:01.000,0:00:03.000\nGood[br]morning.\n\n0:00:04.00,0:00:06.00\nThank you."),
            (Cues{"1000 2000 Good\nmorning.", two[1]}));
}

TEST_F(SubtitleFile, IsReadAsWebVtt) {
  EXPECT_EQ(read("WEBVTT - a talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\n"
                 "REGION\nid:low\nwidth:40%\n\nNOTE not\nsaid\n\nintro\n"
                 "00:01.000\t-->\t00:03.000\tregion:low line:0 align:start\n"
                 "<v Tom>Good <c.red>morning</c>.</v>\n\nNOTE nor this\n\nthe end\n"
                 "00:00:04.000 --> 00:00:06.000 vertical:rl\n"
                 "<ruby>漢字<rt>かんじ 一</rt></ruby>です。\n"),
            (std::vector<std::string>{"1000 2000 Good morning.", "4000 2000 漢字です。"}));
}

TEST_F(SubtitleFile, IsReadInAnyEncoding) {
  const std::string begin = "1\n00:00:01,000 --> 00:00:02,000\n";
  EXPECT_EQ(read(begin + "Caf\xe9.\n"), std::vector<std::string>{"1000 1000 Café."});
  EXPECT_EQ(read(begin + "Ka\xe8.\n", "iso-8859-2"), std::vector<std::string>{"1000 1000 Kač."});
  std::string wide = "\xff\xfe";
  for (const char letter : begin + "Good morning.\n")
    wide += {letter, '\0'};
  EXPECT_EQ(read(wide), std::vector<std::string>{"1000 1000 Good morning."});
}

/// Words of a film in the encodings that each language had before Unicode.
struct Legacy {
  const char* language;
  std::vector<const char*> encodings;
  bool known_without;  ///< also where nobody says the language
  const char* text;
};
const Legacy legacies[] = {
    {"ru",
     {"windows-1251", "KOI8-R", "ISO-8859-5"},
     true,
     "Где ты была вчера вечером?\nЯ ждал тебя до полуночи.\nПоезд опоздал на два часа, прости."},
    {"uk",
     {"windows-1251"},
     true,
     "Де ти була вчора ввечері?\nЯ чекав на тебе до півночі.\nПотяг запізнився на дві години."},
    {"el",
     {"windows-1253"},
     true,
     "Πού ήσουν χθες το βράδυ;\nΣε περίμενα μέχρι τα μεσάνυχτα.\nΤο τρένο άργησε δύο ώρες."},
    {"tr",
     {"windows-1254"},
     true,
     "Dün akşam neredeydin?\nGece yarısına kadar seni bekledim.\nÜzgünüm, tren iki saat gecikti."},
    {"he",
     {"windows-1255"},
     true,
     "איפה היית אתמול בערב?\nחיכיתי לך עד חצות.\nאני מצטערת, הרכבת איחרה בשעתיים."},
    {"ar",
     {"windows-1256"},
     true,
     "أين كنت مساء أمس؟\nانتظرتك حتى منتصف الليل.\nأنا آسفة، تأخر القطار ساعتين."},
    {"fa", {"windows-1256"}, false, "ديشب کجا بودي؟\nتا نيمه شب منتظرت بودم."},
    {"th", {"windows-874"}, false, "เมื่อคืนคุณไปไหนมา\nฉันรอคุณจนถึงเที่ยงคืน"},
    {"ja",
     {"Shift_JIS", "EUC-JP"},
     true,
     "昨日の夜はどこにいたの?\nずっと待っていたんだよ。\nごめんなさい、電車が二時間も遅れたの。"},
    {"zh-CN",
     {"GB18030"},
     true,
     "你昨天晚上去哪儿了?\n我一直等你等到半夜。\n对不起,火车晚了两个小时,我的手机也没电了。"},
    {"zh-TW",
     {"Big5"},
     true,
     "你昨天晚上去哪裡了?\n我一直等你等到半夜。\n對不起,火車晚了兩個小時,我的手機也沒電了。"},
    {"ko",
     {"windows-949"},
     true,
     "어젯밤에 어디 있었어?\n자정까지 기다렸잖아.\n미안해, 기차가 두 시간이나 늦었어."},
    {"pl",
     {"windows-1250", "ISO-8859-2"},
     true,
     "Gdzie byłaś wczoraj wieczorem?\nCzekałem na ciebie aż do północy.\nPrzepraszam, pociąg "
     "spóźnił się dwie godziny. Się nie gniewaj, proszę."},
    {"cs",
     {"windows-1250", "ISO-8859-2"},
     false,
     "Kde jsi byla včera večer?\nČekal jsem na tebe až do půlnoci.\nPromiň, vlak měl dvě hodiny "
     "zpoždění a nešel mi telefon."},
    {"hr", {"windows-1250"}, false, "Gdje si bila sinoć?\nČekao sam te do ponoći, dušo."},
    {"lt", {"windows-1257"}, false, "Kur tu buvai vakar vakare?\nLaukiau tavęs iki vidurnakčio."},
    {"vi", {"windows-1258"}, false, "Đêm qua anh đâu?"},
    {"de",
     {"windows-1252"},
     true,
     "Wo warst du gestern Abend?\nEs tut mir leid, der Zug kam zwei Stunden zu spät, natürlich."},
    {"fr", {"windows-1252"}, true, "Où étais-tu hier soir ?\nJe t’ai attendue jusqu’à minuit."},
    {"is", {"windows-1252"}, true, "Hvað er þetta?\nÉg veit það ekki. Þú ert góður."},
    {"en", {"windows-1252"}, true, "At the café, it’s “naïve” – isn’t it?"},
};

std::string encoded(const char* text, const char* encoding) {
  std::string bytes(1000, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size = ucnv_convert(encoding, "utf-8", bytes.data(), 1000, text, -1, &status);
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

TEST_F(SubtitleFile, IsReadInTheEncodingOfItsLanguage) {
  for (const Legacy& each : legacies)
    for (const char* encoding : each.encodings) {
      SCOPED_TRACE(std::string(each.language) + " in " + encoding);
      const std::string file =
          "1\r\n00:00:01,000 --> 00:00:02,000\r\n" + encoded(each.text, encoding) + "\r\n";
      const std::vector<std::string> cues = {std::string("1000 1000 ") + each.text};
      EXPECT_EQ(read(file, "auto", each.language), cues);
      if (each.known_without) {
        EXPECT_EQ(read(file), cues);
      }
    }
}

TEST_F(SubtitleFile, CountsPicturesByTheRateThatIsTold) {
  const std::string pictures = "{25}{75}Good morning.|Thank you.\n";
  EXPECT_EQ(read(pictures, "auto", "", "25/1"),
            std::vector<std::string>{"1000 2000 Good morning.\nThank you."});
  for (const char* rate : {"{1}{1}50\n", "{0}{0}50\n", "{1}{1}50.000 fps\r\n", "{0}{0} 50,0\n"})
    EXPECT_EQ(read(rate + pictures, "auto", "", "25/1"),
              std::vector<std::string>{"500 1000 Good morning.\nThank you."})
        << rate;
  EXPECT_EQ(read("{0}{0}1984\n" + pictures, "auto", "", "25/1").size(), 2U) << "no rate";
}

/// As YouTube's automatic captions are: words with times, a moment in which a line stands alone,
/// and the line once more, above the next. `blank`: what stands for a line without words.
std::string rolling(const std::string& blank) {
  return "WEBVTT\nKind: captions\nLanguage: en\n\n"
         "00:00:00.400 --> 00:00:03.190 align:start position:0%\n" +
         blank +
         "\nthe<00:00:00.640><c> meeting</c><00:00:01.100><c> starts</c>\n\n"
         "00:00:03.190 --> 00:00:03.200 align:start position:0%\nthe meeting starts\n" +
         blank +
         "\n\n00:00:03.200 --> 00:00:05.990 align:start position:0%\nthe meeting starts\n"
         "at<00:00:03.400><c> nine</c>\n\n"
         "00:00:05.990 --> 00:00:06.000 align:start position:0%\nat nine\n" +
         blank +
         "\n\n00:00:06.000 --> 00:00:07.990 align:start position:0%\nat nine\nat nine\n\n"
         "00:00:07.990 --> 00:00:08.000 align:start position:0%\nat nine\n" +
         blank + "\n\n";
}

TEST_F(SubtitleFile, ThatRollsSaysEachLineOnce) {
  const std::vector<std::string> lines = {"400 2800 the meeting starts", "3200 2800 at nine",
                                          "6000 2000 at nine"};
  EXPECT_EQ(read(rolling(" ")), lines);
  EXPECT_EQ(read(rolling("")), lines) << "an editor took spaces off";
  EXPECT_EQ(read("1\n00:00:00,000 --> 00:00:02,000\nOne,\n\n"
                 "2\n00:00:02,000 --> 00:00:04,000\nOne,\ntwo,\n\n"
                 "3\n00:00:04,000 --> 00:00:06,000\nOne,\ntwo,\nthree,\n\n"
                 "4\n00:00:06,000 --> 00:00:08,000\ntwo,\nthree,\nfour.\n"),
            (std::vector<std::string>{"0 2000 One,", "2000 2000 two,", "4000 2000 three,",
                                      "6000 2000 four."}))
      << "three lines, without words of their own";
}

TEST_F(SubtitleFile, MaySayTheSameAgain) {
  const std::string again =
      "1\n00:00:01,000 --> 00:00:02,000\n- Who?\n- Stop!\n\n"
      "2\n00:00:02,000 --> 00:00:03,000\n- Stop!\n- No.\n\n"
      "3\n00:00:03,000 --> 00:00:04,000\nNo.\n\n4\n00:00:04,000 --> 00:00:05,000\nNo.\n\n"
      "5\n00:00:05,000 --> 00:00:06,000\nNo.\n\n";
  EXPECT_EQ(read(again),
            (std::vector<std::string>{"1000 1000 - Who?\n- Stop!", "2000 1000 - Stop!\n- No.",
                                      "3000 1000 No.", "4000 1000 No.", "5000 1000 No."}));
}

TEST_F(SubtitleFile, ThatIsNoneIsRefused) {
  for (const char* content : {"There is nothing here.\n", "WEBVTT\n\n"})
    EXPECT_TRUE(contains(refusal(content), "has no subtitles")) << content;
  EXPECT_TRUE(contains(refusal(""), "empty"));
  EXPECT_TRUE(contains(refusal("<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'></tt>"),
                       "ttmlparse"));
}

TEST_F(SubtitleFile, ThatIsPicturesIsNamed) {
  using namespace std::string_literals;
  for (const std::string& content :
       {"\0\0\1\xBA\x44\0"s, "# VobSub index file, v7\n"s, "PG\0\0\0\x10\0\0\0\0\x16\0\x0b"s})
    EXPECT_TRUE(contains(refusal(content), "pictures")) << content;
}

TEST_F(SubtitleFile, IsKnownByItsName) {
  for (const char* name : {"a.srt", "b/A.VTT", "c.sub"})
    EXPECT_TRUE(gst_lingua_tools::is_subtitle_file(name)) << name;
  for (const char* name : {"a.mkv", "srt", ""})
    EXPECT_FALSE(gst_lingua_tools::is_subtitle_file(name)) << name;
}

TEST(SpokenText, HasNoSoundsAndNoNames) {
  struct Case {
    const char* cue;
    const char* said;
  };
  const Case cases[] = {
      {"[door slams]", ""},
      {"(sighs)", ""},
      {"- [Tom] Come in.\n- (whispering) No.", "- Come in.\n- No."},
      {"- (gunshot)\n- Run!", "- Run!"},
      {"JOHN: Come in.", "Come in."},
      {"MAN 2 (on phone): Come in.", "Come in."},
      {"DR. O'NEIL:\nCome in.", "Come in."},
      {"- ANNA: Who is it?\n- It's me.", "- Who is it?\n- It's me."},
      {">> Good morning.\n>>> Hello.", "Good morning.\nHello."},
      {"[Tom]: Come in. (laughs)", "Come in."},
      {"I can't [sobs] go on.", "I can't go on."},
      {"（太郎）おはよう", "おはよう"},
      {"ИВАН: Где ты?", "Где ты?"},
      {"MAN (on the\nphone): Come in.", "Come in."},
      {"ANNA\n: Come in.", "Come in."},
      {"ANNA [on phone]: Come in.", "Come in."},
      {"[...]", ""},
      {"(笑)", ""},
      // All of this is said.
      {"Come in.", "Come in."},
      {"The café (on the corner) is closed.", "The café (on the corner) is closed."},
      {"We could go\n(by train, for example)\nto Rome.",
       "We could go\n(by train, for example)\nto Rome."},
      {"(I will never tell him.)", "(I will never tell him.)"},
      {"At 10:30, Tom: we must go.", "At 10:30, Tom: we must go."},
      {"PIN: 1234", "PIN: 1234"},
      {"LISTEN: WE MUST GO.", "LISTEN: WE MUST GO."},
      {"Listen: we must go.", "Listen: we must go."},
      {"WARNING: The door is open.", "WARNING: The door is open."},
      {"P.S.: I love you.", "P.S.: I love you."},
      {"STEP 2: Open the door.", "STEP 2: Open the door."},
      {"LONDON, 1944: the war goes on.", "LONDON, 1944: the war goes on."},
      {"(555) 123-4567", "(555) 123-4567"},
      {"It is far. (16 km)", "It is far. (16 km)"},
      {"(by train) to Rome.", "(by train) to Rome."},
      {"(x + y) times z", "(x + y) times z"},
      {"The interval [0, 1] has item[index].", "The interval [0, 1] has item[index]."},
      {"（俺は負けない。）", "（俺は負けない。）"},
      {"♪ La la ♪", "♪ La la ♪"},
      {"> 3 [", "> 3 ["},
      {"東京（首都）は", "東京（首都）は"},
      {"-", ""},
      {"...", "..."},
  };
  for (const Case& each : cases)
    EXPECT_EQ(gst_lingua_tools::spoken_text(each.cue), each.said) << each.cue;
}

TEST(Timestamp, HasHoursAndMilliseconds) {
  EXPECT_EQ(gst_lingua_tools::timestamp(0, ','), "00:00:00,000");
  EXPECT_EQ(gst_lingua_tools::timestamp(3723456 * GST_MSECOND, '.'), "01:02:03.456");
  EXPECT_EQ(gst_lingua_tools::timestamp(GstClockTime{100} * 3600 * GST_SECOND, '.'),
            "100:00:00.000");
}

TEST(LanguageOption, TakesEachLanguageOnce) {
  std::vector<std::string> codes;
  gst_lingua_tools::add_languages(codes, "to", "de,ja-JP");
  gst_lingua_tools::add_languages(codes, "to", "jpn_Jpan,deu,fr");
  EXPECT_EQ(codes, (std::vector<std::string>{"de", "ja-JP", "fr"}));
  try {
    gst_lingua_tools::add_languages(codes, "to", "nonsense");
    ADD_FAILURE();
  } catch (const gst_translate::UsageError& error) {
    EXPECT_TRUE(contains(error.what(), "--to: \"nonsense\"")) << error.what();
  }
}

TEST(Element, ThatIsMissingIsNamed) {
  EXPECT_TRUE(gst_lingua_tools::has_element("identity"));
  EXPECT_FALSE(gst_lingua_tools::has_element("nosuchelement"));
  for (const auto& use : {+[] { gst_lingua_tools::make_element("nosuchelement"); },
                          +[] { gst_lingua_tools::parse_pipeline("fakesrc ! nosuchelement"); }}) {
    try {
      use();
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_TRUE(contains(error.what(), "nosuchelement")) << error.what();
      EXPECT_EQ(error.kind(), Error::Kind::Unavailable);
    }
  }
}

}  // namespace
}  // namespace gst_lingua_tests

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
