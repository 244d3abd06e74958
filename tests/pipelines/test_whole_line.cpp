// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What comes out of the whole line: what is said, when, how loud, in which language, and what
// stands in subtitles.

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

const std::string texts = SOURCE_ROOT "/examples/text/";
const std::string subtitles = SOURCE_ROOT "/tests/data/subtitles/";

struct Cue {
  double start = 0, end = 0;
  std::string text;
};

double seconds(const std::string& time) {
  int hours = 0;
  int minutes = 0;
  double rest = 0;
  EXPECT_EQ(std::sscanf(time.c_str(), "%d:%d:%lf", &hours, &minutes, &rest), 3) << time;
  return hours * 3600 + minutes * 60 + rest;
}

/// The cues of WebVTT as `webvttenc` writes it; what is no WebVTT fails the test.
std::vector<Cue> read_vtt(const std::string& vtt) {
  const std::vector<std::string> all = lines(vtt);
  EXPECT_GE(all.size(), 2u);
  if (all.size() < 2) return {};
  EXPECT_EQ(all[0], "WEBVTT");
  EXPECT_EQ(all[1], "");
  std::vector<Cue> cues;
  for (size_t i = 2; i < all.size(); ++i) {
    const size_t arrow = all[i].find(" --> ");
    if (arrow == std::string::npos) {
      ADD_FAILURE() << "not the times of a cue: " << all[i];
      return cues;
    }
    Cue cue{seconds(all[i].substr(0, arrow)), seconds(all[i].substr(arrow + 5)), ""};
    for (++i; i < all.size() && !all[i].empty(); ++i)
      cue.text += (cue.text.empty() ? "" : "\n") + all[i];
    cues.push_back(cue);
  }
  return cues;
}

/// What a player shows of a cue; markup that nobody asked for fails the test.
std::string shown(const std::string& cue) {
  std::string text;
  for (size_t i = 0; i < cue.size(); ++i) {
    EXPECT_NE(cue[i], '<') << cue;
    if (cue[i] != '&') {
      text += cue[i];
      continue;
    }
    const std::string rest = cue.substr(i);
    bool known = false;
    for (const auto& [entity, character] :
         {std::pair("&amp;", '&'), std::pair("&lt;", '<'), std::pair("&gt;", '>')}) {
      if (rest.rfind(entity, 0) != 0) continue;
      text += character;
      i += std::string(entity).size() - 1;
      known = true;
    }
    EXPECT_TRUE(known) << cue;
  }
  return text;
}

class TheLine : public testing::Test {
 protected:
  Output launch(const std::string& pipeline, const std::string& input = "") const {
    Output output = shell_.run_line("gst-launch-1.0 -m " + pipeline, input);
    EXPECT_EQ(output.status, 0) << pipeline << "\n" << output.out << output.err;
    return output;
  }

  /// What ttssynth says that it said: `content` or `language-code`.
  static std::vector<std::string> spoken(const Output& output, const std::string& field) {
    std::vector<std::string> said;
    for (const std::string& line : lines(output.out)) {
      if (!contains(line, "ttssynth/synthesized-audio")) continue;
      size_t at = line.find(field + "=(string)");
      if (at == std::string::npos) continue;
      at += field.size() + 9;
      std::string value;
      // GstStructure writes a backslash before what is no letter, and needs no quotes for a word.
      const bool quoted = line[at] == '"';
      for (at += quoted ? 1 : 0; line[at] != (quoted ? '"' : ','); ++at) {
        if (line[at] == '\\') ++at;
        value += line[at];
      }
      said.push_back(value);
    }
    return said;
  }

  Shell shell_;
};

TEST_F(TheLine, SpeaksWhatIsPipedIn) {
  const Output output = launch(
      "fdsrc ! textsegmenter ! nllbtranslate output-language-code=deu_Latn ! ttssynth ! wavenc ! "
      "filesink location=out.wav",
      "The meeting starts at nine. Please bring the report.");
  EXPECT_EQ(spoken(output, "content").size(), 2u) << output.out;
  EXPECT_EQ(spoken(output, "language-code"), (std::vector<std::string>{"de", "de"}));
  const Sound sound = shell_.sound("out.wav");
  EXPECT_EQ(sound.rate, 22050);
  EXPECT_GT(sound.seconds(), 2);
  EXPECT_LT(sound.seconds(), 8);
  EXPECT_LT(sound.onset(0, silence), 0.2) << "it begins without a wait";
  EXPECT_GT(sound.peak(0, 10), speech);
}

/// The audio behind Opus and Ogg, as a player hears it.
TEST_F(TheLine, BeginsEachCueAtItsTime) {
  for (const char* name : {"talk.srt", "talk.vtt"}) {
    launch("filesrc location=" + texts + name +
           " ! subparse ! nllbtranslate output-language-code=de ! ttssynth ! audioconvert ! "
           "opusenc ! oggmux ! filesink location=talk.ogg");
    EXPECT_TRUE(contains(shell_.contents("talk.ogg"), "LANGUAGE=de")) << name;
    launch(
        "filesrc location=talk.ogg ! oggdemux ! opusdec ! audioconvert ! "
        "audio/x-raw,format=S16LE,channels=1 ! wavenc ! filesink location=talk.wav");
    const Sound sound = shell_.sound("talk.wav");
    EXPECT_GT(sound.seconds(), 22.5) << name;
    EXPECT_LT(sound.seconds(), 26) << name;
    EXPECT_LT(sound.peak(0, 0.95), silence) << name;
    for (const double start : {1.0, 4.0, 8.5, 13.0, 18.0, 22.0}) {
      EXPECT_NEAR(sound.onset(start - 0.05, silence), start, 0.15) << name;
      EXPECT_GT(sound.peak(start, start + 1), speech) << name << start;
    }
  }
}

