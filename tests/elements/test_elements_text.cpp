// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How every element reads text in any encoding, cut anywhere.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/elements/kinds.h"

namespace gst_lingua_tests {
namespace {

using namespace std::string_literals;

using Texts = std::vector<std::string>;

class ElementsText : public Elements {
 protected:
  /// What an element made of its text, and what it warned of.
  struct Reading {
    std::string text;
    std::vector<std::string> warnings;
  };

  /// All that the element has read, up to the end that is sent here.
  Reading read_to_end(Harness& harness) const {
    harness.end();
    Reading reading;
    const std::vector<std::string> pieces = harness.pull_to_end();
    if (GetParam().name == "textsegmenter"s)
      for (const std::string& piece : pieces)
        reading.text += piece;
    GstBus* bus = gst_element_get_bus(harness.element());
    while (GstMessage* message = gst_bus_pop(bus)) {
      const GstStructure* structure = gst_message_get_structure(message);
      if (gst_message_has_name(message, "nllbtranslate/raw"))
        reading.text += gst_structure_get_string(structure, "text");
      if (gst_message_has_name(message, "ttssynth/synthesized-audio"))
        reading.text += gst_structure_get_string(structure, "content");
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING) {
        GError* error = nullptr;
        gst_message_parse_warning(message, &error, nullptr);
        EXPECT_TRUE(g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE));
        reading.warnings.emplace_back(error->message);
        g_error_free(error);
      }
      gst_message_unref(message);
    }
    gst_object_unref(bus);
    return reading;
  }
};

TEST_P(ElementsText, ReadsUtf16ByItsMarkWhereverItIsCut) {
  const std::string bytes = "\xFF\xFE\xE5\x65\x2C\x67\x02\x30\x3D\xD8\x00\xDE\x02\x30"s;
  for (size_t piece = 1; piece <= bytes.size(); piece++) {
    Harness harness(line());
    harness.begin_bytes();
    for (size_t at = 0; at < bytes.size(); at += piece)
      harness.push(bytes.substr(at, piece));
    const Reading reading = read_to_end(harness);
    EXPECT_EQ(reading.text, "日本。😀。") << piece;
    EXPECT_EQ(reading.warnings, Texts()) << piece;
  }
}

TEST_P(ElementsText, KeepsTheNulThatBelongsToACharacter) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push(
      "\xFF\xFE"
      "a\0"s);
  harness.push("b\0.\0"s);
  harness.push("\0\0"s);  // one that ends a string
  EXPECT_EQ(read_to_end(harness).text, "ab.");
  EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
}

TEST_P(ElementsText, DropsTheNulThatEndsAString) {
  for (const char* text : {"日本。", "caf\xE9."}) {
    Harness harness(line());
    harness.begin_bytes();
    harness.push(std::string(text) + "\0\0"s);
    EXPECT_EQ(read_to_end(harness).text, text[0] == 'c' ? "café." : text);
    EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
  }
}

TEST_P(ElementsText, WarnsOnceOfAnEncodingThatItGuessed) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("caf\xE9.");
  harness.push("th\xE9.");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "café.thé.");
  EXPECT_EQ(reading.warnings, Texts{"The text is not UTF-8 and does not say what it is: it is read "
                                    "as windows-1252, a guess. Set the property encoding."});
}

TEST_P(ElementsText, ReadsTheEncodingThatItIsTold) {
  Harness harness(line("encoding=shift_jis"));
  harness.begin_bytes();
  harness.push("\x93\xFA\x96");
  harness.push("{\x81\x42");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日本。");
  EXPECT_EQ(reading.warnings, Texts());
}

TEST_P(ElementsText, BelievesCapsThatSayUtf8) {
  Harness harness(line("encoding=shift_jis"));
  harness.begin();
  harness.push("日本。");
  harness.push("caf\xE9.");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日本。caf\uFFFD.");
  EXPECT_EQ(reading.warnings,
            Texts{"The text is not valid UTF-8: 1 sequence was replaced by U+FFFD "
                  "so far. Convert it to UTF-8 first."});
}

TEST_P(ElementsText, KeepsTheEncodingInAFlushAndANewSegment) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("\xFF\xFE\xE5\x65\x2C"s);
  harness.settle();
  harness.flush();
  harness.push_segment(GST_FORMAT_BYTES, 100);
  harness.push("\x2C\x67\x02\x30");
  harness.push_segment(GST_FORMAT_BYTES, 200);
  harness.push("\xE5\x65\x02\x30");
  const std::string text = read_to_end(harness).text;
  EXPECT_EQ(text.substr(text.find("本")), "本。日。");
  EXPECT_EQ(harness.stat("invalid-sequences"), 0U);
}

TEST_P(ElementsText, FindsTheEncodingOfEachStream) {
  Harness harness(line());
  harness.begin_bytes();
  harness.push("\xFF\xFE\xE5\x65\x02\x30");
  harness.push(gst_event_new_stream_start("another"));
  harness.push_segment(GST_FORMAT_BYTES);
  harness.push("日本。");
  const Reading reading = read_to_end(harness);
  EXPECT_EQ(reading.text, "日。日本。");
  EXPECT_EQ(reading.warnings, Texts());
}

TEST_P(ElementsText, CountsDamageAcrossAFlushOnce) {
  Harness harness(line("encoding=utf-8"));
  harness.begin_bytes();
  harness.push("\xff文。");
  harness.settle();
  harness.flush();
  harness.push_segment(GST_FORMAT_BYTES, 100);
  harness.push("\xff文。");
  harness.end();
  harness.settle();
  EXPECT_EQ(harness.stat("invalid-sequences"), 2U);
}

TEST_P(ElementsText, CountsWhatIsNotUtf8) {
  Harness harness(line("encoding=utf-8"));
  harness.begin_bytes();
  harness.push("a\xff\xfe b\xff");
  harness.push("文。");
  EXPECT_TRUE(harness.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, "3 sequences"));
  harness.push("\xff文。");
  harness.end();
  EXPECT_TRUE(harness.warning_is(GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, "4 sequences"));
  EXPECT_EQ(harness.stat("invalid-sequences"), 4U);
}

INSTANTIATE_TEST_SUITE_P(All, ElementsText, ::testing::ValuesIn(kinds), name_of);

}  // namespace
}  // namespace gst_lingua_tests
