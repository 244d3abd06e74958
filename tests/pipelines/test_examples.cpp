// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The programs and lines of examples/, run as users run them.

#include <gio/gio.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

namespace {

const std::string examples = EXAMPLES_DIR;

struct Output {
  int status = -1;
  std::string out, err;
};

struct Sound {
  int rate = 0;
  std::vector<int16_t> samples;

  double seconds() const { return static_cast<double>(samples.size()) / rate; }

  /// The loudest sample between two times in seconds.
  int peak(double from, double to) const {
    int loudest = 0;
    const auto first = static_cast<size_t>(from * rate);
    const auto last = std::min(samples.size(), static_cast<size_t>(to * rate));
    for (size_t i = first; i < last; ++i)
      loudest = std::max(loudest, std::abs(int{samples[i]}));
    return loudest;
  }
};

/// Each test in a folder of its own, in which the programs run.
class Examples : public testing::Test {
 protected:
  void SetUp() override {
    char* folder = g_dir_make_tmp("examples-XXXXXX", nullptr);
    folder_ = folder;
    g_free(folder);
  }

  void TearDown() override { run({"rm", "-r", folder_}); }

  Output run(std::vector<std::string> command, const std::string& input = "",
             const std::string& model = "") {
    std::vector<const char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& argument : command)
      arguments.push_back(argument.c_str());
    arguments.push_back(nullptr);
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(static_cast<GSubprocessFlags>(G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                                                G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                G_SUBPROCESS_FLAGS_STDERR_PIPE));
    g_subprocess_launcher_set_cwd(launcher, folder_.c_str());
    if (!model.empty())
      g_subprocess_launcher_setenv(launcher, "GST_LINGUA_MODEL", model.c_str(), TRUE);
    g_autoptr(GError) error = nullptr;
    g_autoptr(GSubprocess) process =
        g_subprocess_launcher_spawnv(launcher, arguments.data(), &error);
    Output output;
    char *out = nullptr, *err = nullptr;
    if (process == nullptr ||
        g_subprocess_communicate_utf8(process, input.c_str(), nullptr, &out, &err, &error) == 0) {
      ADD_FAILURE() << command[0] << ": " << error->message;
      return output;
    }
    if (g_subprocess_get_if_exited(process) != 0)
      output.status = g_subprocess_get_exit_status(process);
    output.out = out;
    output.err = err;
    g_free(out);
    g_free(err);
    return output;
  }

  Output speak(const std::string& language, const std::string& text,
               const std::string& model = "") {
    return run({SPEAK, "--silent", "--to", language, text}, "", model);
  }

  std::string contents(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// A WAV file as `wavenc` writes it: 44 bytes of header, 16-bit samples, tags.
  Sound sound(const std::string& name) const {
    const std::string wav = contents(name);
    const auto byte = [&](size_t i) { return static_cast<uint8_t>(wav[i]); };
    Sound sound;
    if (wav.size() < 44 || wav.substr(0, 4) != "RIFF" || wav.substr(36, 4) != "data") return sound;
    const auto number = [&](size_t i) -> size_t {
      return byte(i) | size_t{byte(i + 1)} << 8 | size_t{byte(i + 2)} << 16;
    };
    sound.rate = static_cast<int>(number(24));
    const size_t end = std::min(wav.size(), 44 + number(40));
    for (size_t i = 44; i + 1 < end; i += 2)
      sound.samples.push_back(static_cast<int16_t>(byte(i) | byte(i + 1) << 8));
    return sound;
  }

 private:
  std::string folder_;
};

/// The lines that begin with `start`, without it.
std::vector<std::string> lines(const std::string& text, const std::string& start) {
  std::vector<std::string> found;
  size_t position = 0;
  while (position < text.size()) {
    const size_t end = std::min(text.find('\n', position), text.size());
    const std::string line = text.substr(position, end - position);
    if (line.rfind(start, 0) == 0) found.push_back(line.substr(start.size()));
    position = end + 1;
  }
  return found;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* meeting = "The meeting starts at nine. Please bring the report.";
constexpr int silence = 300;
constexpr int speech = 2000;

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

TEST_F(Examples, SpeakSaysWhatIsWrong) {
  const Output unknown = speak("xx", meeting);
  EXPECT_EQ(unknown.status, 1);
  EXPECT_TRUE(contains(unknown.err, "\"xx\"")) << unknown.err;

  const Output missing = speak("de", meeting, "/nonexistent/model");
  EXPECT_EQ(missing.status, 1);
  EXPECT_TRUE(contains(missing.err, "/nonexistent/model")) << missing.err;

  const Output empty = speak("de", " ");
  EXPECT_EQ(empty.status, 1);
  EXPECT_TRUE(contains(empty.err, "sentence")) << empty.err;
}

TEST_F(Examples, PythonTranslatesIntoSeveralLanguages) {
  const Output output =
      run({PYTHON, examples + "/embed-python/translate.py", "de", "fr", "ja"}, meeting);
  ASSERT_EQ(output.status, 0) << output.err;
  for (const char* language : {"deu_Latn ", "fra_Latn ", "jpn_Jpan "})
    EXPECT_EQ(lines(output.out, language).size(), 2u) << output.out;
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