TEST_F(TheLine, TagsTheSoundWithItsLanguage) {
  for (const char* code : {"fra_Latn", "fr", "fr-FR"}) {
    const Output output =
        launch("-t filesrc location=" + texts +
               "talk.srt ! subparse ! nllbtranslate output-language-code=" + code +
               " ! ttssynth ! fakesink");
    EXPECT_TRUE(contains(output.out, "language code: fr")) << output.out;
    EXPECT_FALSE(contains(output.out, "language code: en")) << output.out;
  }
}

TEST_F(TheLine, WritesSubtitlesThatPlayersRead) {
  for (const std::string& file : {texts + "talk.srt", texts + "talk.vtt", subtitles + "styled.srt",
                                  subtitles + "styled.vtt"}) {
    for (const char* segmenter : {"", "textsegmenter ! "}) {
      launch("filesrc location=" + file + " ! subparse ! " + segmenter +
             "nllbtranslate output-language-code=fr ! webvttenc ! filesink location=out.vtt");
      const std::vector<Cue> cues = read_vtt(shell_.contents("out.vtt"));
      EXPECT_GE(cues.size(), 6u) << file;
      double last = 0;
      for (const Cue& cue : cues) {
        EXPECT_GE(cue.start, last) << file;
        EXPECT_GT(cue.end, cue.start) << file;
        EXPECT_FALSE(shown(cue.text).empty()) << file;
        last = cue.start;
      }
    }
  }
}

/// SubRip has no entities: whoever opens it in a player or an editor reads what is said.
TEST_F(TheLine, WritesSubRipWithoutEntities) {
  for (const char* elements : {"nllbtranslate output-language-code=en", "textsegmenter ! queue",
                               "translatespeechbin segment=false name=b b.text_en"}) {
    launch("filesrc location=" + subtitles + "styled.srt ! subparse ! " + elements +
           " ! srtenc ! filesink location=out.srt");
    EXPECT_TRUE(contains(shell_.contents("out.srt"), "\nFish & chips, please.\n")) << elements;
    EXPECT_TRUE(contains(shell_.contents("out.srt"), "\n3 < 4 & 5 > 2")) << elements;
  }
}

/// Timed Text links to whichever element comes first.
TEST_F(TheLine, ReadsTtml) {
  shell_.write("talk.ttml",
               R"(<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><head><layout>
<region xml:id="r" xmlns:tts="http://www.w3.org/ns/ttml#styling" tts:origin="10% 80%"
tts:extent="80% 10%"/></layout></head>
<body><div><p region="r" begin="00:00:01.000" end="00:00:03.000">Fish &amp; chips,<br/>please.</p>
</div></body></tt>)");
  for (const char* element : {"textsegmenter", "nllbtranslate output-language-code=en",
                              "translatespeechbin name=b b.text_en"}) {
    launch(std::string("filesrc location=talk.ttml ! ttmlparse ! ") + element +
           " ! srtenc ! filesink location=out.srt");
    EXPECT_TRUE(contains(shell_.contents("out.srt"), "\nFish & chips, please.\n")) << element;
  }
  const Output output = launch("filesrc location=talk.ttml ! ttmlparse ! ttssynth ! fakesink");
  EXPECT_EQ(spoken(output, "content"), std::vector<std::string>{"Fish & chips, please."});
}

/// Into its own language a text passes as it is: what is left is what the cues really say.
TEST_F(TheLine, SaysNothingOfTheMarkup) {
  const std::vector<std::string> of_vtt = {
      "Good morning, everybody.",
      "Fish & chips, please!",
      "3 < 4 & 5 > 2",
      "One word at a time",
  };
  const std::vector<std::string> of_srt = {
      "Good morning. Is the train late?",
      "Fish & chips, please.",
      "3 < 4 & 5 > 2",
      "Careful! AT&T is open.",
  };
  for (const auto& [file, wanted] :
       {std::pair("styled.vtt", of_vtt), std::pair("styled.srt", of_srt)}) {
    const Output output = launch("filesrc location=" + subtitles + file +
                                 " ! subparse ! nllbtranslate output-language-code=en ! ttssynth ! "
                                 "fakesink");
    std::vector<std::string> said = spoken(output, "content");
    ASSERT_EQ(said.size(), 10u) << output.out;
    for (const std::string& text : said)
      for (const char* markup : {"amp", "v Bob", "Mary", "&lt", "{", "<i", "<b", "c.yellow"})
        EXPECT_FALSE(contains(text, markup)) << text;
    said.resize(wanted.size());
    EXPECT_EQ(said, wanted);

    launch("filesrc location=" + subtitles + file +
           " ! subparse ! nllbtranslate output-language-code=en ! webvttenc ! filesink "
           "location=out.vtt");
    const std::vector<Cue> cues = read_vtt(shell_.contents("out.vtt"));
    ASSERT_EQ(cues.size(), 10u);
    for (size_t i = 0; i < wanted.size(); ++i)
      EXPECT_EQ(shown(cues[i].text), wanted[i]);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
