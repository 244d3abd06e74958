// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "gst-translate/text/language.h"
#include "gst-tts/espeak/voice_table.h"
#include "tests/unit/heard_log.h"
#include "tests/unit/tts_speech.h"

using gst_tts::Error;
using gst_tts::EspeakVoice;
using gst_tts::open_synthesizer;
using gst_tts::VoiceQuality;

namespace {

std::string default_voice(const std::string& language, bool near_voice = false) {
  gst_tts::SpeechRequest asked = request("", language);
  asked.near_voice = near_voice;
  return open_synthesizer()->voice_for(asked);
}

}  // namespace

TEST(Voices, EveryLanguageOfTheTableIsOneOfFlores) {
  for (const EspeakVoice& row : gst_tts::espeak_voices()) {
    const auto* language = gst_translate::find_language(row.language);
    ASSERT_TRUE(language) << row.language;
    EXPECT_EQ(language->flores, row.language);
  }
}

TEST(Voices, EveryVoiceOfTheTableSpeaks) {
  // Numbers, which all but two can read, and words for these.
  const std::map<std::string_view, const char*> words = {{"he", "שלום"}, {"tk", "salam dostlar"}};
  for (const EspeakVoice& row : gst_tts::espeak_voices()) {
    if (!row.since.empty()) continue;  // newer than the oldest version that we build with
    const auto word = words.find(row.name);
    gst_tts::SpeechRequest asked =
        request(word == words.end() ? "1 2" : word->second, std::string(row.language));
    asked.voice = std::string(row.name);
    const Speech speech = speak(asked);
    EXPECT_GT(speech.samples.size(), 5000U) << row.language << ' ' << row.name;
    EXPECT_EQ(speech.dropped, 0U) << row.language << ' ' << row.name;
  }
  EXPECT_EQ(speak("שלום 1 2", "he").dropped, 2U) << "and these two say so";
}

TEST(Voices, AreLogged) {
  const HeardLog heard;
  speak(request("Hallo.", "de"));
  EXPECT_TRUE(heard.has(gst_translate::LogLevel::Debug, "voice: \"de\" speaks 6 bytes of deu_Latn"))
      << heard.text();
  EXPECT_THROW(default_voice("ace_Latn"), Error);
  EXPECT_TRUE(heard.has(gst_translate::LogLevel::Info, "espeak-ng has no voice for Acehnese"))
      << heard.text();
}

TEST(Voices, TheTableIsSortedBestVoiceFirst) {
  const auto& rows = gst_tts::espeak_voices();
  for (size_t i = 1; i < rows.size(); ++i) {
    ASSERT_LE(rows[i - 1].language, rows[i].language);
    if (rows[i - 1].language != rows[i].language) {
      EXPECT_TRUE(rows[i].regions.empty()) << rows[i].language << " has a voice everywhere";
    } else if (rows[i].regions.empty()) {
      EXPECT_LT(rows[i - 1].quality, rows[i].quality);
    }
  }
}

TEST(Voices, AnyLanguageCodeWillDo) {
  const std::map<std::string, std::string> expected = {
      {"jpn_Jpan", "ja"},
      {"ja", "ja"},
      {"ja-JP", "ja"},
      {"eng", "en-us"},
      {"ger", "de"},
      {"pt_BR", "pt-br"},
      {"no", "nb"},
      {"zh", "cmn-latn-pinyin"},
      {"zh-Hant", "cmn-latn-pinyin"},
      {"yue", "yue"},
      {"ar", "ar"},
  };
  for (const auto& [code, voice] : expected)
    EXPECT_EQ(default_voice(code), voice) << code;
}

TEST(Voices, ARegionHasItsVoice) {
  const std::map<std::string, std::string> expected = {
      {"en-GB", "en"},          {"en_GB.UTF-8", "en"}, {"EN-gb", "en"},
      {"eng_Latn_GB", "en"},    {"en-AU", "en"},       {"en-US", "en-us"},
      {"en-CA", "en-us"},       {"en-029", "en-029"},  {"pt-PT", "pt"},
      {"pt-AO", "pt"},          {"pt-BR", "pt-br"},    {"pt", "pt-br"},
      {"fr-FR", "fr"},          {"fr-BE", "fr-be"},    {"fr-CH", "fr-ch"},
      {"fr-CA", "fr"},          {"es-ES", "es"},       {"es-MX", "es-419"},
      {"es-419", "es-419"},     {"es", "es"},          {"en-GB-oxendict", "en"},
      {"en-u-nu-latn", "en-us"}};
  for (const auto& [code, voice] : expected)
    EXPECT_EQ(default_voice(code), voice) << code;
  auto asked = request("", "en-GB");
  asked.speaker = 1;
  EXPECT_EQ(open_synthesizer()->voice_for(asked), "en+f2") << "its speakers, too";
  EXPECT_NE(speak("Half past nine.", "en-GB").samples, speak("Half past nine.", "en").samples);
}

