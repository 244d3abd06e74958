// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst-translate/text/utf8.h"

using gst_translate::append_utf8;
using gst_translate::next_character;
using gst_translate::trim;
using gst_translate::Utf8Stream;

namespace {

const std::string replacement = "\xEF\xBF\xBD";

std::u32string decode(std::string_view utf8) {
  std::u32string characters;
  for (size_t position = 0; position < utf8.size();)
    characters += next_character(utf8, position);
  return characters;
}

std::string through_stream(std::string_view bytes, size_t piece) {
  Utf8Stream stream;
  std::string text;
  for (size_t start = 0; start < bytes.size(); start += piece)
    text += stream.push(bytes.substr(start, piece));
  return text + stream.finish();
}

TEST(Utf8, DecodesEveryLength) {
  EXPECT_EQ(decode("aé本😀"), U"aé本😀");
  const std::string with_zero("a\0b", 3);
  EXPECT_EQ(decode(with_zero), std::u32string(U"a\0b", 3));
}

TEST(Utf8, AppendsEveryLength) {
  std::string text;
  for (char32_t character : {U'a', U'é', U'本', U'😀', char32_t{0x10FFFF}})
    append_utf8(text, character);
  EXPECT_EQ(text, "aé本😀\xF4\x8F\xBF\xBF");
}

TEST(Utf8, AppendsReplacementForWhatIsNoCharacter) {
  for (char32_t character :
       {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string text;
    append_utf8(text, character);
    EXPECT_EQ(text, replacement) << static_cast<uint32_t>(character);
  }
}

struct Invalid {
  const char* what;
  std::string bytes;
  std::u32string decoded;
};

// The first four are the examples of the Unicode standard, tables 3-8 to 3-11.
const std::vector<Invalid>& invalid_sequences() {
  static const std::vector<Invalid> cases = {
      {"not shortest forms", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
       U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA"},
      {"surrogates", "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41",
       U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA"},
      {"other ill-formed", "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
       U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
       U"A"
       U"\uFFFD\uFFFD"
       U"B"},
      {"truncated", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", U"\uFFFD\uFFFD\uFFFD\uFFFDA"},
      {"lone continuation", "a\x80z", U"a\uFFFDz"},
      {"Latin-1", "caf\xE9 noir", U"caf\uFFFD noir"},
      {"truncated at the end", "ok\xE6\x97", U"ok\uFFFD"},
      {"past the last plane", "\xF5\x80\x80\x80z", U"\uFFFD\uFFFD\uFFFD\uFFFDz"},
      {"five bytes", "\xF8\x88\x80\x80\x80", U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
  };
  return cases;
}

TEST(Utf8, OneReplacementForEachMaximalSubpart) {
  for (const Invalid& c : invalid_sequences())
    EXPECT_EQ(decode(c.bytes), c.decoded) << c.what;
}

TEST(Utf8Stream, PiecesGiveWhatTheWholeGives) {
  std::string everything = "naïve 日本語 😀 ";
  for (const Invalid& c : invalid_sequences())
    everything.append(c.bytes).append(" ");
  const std::string whole = through_stream(everything, everything.size());
  EXPECT_EQ(decode(whole), decode(everything));
  for (size_t piece = 1; piece <= 5; ++piece)
    EXPECT_EQ(through_stream(everything, piece), whole) << piece;
}

TEST(Utf8Stream, KeepsAnUnfinishedCharacter) {
  Utf8Stream stream;
  EXPECT_EQ(stream.push("a\xE6"), "a");
  EXPECT_EQ(stream.push("\x97"), "");
  EXPECT_EQ(stream.push("\xA5z"), "日z");
  EXPECT_EQ(stream.finish(), "");
  EXPECT_EQ(stream.invalid_sequences(), 0u);
}

TEST(Utf8Stream, CountsInvalidSequences) {
  Utf8Stream stream;
  EXPECT_EQ(stream.push("a\xFFz\xE6\x97"), "a" + replacement + "z");
  EXPECT_EQ(stream.invalid_sequences(), 1u);
  EXPECT_EQ(stream.finish(), replacement);
  EXPECT_EQ(stream.invalid_sequences(), 2u);
}

TEST(Utf8Stream, DropsAByteOrderMarkAtTheBeginningOnly) {
  const std::string mark = "\uFEFF";
  for (size_t piece = 1; piece <= 4; ++piece) {
    EXPECT_EQ(through_stream("\uFEFFa\uFEFFb", piece), "a\uFEFFb") << piece;
    EXPECT_EQ(through_stream(mark, piece), "") << piece;
  }
  Utf8Stream stream;
  EXPECT_EQ(stream.push(mark + mark), mark);
}

TEST(Utf8Stream, ANewStreamMayBeginAfterTheEnd) {
  Utf8Stream stream;
  stream.push("a");
  stream.finish();
  EXPECT_EQ(stream.push("\xEF\xBB\xBFz"), "z");
}

TEST(Utf8Stream, ResetForgetsTheUnfinishedCharacter) {
  Utf8Stream stream;
  EXPECT_EQ(stream.push("a\xE6\x97"), "a");
  stream.reset();
  EXPECT_EQ(stream.push("\xEF\xBB\xBFz"), "z");
  EXPECT_EQ(stream.finish(), "");
}

TEST(Utf8, TrimsUnicodeWhiteSpace) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim("　日本 　"), "日本");  // ideographic space
  EXPECT_EQ(trim("\xC2\xA0"
                 "x\xE2\x80\xA8"),
            "x");  // no-break space, line separator
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \n　"), "");
  EXPECT_EQ(trim("\xFF \xFF"), "\xFF \xFF");
}

}  // namespace
