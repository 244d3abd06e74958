// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the programs that use the elements share.

#include <gst/gst.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/error.h"
#include "tests/pipelines/shell.h"
#include "tools/common/element.h"
#include "tools/common/language_option.h"
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
                                const std::string& frame_rate = "") const {
    shell_.write("file.srt", content);
    std::vector<std::string> cues;
    for (const Cue& cue : read_subtitles(shell_.folder() + "/file.srt", encoding, frame_rate))
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

TEST_F(SubtitleFile, CountsPicturesByTheRateThatIsTold) {
  const std::string pictures = "{25}{75}Good morning.|Thank you.\n";
  EXPECT_EQ(read(pictures, "auto", "25/1"),
            std::vector<std::string>{"1000 2000 Good morning.\nThank you."});
  EXPECT_EQ(read("{1}{1}50\n" + pictures),
            std::vector<std::string>{"500 1000 Good morning.\nThank you."});
}

TEST_F(SubtitleFile, ThatIsNoneIsRefused) {
  for (const char* content : {"There is nothing here.\n", "WEBVTT\n\n"})
    EXPECT_TRUE(contains(refusal(content), "has no subtitles")) << content;
  EXPECT_TRUE(contains(refusal(""), "empty"));
  EXPECT_TRUE(contains(refusal("<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'></tt>"),
                       "ttmlparse"));
}

TEST_F(SubtitleFile, IsKnownByItsName) {
  for (const char* name : {"a.srt", "b/A.VTT", "c.sub"})
    EXPECT_TRUE(gst_lingua_tools::is_subtitle_file(name)) << name;
  for (const char* name : {"a.mkv", "srt", ""})
    EXPECT_FALSE(gst_lingua_tools::is_subtitle_file(name)) << name;
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
