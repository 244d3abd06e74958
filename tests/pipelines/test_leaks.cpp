// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is left of a pipeline when it is gone: nothing, says GStreamer's own tracer.

#include <gtest/gtest.h>

#include <string>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

const std::string book = "filesrc location=" SOURCE_ROOT "/examples/text/book.txt ! ";
const std::string cues = "filesrc location=" SOURCE_ROOT "/examples/text/talk.vtt ! subparse ! ";

class Leaks : public testing::Test {
 protected:
  /// What gst-launch-1.0 and the tracer print.
  static Output trace(const std::string& pipeline) {
    Shell shell;
    shell.set("GST_TRACERS", "leaks");
    shell.set("GST_DEBUG", "GST_TRACER:7");
    Output output = shell.run_line("gst-launch-1.0 " + pipeline);
    EXPECT_TRUE(contains(output.err, "object-alive")) << "the tracer is not at work";
    EXPECT_FALSE(contains(output.err, "Leaks detected")) << output.err;
    return output;
  }
};

TEST_F(Leaks, NoneAtTheEnd) {
  EXPECT_EQ(
      trace(cues + "textsegmenter ! nllbtranslate output-language-code=de ! ttssynth ! fakesink")
          .status,
      0);
  EXPECT_EQ(
      trace(cues + "nllbtranslate output-language-code=de fragments=true ! webvttenc ! fakesink")
          .status,
      0);
}

TEST_F(Leaks, NoneOfSeveralLanguages) {
  const Output output = trace(
      book +
      "textsegmenter ! nllbtranslate name=t output-language-code=de src_0::language-code=fr  t.src "
      "! queue ! ttssynth ! fakesink  t.src_0 ! queue ! fakesink");
  EXPECT_EQ(output.status, 0);
}

TEST_F(Leaks, NoneOfTheBin) {
  const Output output = trace(cues +
                              "translatespeechbin name=b  b.audio_de ! fakesink  b.text_de ! "
                              "fakesink  b.text_ja ! fakesink");
  EXPECT_EQ(output.status, 0);
}

TEST_F(Leaks, NoneWhenItEndsInTheMidst) {
  for (const char* end : {"ttssynth ! fakesink num-buffers=20", "fakesink num-buffers=2"})
    EXPECT_EQ(trace(book + "textsegmenter ! nllbtranslate output-language-code=de ! " + end).status,
              0);
}

TEST_F(Leaks, NoneAfterAnError) {
  EXPECT_NE(trace(book + "textsegmenter ! nllbtranslate output-language-code=de ! ttssynth "
                         "voice=nobody ! fakesink")
                .status,
            0);
  EXPECT_NE(trace(book + "textsegmenter ! nllbtranslate output-language-code=uk ! fakesink").status,
            0);
}

}  // namespace
}  // namespace gst_lingua_tests
