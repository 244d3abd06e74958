// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What becomes of a text on its way through the scheduler: parts, fragments, what no model is asked
// about.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/scripted_scheduler.h"

namespace gst_translate {
namespace {

using ScheduledTexts = ScriptedScheduler;

TEST_F(ScheduledTexts, TranslatesSentenceBySentenceAndJoinsThem) {
  start();
  EXPECT_EQ(translate("One is here. Two is there.\nThree is gone."),
            "One is here. Two is there.\nThree is gone.");
  EXPECT_EQ(script_.batches, (std::vector<size_t>{3}));
  auto whole = request("One is here. Two is there.");
  whole.split = false;
  scheduler_->submit(whole).get();
  EXPECT_EQ(script_.batches.back(), 1U);
}

TEST_F(ScheduledTexts, KeepsUnknownCharactersWhereAsked) {
  start();
  const std::string text = "We saw 𓃠 there. 😀 And the rain, of course, has stopped!";
  EXPECT_EQ(translate("We saw 𓃠 there."), "We saw  there.");
  auto wanted = request(text);
  wanted.keep_unknown = true;
  const auto kept = scheduler_->submit(wanted).get();
  EXPECT_EQ(kept.translations[0].text, text);
  EXPECT_EQ(kept.translations[0].ids, scheduler_->submit(request(text)).get().translations[0].ids);
  std::string fragments;
  wanted.on_fragment = [&](const Fragment& fragment) { fragments += fragment.text; };
  scheduler_->submit(wanted).get();
  EXPECT_EQ(fragments, text);
}

TEST_F(ScheduledTexts, CutsWhatIsTooLongForATranslation) {
  start();
  std::string text = "We saw";
  for (int i = 0; i < 120; ++i)
    text += " a red house, a blue door,";
  text += " and a dog.";
  const auto result = scheduler_->submit(request(text)).get();
  EXPECT_GT(script_.batches[0], 3U);
  EXPECT_EQ(result.translations[0].text, text);
  EXPECT_EQ(result.translations[0].flaws, Flaw::None);
}

TEST_F(ScheduledTexts, EndsTheFragmentsOfATextOfWhiteSpace) {
  start();
  auto wanted = request(" \n");
  wanted.targets = {"en", "de"};
  std::vector<size_t> ended;
  wanted.on_fragment = [&](const Fragment& fragment) {
    EXPECT_EQ(fragment.text, "");
    if (fragment.last) ended.push_back(fragment.target);
  };
  EXPECT_EQ(scheduler_->submit(std::move(wanted)).get().translations[1].text, "");
  EXPECT_EQ(ended, (std::vector<size_t>{0, 1}));
}

TEST_F(ScheduledTexts, HandsOutClausesThatMakeUpTheWhole) {
  start();
  std::vector<std::string> fragments;
  bool last = false;
  auto wanted = request("When it rains, we stay at home, of course. Then, at night, we sleep.");
  wanted.on_fragment = [&](const Fragment& fragment) {
    EXPECT_FALSE(last);
    fragments.emplace_back(fragment.text);
    last = fragment.last;
  };
  const std::string whole = scheduler_->submit(std::move(wanted)).get().translations[0].text;
  EXPECT_TRUE(last);
  EXPECT_GE(fragments.size(), 5U);
  EXPECT_EQ(fragments[0], "When it rains, ");
  std::string joined;
  for (const auto& fragment : fragments)
    joined += fragment;
  EXPECT_EQ(joined, whole);
}

TEST_F(ScheduledTexts, LetsPassWhatHasNoLetters) {
  start();
  for (const char* text : {"...", "♪", "[...]", "\u200B", " 10:30 ", "12.5 %", "1. 2. 3.\n4!", "🐶🐶",
                           "https://example.com", "@maria #love 5 kg"})
    EXPECT_EQ(translate(text), text);
  EXPECT_TRUE(script_.batches.empty()) << "nothing reached the model";
  EXPECT_EQ(scheduler_->stats().sentences, 0U);
  // Among others, too.
  EXPECT_EQ(translate("One is here.\n\n♪ ♪ ♪\n\n...\n\nTwo is there."),
            "One is here.\n\n♪ ♪ ♪\n\n...\n\nTwo is there.");
  EXPECT_EQ(script_.batches, (std::vector<size_t>{2}));
  auto whole = request("...");
  whole.split = false;
  scheduler_->submit(whole).get();
  EXPECT_EQ(script_.batches.size(), 2U) << "what goes in as it is always does";
}

TEST_F(ScheduledTexts, HandsOutFragmentsOfWhatHasNoLetters) {
  start();
  auto wanted = request("...");
  std::string fragments;
  int last = 0, ready = 0;
  wanted.on_fragment = [&](const Fragment& fragment) {
    fragments += fragment.text;
    last += fragment.last ? 1 : 0;
  };
  wanted.on_ready = [&] { ++ready; };
  EXPECT_EQ(scheduler_->submit(wanted).get().translations[0].text, "...");
  EXPECT_EQ(fragments, "...");
  EXPECT_EQ(last, 1);
  EXPECT_EQ(ready, 1);
  fragments.clear();
  wanted.text = "12:30\n\nOne, two and three. @maria, 5 kg! Four, five.";
  const auto result = scheduler_->submit(wanted).get();
  EXPECT_EQ(fragments, result.translations[0].text);
  EXPECT_EQ(fragments, wanted.text);
}

TEST_F(ScheduledTexts, CutsATextThatIsTooLongAroundWhatIsKept) {
  start();
  std::string text = "We saw";
  for (int i = 0; i < 60; ++i)
    text += " a house, https://example.com/" + std::string(40, 'a') + ", a door,";
  text += " and a dog.";
  EXPECT_EQ(translate(text), text);
  EXPECT_EQ(scheduler_->stats().retried, 0U);
}

TEST_F(ScheduledTexts, GivesCapitalsBack) {
  start();
  EXPECT_EQ(translate("WHERE ARE YOU? STOP! GO TO https://example.com NOW."),
            "WHERE ARE YOU? STOP! GO TO https://example.com NOW.");
  auto plain = request("WHERE ARE YOU?");
  const auto ids = scheduler_->submit(plain).get().source_ids;
  EXPECT_EQ(ids, scheduler_->submit(request("Where are you?")).get().source_ids);
  plain.prepare = false;
  EXPECT_NE(scheduler_->submit(plain).get().source_ids, ids);
}

TEST_F(ScheduledTexts, TakesSymbolsOutBeforeTheModel) {
  start();
  const auto bare = scheduler_->submit(request("I love dogs")).get();
  for (const bool keep : {false, true})
    for (const char* text : {"I love dogs 🐶", "🐶 I love dogs", "I 🐶 love dogs"}) {
      auto wanted = request(text);
      wanted.keep_unknown = keep;
      const auto result = scheduler_->submit(wanted).get();
      EXPECT_EQ(result.source_ids, bare.source_ids);
      EXPECT_EQ(result.translations[0].ids, bare.translations[0].ids);
      EXPECT_EQ(result.translations[0].text, keep ? text : "I love dogs");
    }
}

}  // namespace
}  // namespace gst_translate
