// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What goes wrong for users of gst-launch-1.0: a sentence that says what to do, and an exit status
// that scripts see.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

class Faults : public testing::Test {
 protected:
  std::string error(const std::string& pipeline, const std::string& input = "") const {
    const Output output = shell_.run_line("gst-launch-1.0 " + pipeline, input);
    EXPECT_NE(output.status, 0) << output.out;
    EXPECT_GE(output.status, 0) << "a crash";
    const std::vector<std::string> errors = lines(output.err, "ERROR: from element ");
    EXPECT_FALSE(errors.empty()) << output.err;
    return errors.empty() ? "" : errors[0];
  }

  Shell shell_;
};

const std::string line = "fdsrc ! textsegmenter ! nllbtranslate ";

TEST_F(Faults, MissingModel) {
  EXPECT_TRUE(contains(error(line + "model=/no/such/folder ! fakesink", "Good morning."),
                       "/no/such/folder: there is no such folder"));
  shell_.write("notes.txt", "no model");
  EXPECT_TRUE(contains(error(line + "model=" + shell_.folder() + " ! fakesink", "Good morning."),
                       "config.json is missing"));
  EXPECT_TRUE(contains(error(line + "model=some/model ! fakesink", "Good morning."),
                       "gst-translate fetch some/model"));
}

TEST_F(Faults, DamagedWeights) {
  const std::string name = "model-00002-of-00004.safetensors";
  shell_.run({"cp", "-r", SOURCE_ROOT "/examples/demo-model", "model"});
  const std::string weights = shell_.contents("model/" + name);
  shell_.write("model/" + name, weights.substr(0, weights.size() / 2));
  EXPECT_TRUE(contains(error(line + "model=model ! fakesink", "Good morning."), name));
  shell_.write("model/" + name, std::string(100, '\xff'));
  EXPECT_TRUE(contains(error(line + "model=model ! fakesink", "Good morning."), name));
}

TEST_F(Faults, UnknownDevice) {
  EXPECT_TRUE(contains(error(line + "device=gpu ! fakesink", "Good morning."),
                       "\"gpu\" is no device: it is one of auto, cpu, cuda, cuda:0, mps."));
}

TEST_F(Faults, UnknownLanguage) {
  EXPECT_TRUE(contains(error(line + "output-language-code=klingon ! fakesink", "Good morning."),
                       "\"klingon\", which is no language code"));
  EXPECT_TRUE(contains(error(line + "output-language-code=uk ! fakesink", "Good morning."),
                       "does not know the language \"uk\". The model knows "));
  EXPECT_TRUE(
      contains(error("fdsrc ! textsegmenter language-code=klingon ! fakesink", "Good morning."),
               "\"klingon\""));
}

TEST_F(Faults, AbsentVoice) {
  EXPECT_TRUE(
      contains(error("fdsrc ! ttssynth voice=nobody ! fakesink", "Good morning."), "\"nobody\""));
  EXPECT_TRUE(contains(error("fdsrc ! ttssynth language-code=ace_Latn ! fakesink", "Beungoh."),
                       "ace_Latn"));
}

TEST_F(Faults, TextThatIsNotUtf8GoesOnWithAWarning) {
  const Output output = shell_.run_line(
      "printf 'Good morning. Caf\\351 is open. The train is late.' | gst-launch-1.0 " + line +
      "! ttssynth ! wavenc ! filesink location=out.wav");
  EXPECT_EQ(output.status, 0) << output.err;
  const std::string printed = output.out + output.err;
  EXPECT_TRUE(contains(printed, "WARNING: from element")) << printed;
  EXPECT_TRUE(contains(printed, "it is read as windows-1252, a guess")) << printed;
  EXPECT_GT(shell_.sound("out.wav").seconds(), 2);
}

}  // namespace
}  // namespace gst_lingua_tests
