// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include "gst-tts/timing/fit.h"
#include "tests/unit/tts_speech.h"

using gst_tts::Error;
using gst_tts::fit_to_slot;
using gst_tts::FittedSpeech;
using gst_tts::open_synthesizer;

namespace {

const std::pair<const char*, const char*> texts[] = {
    {"The meeting starts at nine, please bring the report with you.", "en"},
    {"Die Sitzung beginnt um neun Uhr, bitte bringen Sie den Bericht mit.", "de"},
    {"かいぎは 9じに はじまりますので、ほうこくしょを もってきて ください。", "ja"},
};

int64_t natural_length(const char* text, const char* language) {
  return open_synthesizer()->prepare(request(text, language))->duration().samples;
}

/// An engine that is exactly as long as it is asked to be, or stubborn.
class Metronome final : public gst_tts::Synthesizer {
 public:
  explicit Metronome(double fastest) : fastest_(fastest) {}
  int sample_rate() const override { return 1000; }
  std::vector<gst_tts::Voice> voices() const override { return {}; }
  std::string voice_for(const gst_tts::SpeechRequest&) const override { return "tick"; }
  std::string reading(const gst_tts::SpeechRequest& asked) override { return asked.text; }
  std::unique_ptr<gst_tts::Utterance> prepare(const gst_tts::SpeechRequest& asked) override {
    ++spoken;
    const double pace = std::min(asked.rate, fastest_);
    auto tick = std::make_unique<Tick>(static_cast<int64_t>(natural / pace), &made);
    if (loses) tick->lost.emplace_back(gst_tts::Error::Kind::Failed, "It crashed.");
    return tick;
  }
  double natural = 10000;  ///< samples
  int spoken = 0;
  int64_t made = 0;
  bool loses = false;

 private:
  struct Tick final : gst_tts::Utterance {
    Tick(int64_t samples, int64_t* all) : length(samples), made(all) {}
    gst_tts::SpeechDuration duration_up_to(int64_t samples) override {
      *made += std::min(samples, length);
      return {length, length <= samples};
    }
    bool next(gst_tts::AudioChunk&) override { return false; }
    size_t dropped_characters() const override { return 0; }
    const std::vector<gst_tts::Error>& losses() const override { return lost; }
    int64_t length;
    int64_t* made;
    std::vector<gst_tts::Error> lost;
  };
  double fastest_;
};

}  // namespace

TEST(Fit, WhatTheEngineLosesIsNotAskedOfItAgain) {
  Metronome metronome(4);
  metronome.loses = true;
  const auto speech = gst_tts::fit_to_slot(metronome, request("tick"), 7000);
  EXPECT_EQ(metronome.spoken, 1);
  EXPECT_EQ(speech.utterance->losses().size(), 1U);
  EXPECT_FALSE(speech.fits);
}

TEST(Fit, WhatIsFarTooLongIsNotSpokenToItsEndFirst) {
  Metronome metronome(4);
  metronome.natural = 1e9;
  const auto speech = gst_tts::fit_to_slot(metronome, request("tick"), 5000, 1.5);
  EXPECT_FALSE(speech.fits);
  EXPECT_NEAR(speech.compression, 1.5, 0.05);
  EXPECT_LE(speech.compression, 1.5);
  EXPECT_LT(metronome.made, 300000) << "some minutes at most";
  // What may fit is spoken as a whole, however long it is.
  metronome.natural = 1e6;
  EXPECT_TRUE(gst_tts::fit_to_slot(metronome, request("tick"), 800000, 1.5).fits);
}

