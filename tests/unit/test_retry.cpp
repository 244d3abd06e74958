// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The second attempt, where a guard found a flaw.

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "tests/unit/expect_error.h"
#include "tests/unit/scripted_scheduler.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using Retry = ScriptedScheduler;

TEST_F(Retry, TriesAFlawedTranslationOnceMore) {
  start();
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  const auto translation =
      scheduler_->submit(request("Where is the station?", true)).get().translations[0];
  EXPECT_EQ(translation.flaws, Flaw::None);
  EXPECT_EQ(translation.text, "Where is the station?");
  EXPECT_TRUE(translation.retried);
  EXPECT_EQ(scheduler_->stats().retried, 1U);
  EXPECT_EQ(script_.beams, (std::vector<int>{1, 8}));
}

TEST_F(Retry, KeepsTheFirstWhereTheSecondIsNoBetter) {
  start();
  Ids loop(40, 50);
  loop.push_back(2);
  script_.answers[0] = script_.answers[1] = loop;
  const auto translation = scheduler_->submit(request("Hello there.", true)).get().translations[0];
  EXPECT_TRUE(translation.flaws & Flaw::Loop);
  EXPECT_TRUE(translation.retried);
  EXPECT_EQ(script_.decoders, 2);
}

TEST_F(Retry, KeepsEveryFirstTranslationWhereTheSecondAttemptsFail) {
  start();
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  script_.fail_from = 1;
  const auto result = scheduler_->submit(request("Hello there. Good night.", true)).get();
  EXPECT_EQ(script_.batches[0], 2U);
  EXPECT_TRUE(result.translations[0].flaws & Flaw::Loop);
  EXPECT_EQ(result.translations[0].ids.size(), 2 * 43U);
}

TEST_F(Retry, LosesNothingWhereTheTextIsTruncated) {
  start();
  // The first decoder never ends; its parts are translated again.
  script_.answers[0] = Ids(300, 50);
  std::string text = "It was cold, and the wind blew, and nobody came to the door";
  auto wanted = request(text, true);
  wanted.search.max_length = 60;
  const auto translation = scheduler_->submit(wanted).get().translations[0];
  EXPECT_TRUE(translation.retried);
  EXPECT_EQ(translation.flaws, Flaw::None);
  EXPECT_EQ(translation.text, text);
}

TEST_F(Retry, GoesAroundWhatTheModelDoesNotKeep) {
  for (const bool guards : {false, true}) {
    start();
    // The first answer says something else.
    script_.decoders = 0;
    script_.answers[0] = ids_of("Something else is here.");
    const auto translation =
        scheduler_->submit(request("Please open report.pdf and read 12.5 kg of it.", guards))
            .get()
            .translations[0];
    EXPECT_EQ(translation.text, "Please open report.pdf and read 12.5 kg of it.");
    EXPECT_TRUE(translation.retried);
    EXPECT_EQ(translation.flaws, Flaw::None);
    EXPECT_EQ(script_.batches.back(), 3U) << "three pieces between what is kept";
    script_.batches.clear();
  }
  // What cannot be tried again says what is wrong with it.
  script_.decoders = 0;
  script_.fail_from = 1;
  const auto first = scheduler_->submit(request("Please open report.pdf.")).get().translations[0];
  EXPECT_EQ(first.text, "Something else is here.");
  EXPECT_EQ(first.flaws, Flaw::Altered);
}

TEST_F(Retry, QueuesSecondAttemptsTogether) {
  start();
  auto first = hold();
  std::vector<std::future<TranslationResult>> futures;
  for (int i = 0; i < 3; ++i)
    futures.push_back(scheduler_->submit(request("Hello there.", true)));
  auto plain = scheduler_->submit(request("Good night."));
  script_.answers[1] = Ids(40, 50);
  script_.answers[1].push_back(2);
  release();
  for (auto& future : futures) {
    const auto translation = future.get().translations[0];
    EXPECT_TRUE(translation.retried);
    EXPECT_EQ(translation.text, "Hello there.");
  }
  plain.get();
  EXPECT_EQ(script_.batches, (std::vector<size_t>{1, 4, 3}));
  EXPECT_EQ(scheduler_->stats().retried, 3U);
}

TEST_F(Retry, PutsASecondAttemptWhereItsDeadlineIs) {
  start(1);
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::string> order;
  std::mutex mutex;
  const auto wanted = [&](const std::string& text, bool guards, int seconds) {
    auto result = request(text, guards);
    result.deadline = now + std::chrono::seconds(seconds);
    result.on_ready = [&order, &mutex, text] {
      const std::lock_guard lock(mutex);
      order.push_back(text);
    };
    return result;
  };
  script_.open = false;
  auto flawed = scheduler_->submit(wanted("Where is the station?", true, 60));
  {
    std::unique_lock lock(script_.mutex);
    script_.changed.wait(lock, [this] { return !script_.batches.empty(); });
  }
  auto urgent = scheduler_->submit(wanted("Urgent.", false, 1));
  auto later = scheduler_->submit(wanted("Later.", false, 90));
  release();
  urgent.get(), later.get();
  EXPECT_TRUE(flawed.get().translations[0].retried);
  scheduler_.reset();
  EXPECT_EQ(order, (std::vector<std::string>{"Urgent.", "Where is the station?", "Later."}));
}

TEST_F(Retry, GivesUpASecondAttemptThatIsCancelled) {
  start();
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  auto wanted = request("Where is the station?", true);
  wanted.cancel = std::make_shared<std::atomic<bool>>(false);
  // Cancelled once its first attempt is found: then the row behind it is found, too.
  auto other = request("Hello.");
  other.on_ready = [flag = wanted.cancel] { *flag = true; };
  std::vector<TranslationRequest> both = {wanted, other};
  auto futures = scheduler_->submit_all(std::move(both));
  futures[1].get();
  expect_error(Kind::Cancelled, "cancelled", [&] { futures[0].get(); });
  EXPECT_EQ(script_.batches, (std::vector<size_t>{2}));
  EXPECT_EQ(scheduler_->stats().retried, 0U);
}

}  // namespace
}  // namespace gst_translate
