// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a request costs that nobody waits for any more.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/expect_error.h"
#include "tests/unit/scripted_scheduler.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using Cancellation = ScriptedScheduler;

TEST_F(Cancellation, GivesUpWhatIsCancelledAndNothingElse) {
  start();
  auto held = hold();
  auto wanted = request("Not me.");
  wanted.cancel = std::make_shared<std::atomic<bool>>(false);
  auto cancelled = scheduler_->submit(wanted);
  auto kept = scheduler_->submit(request("But me."));
  *wanted.cancel = true;
  release();
  expect_error(Kind::Cancelled, "cancelled", [&] { cancelled.get(); });
  EXPECT_EQ(kept.get().translations[0].text, "But me.");
  EXPECT_EQ(held.get().translations[0].text, "Hold.");
  EXPECT_EQ(scheduler_->stats().cancelled, 1U);
}

TEST_F(Cancellation, SpendsNothingOnWhatIsCancelledInTheQueue) {
  start();
  auto held = hold();
  auto wanted = request("Not me, not me, not me.");
  wanted.cancel = std::make_shared<std::atomic<bool>>(false);
  std::vector<std::future<TranslationResult>> cancelled;
  for (int i = 0; i < 64; ++i)
    cancelled.push_back(scheduler_->submit(wanted));
  auto kept = scheduler_->submit(request("But me."));
  *wanted.cancel = true;
  release();
  EXPECT_EQ(kept.get().translations[0].text, "But me.");
  for (auto& future : cancelled)
    expect_error(Kind::Cancelled, "cancelled", [&] { future.get(); });
  held.get();
  EXPECT_EQ(script_.batches, (std::vector<size_t>{1, 1}));
  const Stats stats = scheduler_->stats();
  EXPECT_EQ(stats.batches, 2U);
  EXPECT_EQ(stats.cancelled, 64U);
  EXPECT_EQ(stats.queued, 0U);
}

TEST_F(Cancellation, LeavesOutOfTheFirstStepWhatWasCancelledMeanwhile) {
  start();
  script_.open = false;
  auto wanted = request("Not me.");
  wanted.cancel = std::make_shared<std::atomic<bool>>(false);
  std::vector<TranslationRequest> both = {wanted, request("But me.")};
  auto futures = scheduler_->submit_all(std::move(both));
  {
    std::unique_lock lock(script_.mutex);
    script_.changed.wait(lock, [this] { return !script_.batches.empty(); });
  }
  *wanted.cancel = true;
  release();
  EXPECT_EQ(futures[1].get().translations[0].text, "But me.");
  expect_error(Kind::Cancelled, "cancelled", [&] { futures[0].get(); });
  EXPECT_EQ(script_.batches, (std::vector<size_t>{2}));
  EXPECT_EQ(*std::max_element(script_.steps.begin(), script_.steps.end()), 1U);
}

/// An encoder that would work for seconds.
class LongEncoder : public ScriptedScheduler {
 protected:
  void begin(bool cancel_both) {
    start();
    script_.layers = 3000;
    for (int i = 0; i < 2; ++i) {
      auto wanted = request("On and on.");
      if (i == 0 || cancel_both) wanted.cancel = flag_;
      futures_.push_back(scheduler_->submit(std::move(wanted)));
    }
    while (script_.layers_run < 3)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  CancelFlag flag_ = std::make_shared<std::atomic<bool>>(false);
  std::vector<std::future<TranslationResult>> futures_;
};

TEST_F(LongEncoder, IsInterruptedWhenNobodyWaits) {
  begin(true);
  *flag_ = true;
  for (auto& future : futures_)
    expect_error(Kind::Cancelled, "cancelled", [&] { future.get(); });
  EXPECT_LT(script_.layers_run, script_.layers / 2);
  script_.layers = 0;
  EXPECT_EQ(translate("Hello."), "Hello.");
}

TEST_F(LongEncoder, GoesOnWhileSomebodyWaits) {
  script_.layers = 50;
  start();
  auto wanted = request("Not me.");
  wanted.cancel = flag_;
  std::vector<TranslationRequest> both = {wanted, request("But me.")};
  auto futures = scheduler_->submit_all(std::move(both));
  while (script_.layers_run < 3)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  *flag_ = true;
  EXPECT_EQ(futures[1].get().translations[0].text, "But me.");
  EXPECT_EQ(script_.layers_run, script_.layers);
}

TEST_F(LongEncoder, IsInterruptedWhenTheTranslatorIsClosed) {
  begin(false);
  scheduler_.reset();
  for (auto& future : futures_)
    expect_error(Kind::Cancelled, "closed", [&] { future.get(); });
  EXPECT_LT(script_.layers_run, script_.layers / 2);
}

}  // namespace
}  // namespace gst_translate