TEST(Fit, ReachesTheSlotWithinTwoPercent) {
  const auto synthesizer = open_synthesizer();
  for (const auto& [text, language] : texts) {
    auto asked = request(text, language);
    asked.pauses = false;
    const auto natural = static_cast<double>(synthesizer->prepare(asked)->duration().samples);
    for (const double part : {0.95, 0.85, 0.75, 0.7}) {
      const auto slot = static_cast<int64_t>(natural * part);
      const FittedSpeech speech = fit_to_slot(*synthesizer, asked, slot);
      EXPECT_TRUE(speech.fits) << text << part;
      EXPECT_LE(speech.duration.samples, slot) << text << part;
      EXPECT_GE(static_cast<double>(speech.duration.samples), 0.97 * static_cast<double>(slot))
          << text << part;
      EXPECT_LE(speech.passes, 7);
      EXPECT_GT(speech.rate, 1);
      EXPECT_NEAR(speech.compression, 1 / part, 0.06);
      EXPECT_EQ(static_cast<int64_t>(drain(*speech.utterance).samples.size()),
                speech.duration.samples)
          << "all of it is still to come";
    }
  }
}

TEST(Fit, NeverStretches) {
  const auto [text, language] = texts[0];
  const int64_t natural = natural_length(text, language);
  const FittedSpeech speech =
      fit_to_slot(*open_synthesizer(), request(text, language), natural * 3);
  EXPECT_TRUE(speech.fits);
  EXPECT_EQ(speech.passes, 1);
  EXPECT_EQ(speech.rate, 1);
  EXPECT_EQ(speech.compression, 1);
  EXPECT_NEAR(static_cast<double>(speech.duration.samples), static_cast<double>(natural),
              0.012 * static_cast<double>(natural));
}

TEST(Fit, CompressesNoMoreThanAllowed) {
  const auto [text, language] = texts[0];
  const auto natural = static_cast<double>(natural_length(text, language));
  for (const int64_t slot : {static_cast<int64_t>(natural / 4), int64_t{0}}) {
    const FittedSpeech speech =
        fit_to_slot(*open_synthesizer(), request(text, language), slot, 1.3);
    EXPECT_FALSE(speech.fits);
    EXPECT_NEAR(speech.compression, 1.3, 0.04);
    EXPECT_GT(speech.duration.samples, slot);
  }
  const FittedSpeech unchanged = fit_to_slot(*open_synthesizer(), request(text, language), 1000, 1);
  EXPECT_FALSE(unchanged.fits);
  EXPECT_NEAR(unchanged.compression, 1, 0.03);
}

TEST(Fit, NeverCompressesMoreThanAllowed) {
  // The shorter, the more a word's length jumps from one rate to the next.
  for (const char* text : {"No.", "Yes.", "Why?", "A cat.", "Go on, please."})
    for (const double most : {1.1, 1.35, 2.0}) {
      const FittedSpeech speech = fit_to_slot(*open_synthesizer(), request(text), 22050 / 10, most);
      EXPECT_LE(speech.compression, most) << text << ' ' << most;
      EXPECT_GE(speech.compression, 1) << text << ' ' << most;
    }
}

TEST(Fit, StartsFromTheRequestedRate) {
  auto asked = request(texts[0].first, texts[0].second);
  asked.rate = 1.5;
  const int64_t natural = open_synthesizer()->prepare(asked)->duration().samples;
  const FittedSpeech speech = fit_to_slot(*open_synthesizer(), asked, natural * 9 / 10);
  EXPECT_TRUE(speech.fits);
  EXPECT_GT(speech.rate, 1.5);
  EXPECT_LT(speech.rate, 2);
}

TEST(Fit, NeedsNoMorePassesThanItSays) {
  Metronome exact(100);
  const FittedSpeech speech = fit_to_slot(exact, request("x"), 8000);
  EXPECT_TRUE(speech.fits);
  EXPECT_EQ(speech.passes, 2) << "an engine that keeps its rate needs no correction";
  EXPECT_EQ(exact.spoken, 2);

  Metronome stubborn(1.1);
  const FittedSpeech slow = fit_to_slot(stubborn, request("x"), 8000);
  EXPECT_FALSE(slow.fits);
  EXPECT_EQ(slow.duration.samples, 9090);
  EXPECT_EQ(stubborn.spoken, 7);
}

