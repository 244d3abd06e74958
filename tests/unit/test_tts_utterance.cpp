// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What an utterance makes of pieces of sound and of the words in them, with a speaker whose pieces
// and events the test sets.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gst-tts/espeak/utterance.h"

using namespace gst_tts;
using namespace gst_tts::espeak;

namespace {

constexpr int rate = 22050;
constexpr int64_t chunk = rate / 50;

/// Says one clause in these pieces, and counts how many were asked for.
class ScriptedEspeak final : public Espeak {
 public:
  explicit ScriptedEspeak(std::vector<ClauseSound> pieces) : pieces_(std::move(pieces)) {}

  int sample_rate() const override { return rate; }
  std::string version() const override { return "of a test"; }
  bool has_voice(const std::string&) override { return true; }

  std::unique_ptr<Speaker> speaker(const Manner&) override {
    return std::make_unique<ScriptedSpeaker>(*this);
  }

  size_t asked_for() const { return next_; }

 private:
  class ScriptedSpeaker final : public Speaker {
   public:
    explicit ScriptedSpeaker(ScriptedEspeak& script) : script_(script) {}
    void begin(const Clause&) override {}
    bool next(ClauseSound& piece, const std::atomic<bool>*) override {
      if (script_.next_ == script_.pieces_.size()) return false;
      piece = script_.pieces_[script_.next_++];
      return true;
    }
    std::string phonemes(const std::string&) override { return {}; }

   private:
    ScriptedEspeak& script_;
  };

  std::vector<ClauseSound> pieces_;
  size_t next_ = 0;
};

std::vector<int16_t> loud(int64_t samples) {
  return std::vector<int16_t>(static_cast<size_t>(samples), 1000);
}

/// Says what has no "CRASH" in it, with an event at its beginning; else it crashes at that word,
/// whose event it tells.
class CrashingEspeak final : public Espeak {
 public:
  int sample_rate() const override { return rate; }
  std::string version() const override { return "of a test"; }
  bool has_voice(const std::string&) override { return true; }
  std::unique_ptr<Speaker> speaker(const Manner&) override {
    return std::make_unique<CrashingSpeaker>(said);
  }

  std::vector<std::string> said;

 private:
  class CrashingSpeaker final : public Speaker {
   public:
    explicit CrashingSpeaker(std::vector<std::string>& said) : said_(said) {}
    void begin(const Clause& clause) override {
      said_.push_back(clause.text);
      told_ = false;
    }
    bool next(ClauseSound& piece, const std::atomic<bool>*) override {
      const size_t crash = said_.back().find("CRASH");
      const bool crashes = crash != std::string::npos;
      if (told_ && crashes) throw ClauseLost("It crashed.", true);
      if (told_) return false;
      piece = crashes ? ClauseSound{{}, {{crash, 0}}} : ClauseSound{loud(10 * chunk), {{0, 0}}};
      told_ = true;
      return true;
    }
    std::string phonemes(const std::string&) override { return {}; }

