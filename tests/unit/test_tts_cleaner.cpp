// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst-tts/espeak/cleaner.h"
#include "gst-tts/espeak/library.h"
#include "gst-tts/voice/sourced_text.h"
#include "tests/unit/tts_speech.h"

using gst_tts::decode;
using gst_tts::encode;
using gst_tts::SourcedText;
using gst_tts::espeak::clause_end;
using gst_tts::espeak::ReadableScripts;

namespace {

struct Cleaned {
  std::string text;
  size_t dropped = 0;
};

SourcedText cleaned_text(const std::string& text, const std::string& voice, size_t& dropped) {
  return gst_tts::espeak::clean(normalize(decode(text)), ReadableScripts("", voice), dropped);
}

Cleaned clean(const std::string& text, const std::string& voice = "en-us") {
  Cleaned cleaned;
  const SourcedText characters = cleaned_text(text, voice, cleaned.dropped);
  cleaned.text = encode(characters, 0, characters.size());
  return cleaned;
}

std::vector<std::string> clauses(const std::string& text, const std::string& voice = "en-us") {
  size_t dropped = 0;
  const SourcedText characters = cleaned_text(text, voice, dropped);
  std::vector<std::string> all;
  for (size_t begin = 0; begin < characters.size();) {
    const size_t end = clause_end(characters, begin);
    EXPECT_GT(end, begin);
    all.push_back(encode(characters, begin, end));
    begin = end;
    while (begin < characters.size() && characters[begin].character == ' ')
      ++begin;
  }
  return all;
}

}  // namespace

TEST(Cleaner, SignsAreKeptForVoicesThatNameThem) {
  EXPECT_EQ(clean("§ 3 BGB", "de").text, "§ 3 BGB");
  EXPECT_EQ(clean("§ 3 BGB", "de").dropped, 0U);
  EXPECT_EQ(clean("5 ‰", "it").text, "5 ‰");
  EXPECT_EQ(clean("x ≤ 5", "de").text, "x ≤ 5");
  auto& library = gst_tts::espeak::Library::get();
  library.open();
  ASSERT_TRUE(library.set_voice("de"));
  EXPECT_NE(library.phonemes("§ 3").find("aɡ"), std::string::npos) << "Paragraf";
}

TEST(Cleaner, SignsThatTheVoiceCannotNameAreCounted) {
  EXPECT_EQ(clean("5 ‰", "de").text, "5");
  EXPECT_EQ(clean("5 ‰", "de").dropped, 1U);
  EXPECT_EQ(clean("5 × 3", "sv").dropped, 1U);
  EXPECT_EQ(clean("§ 3 ¶", "en-us").dropped, 0U);
  EXPECT_EQ(clean("(a) «b» • c", "de").dropped, 0U) << "nobody says these";
}

TEST(Cleaner, LeavesOrdinaryTextAlone) {
  for (const std::string text :
       {"Hello, world! How are you?", "It's 3.14, or 1,000 at 10:30.", "a well-known e-mail",
        "and/or A&B, #1 @home", "in the U.S.A. it is $3.50, 5% less", "20°C ± 5 × 3 = x²"}) {
    EXPECT_EQ(clean(text).text, text);
    EXPECT_EQ(clean(text).dropped, 0U) << text;
  }
}

TEST(Cleaner, OneMarkIsLeftBetweenWords) {
  EXPECT_EQ(clean("Wait.. what?! no?!? yes!!").text, "Wait… what? no? yes!");
  EXPECT_EQ(clean("Wait... . . what").text, "Wait… what");
  EXPECT_EQ(clean("a -- b --- c---d - e – f—g").text, "a — b — c — d — e — f — g");
  EXPECT_EQ(clean("in D.C., and etc.), so").text, "in D.C, and etc, so");
  EXPECT_EQ(clean("She said \"yes\" (quietly) and left").text,
            "She said\" yes\" quietly\" and left");
  EXPECT_EQ(clean("Bonjour ! Ça va ?", "fr").text, "Bonjour! Ça va?");
  EXPECT_EQ(clean("¿Qué? ¡Hola!", "es").text, "Qué? Hola!");
}

TEST(Cleaner, NothingStandsBeforeTheFirstWordAndOneMarkAfterTheLast) {
  EXPECT_EQ(clean("--- \"Hello\" ...!?").text, "Hello!");
  EXPECT_EQ(clean("...").text, "");
  EXPECT_EQ(clean(" \t\n").text, "");
  EXPECT_EQ(clean("-5 and --5").text, "−5 and — −5") << "a minus sign is read, a dash is not";
}

TEST(Cleaner, MarksOfOtherScriptsGetTheirSpace) {
  EXPECT_EQ(clean("你好，世界。好吗？", "cmn-latn-pinyin").text, "你好， 世界。 好吗？");
  EXPECT_EQ(clean("“好”吗", "cmn-latn-pinyin").text, "好吗");
  EXPECT_EQ(clean("नमस्ते।कैसे", "hi").text, "नमस्ते। कैसे");
  EXPECT_EQ(clean("ሰላም፡ዓለም።", "am").text, "ሰላም ዓለም።");
  EXPECT_EQ(clean("မင်္ဂလာပါ။ဟုတ်", "my").text, "မင်္ဂလာပါ. ဟုတ်");
}

TEST(Cleaner, FormsOfLettersAreMadePlain) {
  EXPECT_EQ(clean("e\u0301cole １２３ ＡＢＣ ﬁne 𝐛𝐨𝐥𝐝").text, "école 123 ABC fine bold");
  EXPECT_EQ(clean("10² 3½ Acme™ 1º").text, "10² 3½ Acme 1º");
  EXPECT_EQ(clean("CO₂").text, "CO2");
  EXPECT_EQ(clean("१२३", "hi").text, "123");
  EXPECT_EQ(clean("３．５").text, "3.5");
}