TEST(Fit, PausesGoFirst) {
  const auto synthesizer = open_synthesizer();
  const auto asked = request("Drive slowly, please. They are right behind us.");
  const int64_t natural = synthesizer->prepare(asked)->duration().samples;
  auto hurried = asked;
  hurried.pauses = false;
  const int64_t without = synthesizer->prepare(hurried)->duration().samples;
  ASSERT_LT(without, natural - 22050 / 20) << "there was a pause";

  const FittedSpeech enough = fit_to_slot(*synthesizer, asked, without + 100);
  EXPECT_TRUE(enough.fits);
  EXPECT_FALSE(enough.pauses);
  EXPECT_EQ(enough.rate, 1);
  EXPECT_EQ(enough.compression, 1);
  EXPECT_EQ(enough.duration.samples, without);

  const FittedSpeech faster = fit_to_slot(*synthesizer, asked, without * 4 / 5);
  EXPECT_TRUE(faster.fits);
  EXPECT_FALSE(faster.pauses);
  EXPECT_NEAR(faster.compression, 1.25, 0.04) << "of the words";

  EXPECT_TRUE(fit_to_slot(*synthesizer, asked, natural).pauses);
}

TEST(Fit, APauseBehindAShortClauseGoesToo) {
  const auto synthesizer = open_synthesizer();
  for (const auto& [text, language] :
       {std::pair("Well, I suppose so.", "en"), std::pair("ヨン、ワタシヲ ヨンデ", "ja")}) {
    const auto asked = request(text, language);
    const int64_t natural = synthesizer->prepare(asked)->duration().samples;
    const FittedSpeech speech = fit_to_slot(*synthesizer, asked, natural - 22050 / 20);
    EXPECT_FALSE(speech.pauses) << text;
    EXPECT_EQ(speech.rate, 1) << text;
    EXPECT_TRUE(speech.fits) << text;
  }
}

TEST(Fit, ComesNearTheBoundThoughSomeRatesGoBeyondIt) {
  // Where the engine's lengths jump, what lies between two rates is looked for.
  const auto asked = request("男性が2人あった。彼らのうち1つは銃を持っていた。", "ja");
  for (const double most : {1.2, 1.25, 1.3, 1.35, 1.4}) {
    const FittedSpeech speech = fit_to_slot(*open_synthesizer(), asked, 22050, most);
    EXPECT_LE(speech.compression, most);
    EXPECT_GE(speech.compression, most * 0.97);
  }
  const FittedSpeech speech = fit_to_slot(*open_synthesizer(), asked, 22050 * 2667 / 1000, 1.35);
  EXPECT_GE(speech.compression, 1.25);
}

TEST(Fit, ASlotThatNeedsNearlyTheBoundIsFilled) {
  const auto synthesizer = open_synthesizer();
  for (const auto& [text, language] : texts) {
    auto asked = request(text, language);
    asked.pauses = false;
    const auto natural = static_cast<double>(synthesizer->prepare(asked)->duration().samples);
    for (const double needed : {1.485, 1.49, 1.495, 1.5}) {
      const auto slot = static_cast<int64_t>(natural / needed);
      const FittedSpeech speech = fit_to_slot(*synthesizer, asked, slot, 1.5);
      EXPECT_GT(speech.compression, 1.45) << text << needed;
      EXPECT_LE(speech.compression, 1.5) << text << needed;
    }
  }
}

TEST(Fit, EmptyTextFitsEverywhere) {
  const FittedSpeech speech = fit_to_slot(*open_synthesizer(), request(""), 0);
  EXPECT_TRUE(speech.fits);
  EXPECT_EQ(speech.duration.samples, 0);
}

TEST(Fit, SettingsThatMakeNoSenseAreErrors) {
  const auto synthesizer = open_synthesizer();
  EXPECT_EQ(error_of([&] { fit_to_slot(*synthesizer, request("x"), -1); }).first,
            Error::Kind::Settings);
  EXPECT_EQ(error_of([&] { fit_to_slot(*synthesizer, request("x"), 1, 0.9); }).first,
            Error::Kind::Settings);
}
