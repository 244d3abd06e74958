// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/expect_error.h"

using gst_translate::Error;
using gst_translate::TextDecoder;
using namespace std::string_literals;

namespace {

struct Encoded {
  const char* what;
  std::string bytes;
  std::string text;
  std::string encoding;
  bool guessed = false;
};

void PrintTo(const Encoded& encoded, std::ostream* out) {
  *out << encoded.what;
}

std::vector<std::string> cut(const std::string& bytes, size_t piece) {
  std::vector<std::string> pieces;
  for (size_t start = 0; start < bytes.size(); start += piece)
    pieces.push_back(bytes.substr(start, piece));
  return pieces;
}

/// The text of pieces that are all of a stream.
std::string all_of(TextDecoder& decoder, const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces)
    text += decoder.push(piece);
  return text + decoder.finish();
}

class Found : public testing::TestWithParam<Encoded> {};

TEST_P(Found, WhereverItIsCut) {
  for (size_t piece = 1; piece <= GetParam().bytes.size(); ++piece) {
    if (piece == 1 && GetParam().guessed && GetParam().encoding != "windows-1252") continue;
    TextDecoder decoder;
    EXPECT_EQ(all_of(decoder, cut(GetParam().bytes, piece)), GetParam().text) << piece;
    EXPECT_EQ(decoder.encoding(), GetParam().encoding) << piece;
    EXPECT_EQ(decoder.guessed(), GetParam().guessed) << piece;
    EXPECT_EQ(decoder.invalid_sequences(), 0u) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(
    TextDecoder, Found,
    testing::Values(Encoded{"ASCII", "To be.", "To be.", "UTF-8"},
                    Encoded{"UTF-8", "naïve 日本 😀", "naïve 日本 😀", "UTF-8"},
                    Encoded{"UTF-8 with its mark", "\xEF\xBB\xBFnaïve", "naïve", "UTF-8"},
                    Encoded{"UTF-16LE with its mark",
                            "\xFF\xFE\xE5\x65\x2C\x67\x3D\xD8\x00\xDE\n\0"s, "日本😀\n", "UTF-16LE"},
                    Encoded{"UTF-16BE with its mark",
                            "\xFE\xFF\x65\xE5\x67\x2C\xD8\x3D\xDE\x00\0\n"s, "日本😀\n", "UTF-16BE"},
                    Encoded{"UTF-32LE with its mark", "\xFF\xFE\0\0\xE5\x65\0\0\0\xF6\x01\0"s,
                            "日😀", "UTF-32LE"},
                    Encoded{"UTF-16LE without a mark", "H\0\xE4\0.\0"s, "Hä.", "UTF-16LE", true},
                    Encoded{"UTF-16BE without a mark", "\0H\0\xE4\0."s, "Hä.", "UTF-16BE", true},
                    Encoded{"Windows-1252", "caf\xE9 noir \x96 \x93two\x94, 3 \x80. \xC9t\xE9",
                            "café noir – “two”, 3 €. Été", "windows-1252", true}),
    [](const auto& tested) {
      std::string name = tested.param.what;
      for (char& letter : name)
        if (isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
      return name;
    });

TEST(TextDecoder, KnowsWindows1252AtTheEndOfTheText) {
  TextDecoder decoder;
  EXPECT_EQ(decoder.push("caf\xE9"), "caf") << "it may be the start of a character in UTF-8";
  EXPECT_EQ(decoder.finish(), "é");
  EXPECT_TRUE(decoder.guessed());
  EXPECT_EQ(decoder.invalid_sequences(), 0u);
}

TEST(TextDecoder, JudgesAFileAsAWhole) {
  // Its first letters beyond ASCII happen to be valid UTF-8.
  TextDecoder decoder;
  EXPECT_EQ(all_of(decoder, {"CAF\xC9\x94 et th\xE9 \xE0 la cr\xE8me"}), "CAFÉ” et thé à la crème");
}

TEST(TextDecoder, LeavesDamagedUtf8Utf8) {
  for (size_t piece = 1; piece <= 12; ++piece) {
    TextDecoder decoder;
    EXPECT_EQ(all_of(decoder, cut("日本\xE6\x97。 né\xFF", piece)), "日本\uFFFD。 né\uFFFD")
        << piece;
    EXPECT_EQ(decoder.invalid_sequences(), 2u);
    EXPECT_FALSE(decoder.guessed());
  }
}

TEST(TextDecoder, CountsWhatIsNoText) {
  TextDecoder neither;  // 0x81 is no character of Windows-1252, and this is no UTF-8
  EXPECT_EQ(all_of(neither, {"a\x81\xE9z"}), "a\uFFFD\uFFFDz");
  EXPECT_EQ(neither.invalid_sequences(), 2u);

  TextDecoder later;
  EXPECT_EQ(all_of(later, {"caf\xE9 ", "\x81!"}), "café \uFFFD!");
  EXPECT_EQ(later.invalid_sequences(), 1u);

  TextDecoder nul;
  EXPECT_EQ(all_of(nul, {"one\0two"s}), "one\uFFFDtwo");
  EXPECT_EQ(nul.invalid_sequences(), 1u);

  TextDecoder surrogate;
  EXPECT_EQ(all_of(surrogate, {"\xFF\xFE\x3D\xD8z\0"s, "\0"s}), "\uFFFDz\uFFFD");
  EXPECT_EQ(surrogate.invalid_sequences(), 2u) << "one alone, and half a character at the end";
}

TEST(TextDecoder, ReadsWhatItIsTold) {
  struct Told {
    const char* encoding;
    std::string bytes, text;
  };
  const std::vector<Told> cases = {
      {"shift_jis", "\x93\xFA\x96{", "日本"},
      {"gb18030", "\xC4\xE3\xBA\xC3", "你好"},
      {"windows-1251", "\xCF\xF0\xE8", "При"},
      {"iso-8859-2", "\xB1\xE6", "ąć"},
      {"UTF8", "é", "é"},
      {"utf-16le", "\xFF\xFE\xE9\0"s, "é"},
      {"utf-16", "\xFE\xFF\0\xE9"s, "é"},
      {"utf-8", "\xEF\xBB\xBFz", "z"},
  };
  for (const Told& told : cases)
    for (size_t piece = 1; piece <= told.bytes.size(); ++piece) {
      TextDecoder decoder(told.encoding);
      EXPECT_EQ(all_of(decoder, cut(told.bytes, piece)), told.text) << told.encoding;
      EXPECT_EQ(decoder.encoding(), told.encoding);
      EXPECT_FALSE(decoder.guessed());
    }
  TextDecoder utf8("utf-8");
  EXPECT_EQ(all_of(utf8, {"caf\xE9 noir"}), "caf\uFFFD noir") << "it was told";
  EXPECT_EQ(utf8.invalid_sequences(), 1u);
}

TEST(TextDecoder, LongTextsComeWhole) {
  std::string bytes = "\xFF\xFE", text;
  for (int i = 0; i < 5000; ++i) {  // pairs of surrogates at every place of a buffer
    bytes.append(i % 7 == 0 ? "a\0\x3D\xD8\x00\xDE"s : "\x3D\xD8\x00\xDE"s);
    text += i % 7 == 0 ? "a😀" : "😀";
  }
  TextDecoder decoder;
  EXPECT_EQ(all_of(decoder, {bytes}), text);
}

TEST(TextDecoder, ANewStreamHasAnEncodingOfItsOwn) {
  TextDecoder decoder;
  EXPECT_EQ(all_of(decoder, {"\xFF\xFE\xE9\0"s}), "é");
  EXPECT_EQ(all_of(decoder, {"日本"}), "日本");
  EXPECT_EQ(all_of(decoder, {"caf\xE9 noir"}), "café noir");
  EXPECT_EQ(all_of(decoder, {"\xEF\xBB\xBF"
                             "né"}),
            "né");
}

TEST(TextDecoder, AFlushForgetsTheUnfinishedCharacterAlone) {
  TextDecoder decoder;
  EXPECT_EQ(decoder.push("\xFF\xFE\xE9\0\xE5"s), "é");
  decoder.reset();
  EXPECT_EQ(decoder.push("\x2C\x67"), "本");
  EXPECT_EQ(decoder.encoding(), "UTF-16LE");
}

TEST(TextDecoder, ABreakEndsACharacterAndKeepsTheEncoding) {
  TextDecoder decoder;
  EXPECT_EQ(decoder.finish_character(), "") << "nothing is known yet";
  EXPECT_EQ(decoder.push("\xFF\xFE\xE9\0\xE5"s), "é");
  EXPECT_EQ(decoder.finish_character(), "\uFFFD");
  EXPECT_EQ(decoder.push("\x2C\x67"), "本");
  EXPECT_EQ(decoder.invalid_sequences(), 1u);
}

TEST(TextDecoder, DropsTheNulThatEndsAString) {
  TextDecoder ascii, guessed, told("utf-8"), utf16;
  EXPECT_EQ(all_of(ascii, {"one\0"s, "two\0\0"s}), "onetwo");
  EXPECT_EQ(all_of(guessed, {"caf\xE9.\0"s}), "café.");
  EXPECT_EQ(all_of(told, {"é\0"s}), "é");
  EXPECT_EQ(all_of(utf16, {"\xFF\xFE"
                           "a\0\0\0"s,
                           "b\0"s}),
            "ab");
  for (const TextDecoder* decoder : {&ascii, &guessed, &told, &utf16})
    EXPECT_EQ(decoder->invalid_sequences(), 0u);
}

TEST(TextDecoder, RefusesWhatIsNoEncoding) {
  for (const char* name : {"", "klingon", "utf-99"})
    expect_error(Error::Kind::Settings, "There is no encoding \""s + name + "\"",
                 [&] { TextDecoder decoder(name); });
}

}  // namespace
