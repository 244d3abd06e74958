// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The programs and lines of examples/, run as users run them.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "gst-translate/text/script.h"
#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

const std::string examples = SOURCE_ROOT "/examples";

class Examples : public testing::Test {
 protected:
  Output run(const std::vector<std::string>& command, const std::string& input = "") const {
    return shell_.run(command, input);
  }

  Output speak(const std::string& language, const std::string& text) const {
    return run({SPEAK, "--silent", "--to", language, text});
  }

  std::string contents(const std::string& name) const { return shell_.contents(name); }
  Sound sound(const std::string& name) const { return shell_.sound(name); }

  Shell shell_;
};

constexpr const char* meeting = "The meeting starts at nine. Please bring the report.";

TEST_F(Examples, SpeakPrintsEachSentenceAndWritesItsSpeech) {
  const Output output = speak("de", meeting);
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(lines(output.out, "  "),
            (std::vector<std::string>{"The meeting starts at nine.", "Please bring the report."}));
  const auto translations = lines(output.out, "> ");
  ASSERT_EQ(translations.size(), 2u);
  EXPECT_TRUE(contains(translations[0], "neun")) << translations[0];
  EXPECT_TRUE(contains(translations[1], "Bericht")) << translations[1];
  EXPECT_TRUE(contains(output.out, "ms after the text")) << output.out;
  EXPECT_GT(sound("demo.wav").seconds(), 2);
  EXPECT_LT(sound("demo.wav").seconds(), 10);
  EXPECT_GT(sound("demo.wav").peak(0, 10), speech);
}

TEST_F(Examples, SpeakKnowsTheLanguagesOfTheModel) {
  for (const char* language : {"ja", "fra_Latn", "es-MX"}) {
    const Output output = speak(language, meeting);
    ASSERT_EQ(output.status, 0) << language << output.err;
    std::string translation;
    for (const std::string& line : lines(output.out, "> "))
      translation += line;
    const char* script = std::string(language) == "ja" ? "Jpan" : "Latn";
    EXPECT_EQ(gst_translate::script_share(translation, script).share(), 1) << translation;
    EXPECT_FALSE(contains(translation, "meeting")) << translation;
    EXPECT_GT(sound("demo.wav").peak(0, 10), speech) << language;
  }
}

TEST_F(Examples, SpeakKeepsTheTimelineOfSubtitles) {
  for (const char* subtitles : {"/text/talk.srt", "/text/talk.vtt"}) {
    const Output output = speak("de", examples + subtitles);
    ASSERT_EQ(output.status, 0) << output.err;
    for (const char* markup : {"<", "&", "amp", "Anna", "\\an8"})
      EXPECT_FALSE(contains(output.out, markup)) << output.out;
    const Sound track = sound("demo.wav");
    EXPECT_GT(track.seconds(), 22.3);  // the last cue starts at 22 s
    EXPECT_LT(track.peak(0, 0.99), silence);
    EXPECT_GT(track.peak(1, 1.5), speech);
    EXPECT_LT(track.peak(17, 17.99), silence);
    EXPECT_GT(track.peak(18, 18.5), speech);
  }
}