TEST(Cleaner, WhatWouldBeNamedIsDroppedAndCounted) {
  const Cleaned emoji = clean("I 😀 smile ★ 👍🏽");
  EXPECT_EQ(emoji.text, "I smile");
  EXPECT_EQ(emoji.dropped, 3U);
  const Cleaned letters = clean("Tokyo 東京 is big");
  EXPECT_EQ(letters.text, "Tokyo is big");
  EXPECT_EQ(letters.dropped, 2U);
  EXPECT_EQ(clean("5 μm α").text, "5 mu m alpha");
  EXPECT_EQ(clean("ab\xFF\xFE").dropped, 2U) << "invalid bytes";
  EXPECT_EQ(clean("한국", "ko").dropped, 0U);
  EXPECT_EQ(clean("한국", "gmw/en-GB").dropped, 2U);
}

TEST(Cleaner, InvisibleCharactersGoSilently) {
  const Cleaned cleaned = clean("zero\u200Bwidth soft\u00ADhyphen \u0001\u001B\u0007 \u202Ebidi");
  EXPECT_EQ(cleaned.text, "zerowidth softhyphen bidi");
  EXPECT_EQ(cleaned.dropped, 0U);
  EXPECT_EQ(clean("می\u200Cخواهم", "fa").text, "می\u200Cخواهم") << "it shapes the word";
}

TEST(Cleaner, CharactersKnowTheirSource) {
  size_t dropped = 0;
  const std::string text = "“Ｈi” — e\u0301!";
  const SourcedText characters = cleaned_text(text, "en-us", dropped);
  ASSERT_EQ(encode(characters, 0, characters.size()), "Hi — é!");
  EXPECT_EQ(text.substr(characters[0].begin, characters[0].end - characters[0].begin), "Ｈ");
  EXPECT_EQ(text.substr(characters[5].begin, characters[5].end - characters[5].begin), "e\u0301");
}

TEST(Clauses, AreCutWhereEspeakPauses) {
  EXPECT_EQ(clauses("Hello world, how are you today? I am fine."),
            (std::vector<std::string>{"Hello world,", "how are you today?", "I am fine."}));
  EXPECT_EQ(clauses("On Monday Dr. Smith paid 3.5 for e.g. this."),
            (std::vector<std::string>{"On Monday Dr. Smith paid 3.5 for e.g. this."}));
  EXPECT_EQ(clauses("今天天气真的很好啊，我们去公园吧。好", "cmn-latn-pinyin"),
            (std::vector<std::string>{"今天天气真的很好啊，", "我们去公园吧。 好"}));
}

TEST(Clauses, ATextWithoutMarksIsCutBetweenWords) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "word ";
  const auto all = clauses(text);
  ASSERT_GT(all.size(), 4U);
  size_t words = 0;
  for (const std::string& clause : all) {
    EXPECT_LE(clause.size(), 310U);
    EXPECT_EQ(clause.size() % 5, 4U) << "between words";
    words += (clause.size() + 1) / 5;
  }
  EXPECT_EQ(words, 400U);
  EXPECT_EQ(clauses(std::string(2000, 'x')).size(), 4U);
}

TEST(Clauses, OneByOneTheyLastAsLongAsAtOnce) {
  auto& library = gst_tts::espeak::Library::get();
  library.open();
  const std::pair<const char*, const char*> texts[] = {
      {"en-us", "Hello world, how are you today? I am fine. Thanks very much; you see!"},
      {"en-us",
       "Dr. Smith went to Washington, and met Mr. Jones. They talked for hours: of rates."},
      {"de", "Guten Morgen, Herr Müller. Es ist kalt, oder nicht? Heute kommt er, und so weiter."},
      {"fr", "Bonjour, monsieur ! Comment allez-vous ? Ça va bien; merci."},
      {"hi", "नमस्ते, आप कैसे हैं? मैं ठीक हूँ। धन्यवाद!"},
      {"ar", "مرحبا، كيف حالك؟ أنا بخير. شكرا!"},
      {"cmn-latn-pinyin", "今天天气真的很好啊，我们去公园吧。好吗？"},
  };
  for (const auto& [voice, text] : texts) {
    size_t dropped = 0;
    const SourcedText characters = cleaned_text(text, voice, dropped);
    const gst_tts::espeak::Manner manner{voice, 175, 50};
    const auto say = [&, name = voice](size_t begin, size_t end, bool pause) {
      size_t samples = 0;
      const auto count_samples = [&samples](gst_tts::espeak::ClauseSound&& piece) {
        samples += piece.samples.size();
        return true;
      };
      EXPECT_TRUE(library.set_voice(name));
      library.speak({encode(characters, begin, end), end - begin, pause}, manner, count_samples);
      return samples;
    };
    size_t sum = 0, count = 0;
    for (size_t begin = 0; begin < characters.size(); ++count) {
      const size_t end = clause_end(characters, begin);
      sum += say(begin, end,
                 end < characters.size() && gst_tts::espeak::ends_with_mark(characters, end));
      begin = std::min(end + 1, characters.size());
    }
    const size_t whole = say(0, characters.size(), false);
    EXPECT_GE(count, 2U) << text;
    EXPECT_NEAR(static_cast<double>(sum), static_cast<double>(whole),
                0.04 * static_cast<double>(whole))
        << text;
  }
}