   private:
    std::vector<std::string>& said_;
    bool told_ = false;
  };
};

EspeakUtterance utterance_of(const std::shared_ptr<Espeak>& espeak, const std::string& text) {
  return EspeakUtterance(espeak, {"a voice"}, decode(text), {}, 0, {});
}

/// So many pieces, each with those of the events that are in it.
std::vector<ClauseSound> pieces_of(int64_t count, const std::vector<TextEvent>& events) {
  std::vector<ClauseSound> pieces;
  for (int64_t i = 0; i < count; ++i) {
    ClauseSound piece{loud(chunk), {}};
    for (const TextEvent& event : events)
      if (event.sample / chunk == i) piece.events.push_back(event);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

/// The words of all chunks, each of which must be in the chunk in which it begins.
std::vector<SpokenWord> words_of(std::vector<ClauseSound> pieces, const std::string& text) {
  auto utterance = utterance_of(std::make_shared<ScriptedEspeak>(std::move(pieces)), text);
  std::vector<SpokenWord> words;
  int64_t begin = 0;
  for (AudioChunk sound; utterance.next(sound);) {
    const int64_t end = begin + static_cast<int64_t>(sound.samples.size());
    for (const SpokenWord& word : sound.words) {
      EXPECT_GE(word.sample, begin) << text;
      EXPECT_LE(word.sample, end) << text;
      words.push_back(word);
    }
    begin = end;
  }
  return words;
}

}  // namespace

TEST(Utterance, ALongFirstWordDoesNotHoldBackItsSound) {
  // The second word is half of the text, and sounds after a second.
  const auto espeak = std::make_shared<ScriptedEspeak>(pieces_of(100, {{0, 0}, {22, 50 * chunk}}));
  auto utterance = utterance_of(espeak, "Donaudampfschifffahrts gesellschaftskapitaens");
  AudioChunk sound;
  ASSERT_TRUE(utterance.next(sound));
  EXPECT_EQ(static_cast<int64_t>(sound.samples.size()), chunk);
  EXPECT_LE(espeak->asked_for(), 4U);
}

TEST(Utterance, TheLastWordsSoundIsThereAsItIsMade) {
  const auto espeak = std::make_shared<ScriptedEspeak>(pieces_of(100, {{0, 0}}));
  auto utterance = utterance_of(espeak, "Donaudampfschifffahrtsgesellschaftskapitaen");
  AudioChunk sound;
  ASSERT_TRUE(utterance.next(sound));
  EXPECT_LE(espeak->asked_for(), 2U);
}

TEST(Utterance, WordsAreWhereTheyWouldBeIfAllWasHeardBefore) {
  std::mt19937 random(7);
  const auto up_to = [&random](int most) {
    return std::uniform_int_distribution<int>(0, most)(random);
  };
  for (int i = 0; i < 300; ++i) {
    std::string text;
    std::vector<size_t> begins;
    for (int word = 0, words = 1 + up_to(7); word < words; ++word) {
      begins.push_back(text.size());
      text += std::string(static_cast<size_t>(1 + up_to(14)), 'a') + " ";
    }
    text.pop_back();
    const int64_t count = 2 + up_to(60);
    // Some words have no event, some events are not where a word begins.
    std::vector<TextEvent> events;
    int64_t sample = 0;
    for (const size_t begin : begins) {
      if (up_to(2) == 0) continue;
      events.push_back({begin + static_cast<size_t>(up_to(1)), sample});
      sample = std::min(sample + up_to(20 * chunk), count * chunk - 1);
    }
    ClauseSound all{loud(count * chunk), events};
    const std::vector<SpokenWord> expected = words_of({all}, text);
    const std::vector<SpokenWord> words = words_of(pieces_of(count, events), text);
    ASSERT_EQ(words.size(), expected.size()) << text;
    ASSERT_EQ(words.size(), begins.size()) << text;
    for (size_t w = 0; w < words.size(); ++w) {
      EXPECT_EQ(words[w].sample, expected[w].sample) << text << ", word " << w;
      EXPECT_EQ(words[w].offset, begins[w]) << text;
    }
  }
}

TEST(Utterance, WhatIsSaidAgainAfterACrashKnowsNothingOfItsEvents) {
  auto utterance = utterance_of(std::make_shared<CrashingEspeak>(), "one two CRASH and four");
  std::vector<SpokenWord> words;
  for (AudioChunk sound; utterance.next(sound);)
    words.insert(words.end(), sound.words.begin(), sound.words.end());
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(words[0].sample, 0);
  EXPECT_GT(words[1].sample, chunk) << "it does not begin with the first";
  EXPECT_GE(words[3].sample, 10 * chunk) << "behind what was lost";
}

TEST(Utterance, ManyCrashesCostFewAttempts) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "CRASH ";
  const auto espeak = std::make_shared<CrashingEspeak>();
  auto utterance = utterance_of(espeak, text + "and so on");
  for (AudioChunk sound; utterance.next(sound);) {
  }
  EXPECT_LT(espeak->said.size(), 300U);
  EXPECT_EQ(utterance.losses().front().what(), std::string("It crashed."));
  EXPECT_GE(utterance.dropped_characters(), 5000U);
}
