// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Ctrl-C does to a line of gst-launch-1.0: alone it ends the line at once; with -e the sources
// say that they are at their end, and what they have read already comes out in full.

#include <gtest/gtest.h>

#include <string>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

class Interruption : public testing::Test {
 protected:
  /// Presses Ctrl-C once, after four seconds (without --foreground it would be twice). A line that
  /// has not ended a minute later is killed: its status is then above 128.
  Output interrupt(const std::string& arguments, const std::string& input = "true") const {
    return shell_.run_line(
        "(" + input + ") | timeout --foreground --preserve-status -s INT -k 60 4 gst-launch-1.0 " +
        arguments);
  }

  /// Minutes of work, and hours of speech.
  void write_book() const {
    std::string book;
    for (int i = 0; i < 20000; i++)
      book += "The meeting of day " + std::to_string(i) + " starts at nine. ";
    shell_.write("long.txt", book);
  }

  Shell shell_;
};

const std::string speaks = "textsegmenter ! nllbtranslate output-language-code=de ! ttssynth ! ";

TEST_F(Interruption, EndsAtOnceWhateverWaits) {
  write_book();
  const Output output = interrupt("filesrc location=long.txt ! " + speaks + "fakesink sync=true");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(contains(output.out, "Interrupt: Stopping pipeline")) << output.out;
}

TEST_F(Interruption, OfALongTextWritesWhatWasRead) {
  write_book();
  const Output output =
      interrupt("-e filesrc location=long.txt ! " + speaks + "wavenc ! filesink location=out.wav");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(contains(output.out, "EOS received")) << output.out;
  // The muxer has written its header anew, which says how much there is.
  const Sound sound = shell_.sound("out.wav");
  EXPECT_GT(sound.seconds(), 10);
  EXPECT_NEAR(sound.seconds(),
              static_cast<double>(shell_.contents("out.wav").size() - 44) / 2 / sound.rate, 0.1);
}

TEST_F(Interruption, FinishesTheSentenceOfAnOpenPipe) {
  const Output output = interrupt(
      "-e fdsrc ! textsegmenter terminator-wait=0 ! nllbtranslate ! filesink location=out.txt",
      "printf 'We are going home. The train is'; sleep 6");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(shell_.contents("out.txt"), "We are going home.The train is");
}

}  // namespace
}  // namespace gst_lingua_tests