TEST_F(Examples, SpeakTakesItsOwnTextWithoutArguments) {
  const Output output = run({SPEAK, "--silent", "--to", "fr"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(lines(output.out, "> ").size(), 23u);
}

TEST_F(Examples, SpeakReadsFilesAndWhatIsPipedIn) {
  shell_.write("good morning.txt", "Good morning.");
  const std::vector<std::vector<std::string>> lines_of_command = {
      {"good", "morning.txt"}, {"--file", "good morning.txt"}, {"-"}, {"-f", "-"}, {}};
  for (const auto& arguments : lines_of_command) {
    std::vector<std::string> command = {SPEAK, "--silent", "--to", "de"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Output output = run(command, "Good morning.");
    ASSERT_EQ(output.status, 0) << output.err;
    EXPECT_EQ(lines(output.out, "  "), std::vector<std::string>{"Good morning."});
  }
}

TEST_F(Examples, SpeakWritesSoundToStandardOutput) {
  const Output output =
      shell_.run_line(SPEAK " --silent --to de --output - 'Good morning.' > a.wav");
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_GT(sound("a.wav").peak(0, 10), speech);
  EXPECT_TRUE(contains(output.err, "> Guten Morgen.")) << output.err;
}

TEST_F(Examples, SpeakTakesAModel) {
  shell_.unset("GST_LINGUA_MODEL");
  const std::string model = examples + "/demo-model";
  const Output output = run({SPEAK, "--silent", "--to", "de", "--model", model, "Good morning."});
  EXPECT_EQ(output.status, 0) << output.err;
  const Output missing = run({SPEAK, "--silent", "--model", "/nonexistent/model", "Hello."});
  EXPECT_EQ(missing.status, 1);
  EXPECT_TRUE(contains(missing.err, "/nonexistent/model")) << missing.err;
}

TEST_F(Examples, SpeakSaysWhatIsWrong) {
  const std::pair<std::vector<std::string>, const char*> senseless[] = {
      {{"--to", "xx", meeting}, "\"xx\""},
      {{"nosuchfile.txt"}, "\"nosuchfile.txt\" looks like a file's name"},
      {{"no/such/file"}, "\"no/such/file\" looks like a file's name"},
      {{"nosuchfile.csv"}, "\"nosuchfile.csv\" looks like a file's name"},
      {{"--encoding", "nonsense", meeting}, "There is no encoding \"nonsense\""},
      {{"--encoding", "nonsense", examples + "/text/talk.srt"}, "There is no encoding"},
      {{"--file", "nosuchfile"}, "There is no file \"nosuchfile\""},
      {{shell_.folder()}, "is a folder"},
      {{"--file", "book.txt", "and words"}, "not both"},
      {{"--nonsense"}, "--nonsense"},
  };
  for (const auto& [arguments, message] : senseless) {
    std::vector<std::string> command = {SPEAK, "--silent"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Output output = run(command);
    EXPECT_EQ(output.status, 2) << output.err;
    EXPECT_TRUE(contains(output.err, message)) << output.err;
    EXPECT_EQ(shell_.contents("demo.wav"), "") << message;
  }

  for (const char* nothing : {"", " "}) {
    const Output empty = speak("de", nothing);
    EXPECT_EQ(empty.status, 1);
    EXPECT_TRUE(contains(empty.err, "sentence")) << empty.err;
    EXPECT_FALSE(contains(empty.err, "CRITICAL")) << empty.err;
  }

  shell_.set("GST_LINGUA_MODEL", "/nonexistent/model");
  const Output missing = speak("de", meeting);
  EXPECT_EQ(missing.status, 1);
  EXPECT_TRUE(contains(missing.err, "/nonexistent/model")) << missing.err;
}

TEST_F(Examples, PythonTranslatesIntoSeveralLanguages) {
  const Output output =
      run({PYTHON, examples + "/embed-python/translate.py", "de", "fr", "ja"}, meeting);
  ASSERT_EQ(output.status, 0) << output.err;
  for (const char* language : {"de ", "fr ", "ja "})
    EXPECT_EQ(lines(output.out, language).size(), 2u) << output.out;
}

TEST_F(Examples, WhatARecogniserHearsIsSpokenInAnotherLanguage) {
  const std::string python = SOURCE_ROOT "/.venv/bin/python";
  if (shell_.run_line("command -v flite && " + python + " -c 'import pocketsphinx'").status != 0)
    GTEST_SKIP() << "needs flite, and pocketsphinx in .venv: ./run test installs both";
  // The picture of a microphone: what another synthesizer says, in real time.
  const Output output = shell_.run_line(
      "flite -voice rms -t 'The meeting starts at nine.' -o talk.wav && "
      "gst-launch-1.0 -q filesrc location=talk.wav ! wavparse ! clocksync ! fdsink | " +
      python + " " + examples +
      "/transcribers/pocketsphinx_lines.py | gst-launch-1.0 -q fdsrc do-timestamp=true ! "
      "textsegmenter latency=-1 ! nllbtranslate output-language-code=de latency=-1 ! tee name=t "
      "t. ! queue ! filesink location=heard.txt t. ! queue ! ttssynth latency=-1 ! wavenc ! "
      "filesink location=speech.wav");
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_TRUE(contains(contents("heard.txt"), "neun")) << contents("heard.txt");
  EXPECT_GT(sound("speech.wav").peak(0, 60), speech);
}

TEST_F(Examples, LaunchSpeak) {
  const Output output = run({examples + "/launch/speak.sh", "ja", "speech.wav"}, meeting);
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_GT(sound("speech.wav").peak(0, 10), speech);
}

TEST_F(Examples, LaunchDubSubtitles) {
  const Output output =
      run({examples + "/launch/dub-subtitles.sh", examples + "/text/talk.srt", "de", "talk.ogg"});
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_TRUE(contains(contents("talk.ogg").substr(0, 64), "OpusHead"));
  EXPECT_GT(contents("talk.ogg").size(), 10000u);
}

TEST_F(Examples, LaunchTranslateSubtitles) {
  const Output output = run(
      {examples + "/launch/translate-subtitles.sh", examples + "/text/talk.vtt", "fr", "talk.vtt"});
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  const std::string translated = contents("talk.vtt");
  EXPECT_EQ(translated.rfind("WEBVTT", 0), 0u);
  EXPECT_TRUE(contains(translated, "00:00:01.000 --> 00:00:03.500\nBonjour")) << translated;
  EXPECT_EQ(lines(translated, "00:00:").size(), 7u) << translated;
}

TEST_F(Examples, LaunchSeveralLanguages) {
  const Output output =
      run({examples + "/launch/several-languages.sh", examples + "/text/book.txt"});
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  for (const char* name : {"out.de.wav", "out.fr.wav", "out.es.wav"})
    EXPECT_GT(sound(name).seconds(), 20) << name;
}

}  // namespace
}  // namespace gst_lingua_tests