TEST(Voices, NoVoiceIsAnErrorThatNamesTheLanguage) {
  const auto [kind, message] = error_of([] { default_voice("km"); });
  EXPECT_EQ(kind, Error::Kind::NotFound);
  EXPECT_NE(message.find("Khmer (khm_Khmr)"), std::string::npos) << message;
  EXPECT_NE(message.find("set a voice"), std::string::npos) << message;
}

TEST(Voices, ANearVoiceIsTakenOnlyWhenAskedFor) {
  const auto [kind, message] = error_of([] { default_voice("glg_Latn"); });
  EXPECT_EQ(kind, Error::Kind::NotFound);
  EXPECT_NE(message.find("Galician"), std::string::npos) << message;
  EXPECT_NE(message.find("\"es\""), std::string::npos) << message;
  EXPECT_EQ(default_voice("glg_Latn", true), "es");
  EXPECT_EQ(default_voice("por_Latn", true), "pt-br") << "its own voice comes first";
  EXPECT_GT(speak([] {
              auto asked = request("Boas tardes", "gl");
              asked.near_voice = true;
              return asked;
            }())
                .samples.size(),
            5000U);
}

TEST(Voices, UnknownLanguageAndMissingLanguage) {
  const auto unknown = error_of([] { default_voice("klingon"); });
  EXPECT_EQ(unknown.first, Error::Kind::Settings);
  EXPECT_NE(unknown.second.find("\"klingon\""), std::string::npos) << unknown.second;
  EXPECT_EQ(error_of([] { default_voice(""); }).first, Error::Kind::Settings);
}

TEST(Voices, AVoiceByNameNeedsNoLanguage) {
  gst_tts::SpeechRequest asked = request("hello", "");
  for (const char* name : {"en", "en-us+f3", "gmw/en-US", "en-gb-scotland", "de"}) {
    asked.voice = name;
    EXPECT_EQ(open_synthesizer()->voice_for(asked), name);
    EXPECT_GT(speak(asked).samples.size(), 5000U) << name;
  }
}

TEST(Voices, AVariantChangesTheSound) {
  gst_tts::SpeechRequest asked = request("hello", "en");
  asked.voice = "en-us";
  const Speech plain = speak(asked);
  asked.voice = "en-us+f3";
  EXPECT_NE(speak(asked).samples, plain.samples);
}

TEST(Voices, SpeakersCanBeToldApart) {
  std::set<std::string> names;
  for (const char* language : {"en", "de", "ja"}) {
    gst_tts::SpeechRequest asked = request("Ja", language);
    const std::string own = open_synthesizer()->voice_for(asked);
    for (asked.speaker = 1; asked.speaker <= 12; ++asked.speaker) {
      const std::string name = open_synthesizer()->voice_for(asked);
      EXPECT_NE(name, own);
      names.insert(name);
      EXPECT_GT(speak(asked).samples.size(), 1000U) << name;
    }
  }
  EXPECT_EQ(names.size(), 36U);
}

TEST(Voices, AMissingVoiceIsAnErrorAndNeverAnotherVoice) {
  // espeak-ng itself keeps the last voice, or leaves the variant out, and reports success.
  for (const char* name : {"xx", "zh-cmn", "en-us+nosuchvariant", "en-us+", "+f3", "mb-en1",
                           "mb/mb-us1", "/etc/hostname", "../lang/gmw/de", "en us", "no"}) {
    gst_tts::SpeechRequest asked = request("hello", "en");
    asked.voice = name;
    const auto [kind, message] = error_of([&asked] { open_synthesizer()->prepare(asked); });
    EXPECT_EQ(kind, Error::Kind::NotFound) << name;
    EXPECT_NE(message.find(std::string("\"") + name + "\""), std::string::npos) << message;
    EXPECT_NE(message.find("--list-voices"), std::string::npos) << message;
  }
  EXPECT_EQ(default_voice("en"), "en-us") << "still speaks afterwards";
}

TEST(Voices, TheListHoldsWhatIsInstalled) {
  const auto voices = open_synthesizer()->voices();
  std::set<std::string> languages;
  for (const gst_tts::Voice& voice : voices) {
    gst_tts::SpeechRequest asked = request("", voice.language);
    asked.voice = voice.name;
    EXPECT_EQ(open_synthesizer()->voice_for(asked), voice.name);
    languages.insert(voice.language);
  }
  EXPECT_GE(languages.size(), 120U);
  EXPECT_EQ(languages.count("khm_Khmr"), 0U);
  const auto thai = std::find_if(voices.begin(), voices.end(),
                                 [](const auto& voice) { return voice.language == "tha_Thai"; });
  ASSERT_NE(thai, voices.end());
  EXPECT_EQ(thai->quality, VoiceQuality::Poor);
  EXPECT_FALSE(thai->remark.empty());
}

TEST(Voices, AnUnknownEngineIsAnError) {
  const auto [kind, message] = error_of([] { open_synthesizer("festival"); });
  EXPECT_EQ(kind, Error::Kind::Settings);
  EXPECT_NE(message.find("festival"), std::string::npos);
  EXPECT_EQ(open_synthesizer("auto"), open_synthesizer("espeak")) << "one engine in a process";
}
