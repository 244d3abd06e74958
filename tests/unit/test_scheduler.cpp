// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/scheduler.h"

#include <gtest/gtest.h>

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/expect_error.h"
#include "tests/unit/heard_log.h"
#include "tests/unit/scripted_scheduler.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using SchedulerTest = ScriptedScheduler;

TEST_F(SchedulerTest, TakesWhatWaitsInOneBatch) {
  start(3);
  auto first = hold();
  std::vector<std::future<TranslationResult>> futures;
  for (int i = 0; i < 5; ++i)
    futures.push_back(scheduler_->submit(request("Number " + std::to_string(i))));
  EXPECT_EQ(scheduler_->stats().queued, 5U);
  release();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(futures[static_cast<size_t>(i)].get().translations[0].text,
              "Number " + std::to_string(i));
  EXPECT_EQ(script_.batches, (std::vector<size_t>{1, 3, 2}));
}

TEST_F(SchedulerTest, KeepsOtherSettingsForAnotherBatch) {
  start();
  auto first = hold();
  auto plain = request("One.");
  auto beams = request("Two.");
  beams.search.beams = 3;
  auto a = scheduler_->submit(plain);
  auto b = scheduler_->submit(beams);
  auto c = scheduler_->submit(plain);
  release();
  a.get(), b.get(), c.get();
  EXPECT_EQ(script_.batches, (std::vector<size_t>{1, 2, 1}));
}

TEST_F(SchedulerTest, PutsTheNearestDeadlineFirst) {
  start(1);
  auto first = hold();
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::string> order;
  std::mutex mutex;
  std::vector<std::future<TranslationResult>> futures;
  const std::pair<const char*, int> requests[] = {{"never", 0}, {"late", 9}, {"soon", 1}};
  for (const auto& [text, seconds] : requests) {
    auto wanted = request(text);
    if (seconds > 0) wanted.deadline = now + std::chrono::seconds(seconds);
    wanted.on_fragment = [&order, &mutex, name = std::string(text)](const Fragment&) {
      const std::lock_guard lock(mutex);
      order.push_back(name);
    };
    futures.push_back(scheduler_->submit(std::move(wanted)));
  }
  release();
  for (auto& future : futures)
    future.get();
  EXPECT_EQ(order, (std::vector<std::string>{"soon", "late", "never"}));
}

/// Texts that are submitted together are prepared by several threads.
TEST_F(SchedulerTest, AnswersManyInTheirOrder) {
  start();
  constexpr size_t refused = 17;
  std::vector<TranslationRequest> requests;
  for (size_t i = 0; i < 60; ++i)
    requests.push_back(request("Number " + std::to_string(i)));
  requests[refused].targets = {"nowhere"};
  auto futures = scheduler_->submit_all(std::move(requests));
  ASSERT_EQ(futures.size(), 60U);
  for (size_t i = 0; i < futures.size(); ++i) {
    if (i == refused)
      expect_error(Kind::Settings, "nowhere", [&] { futures[i].get(); });
    else
      EXPECT_EQ(futures[i].get().translations[0].text, "Number " + std::to_string(i));
  }
}

TEST_F(SchedulerTest, KeepsTheSmallestLimitOfABatch) {
  start();
  auto first = hold();
  std::vector<std::future<TranslationResult>> futures;
  for (const int most : {32, 32, 3, 32, 1, 32}) {
    auto wanted = request("Number " + std::to_string(most));
    wanted.batch_size = most;
    futures.push_back(scheduler_->submit(std::move(wanted)));
  }
  release();
  for (auto& future : futures)
    future.get();
  // Two and the one that takes no more than three, the other two of 32, the one that goes alone.
  EXPECT_EQ(script_.batches, (std::vector<size_t>{1, 3, 2, 1}));
  EXPECT_EQ(scheduler_->stats().batches, 4U);
}

TEST_F(SchedulerTest, PutsRequestsWithAndWithoutAShortlistInOneBatch) {
  start();
  auto first = hold();
  auto wanted = request("One.");
  wanted.shortlist = true;
  auto a = scheduler_->submit(wanted);
  auto b = scheduler_->submit(request("Two."));
  release();
  EXPECT_EQ(a.get().batch, 2);
  EXPECT_EQ(b.get().batch, 2);
}

/// Counts calls, and looks at the future in each.
class OnReady : public ScriptedScheduler {
 protected:
  TranslationRequest watched(const std::string& text) {
    auto wanted = request(text);
    wanted.on_ready = [this] {
      ++calls_;
      // No lock is held: the translator may be asked.
      if (scheduler_) (void)scheduler_->stats();
    };
    return wanted;
  }

  /// Waits for the future alone; then the call must have come, or come at once.
  void expect_one_call() {
    for (int i = 0; i < 5000 && calls_ == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    translate("Another one.");  // whatever would come, has come
    EXPECT_EQ(calls_, 1);
  }

  std::atomic<int> calls_{0};
};

TEST_F(OnReady, IsCalledWithAResult) {
  start();
  std::future<TranslationResult> future;
  std::promise<bool> was_ready;
  auto wanted = request("One is here. Two is there.");
  std::promise<void> known;
  wanted.on_ready = [&] {
    known.get_future().wait();
    was_ready.set_value(future.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  };
  future = scheduler_->submit(std::move(wanted));
  known.set_value();
  EXPECT_TRUE(was_ready.get_future().get());
  scheduler_->submit(watched("One is here. Two is there.")).get();
  expect_one_call();
}

TEST_F(OnReady, IsCalledForATextOfWhiteSpace) {
  start();
  auto future = scheduler_->submit(watched(" "));
  EXPECT_EQ(calls_, 1);
  future.get();
}

TEST_F(OnReady, IsCalledForARequestThatIsRefused) {
  start();
  auto wanted = watched("Hello.");
  wanted.targets = {"xyzzy"};
  auto future = scheduler_->submit(std::move(wanted));
  EXPECT_EQ(calls_, 1);
  expect_error(Kind::Settings, "xyzzy", [&] { future.get(); });
}

TEST_F(OnReady, IsCalledOnceForAFailureOfSeveralParts) {
  start(1);
  script_.fail = true;
  auto future = scheduler_->submit(watched("One is here. Two is there. Three is gone."));
  EXPECT_THROW(future.get(), Error);
  script_.fail = false;
  expect_one_call();
}

TEST_F(OnReady, IsCalledForWhatIsCancelled) {
  start();
  auto held = hold();
  auto wanted = watched("Not me.");
  wanted.cancel = std::make_shared<std::atomic<bool>>(true);
  auto future = scheduler_->submit(std::move(wanted));
  release();
  EXPECT_THROW(future.get(), Error);
  expect_one_call();
}

TEST_F(OnReady, IsCalledWhenTheTranslatorIsClosed) {
  start();
  script_.layers = 1000000;
  auto held = hold();
  auto wanted = request("Too late.");
  wanted.on_ready = [this] { ++calls_; };
  auto future = scheduler_->submit(std::move(wanted));
  release();
  scheduler_.reset();
  EXPECT_EQ(calls_, 1);
  EXPECT_THROW(future.get(), Error);
}

#if defined(__linux__)
TEST_F(SchedulerTest, NamesItsThread) {
  start();
  auto wanted = request("Hello.");
  std::promise<std::string> name;
  wanted.on_ready = [&] {
    std::string text(16, '\0');
    pthread_getname_np(pthread_self(), text.data(), text.size());
    name.set_value(text.c_str());
  };
  auto future = scheduler_->submit(std::move(wanted));
  EXPECT_EQ(name.get_future().get(), "lingua-engine");
  future.get();
}
#endif

TEST_F(SchedulerTest, TellsTheStoryOfARequest) {
  const HeardLog heard;
  start();
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  scheduler_->submit(request("Where is the station?", true)).get();
  scheduler_.reset();
  for (const char* part :
       {": 21 bytes of eng_Latn in 1 parts into 1 languages.",
        "A batch of 1 parts in 1 rows, 0 parts wait: that is all.",
        "eng_Latn: a guard found loop; it is tried again with 4 beams in 1 pieces.",
        "The batch is over: encoded in ",
        "eng_Latn: in the better of two attempts a guard finds nothing."})
    EXPECT_TRUE(heard.has(LogLevel::Debug, part)) << part << "\n" << heard.text();
  EXPECT_TRUE(heard.has(LogLevel::Trace, "A step of 2 tokens took ")) << heard.text();
}

TEST_F(SchedulerTest, SaysWhyARequestHasNoResult) {
  const HeardLog heard;
  start();
  auto cancelled = request("Not me.");
  cancelled.cancel = std::make_shared<std::atomic<bool>>(true);
  auto future = scheduler_->submit(std::move(cancelled));
  EXPECT_THROW(future.get(), Error);
  EXPECT_TRUE(heard.has(LogLevel::Debug, "The translation was cancelled.")) << heard.text();
  auto refused = request("Hello.");
  refused.search.beams = 0;
  EXPECT_THROW(scheduler_->submit(std::move(refused)).get(), Error);
  EXPECT_TRUE(heard.has(LogLevel::Info, "A request is refused: beams is 0")) << heard.text();
  script_.fail = true;
  EXPECT_THROW(translate("Hello."), Error);
  EXPECT_TRUE(heard.has(LogLevel::Warning, "The translation failed. (gone: frame #0, frame #1)"))
      << heard.text();
}

TEST_F(SchedulerTest, SurvivesAFailingNetwork) {
  start();
  script_.fail = true;
  try {
    translate("Hello.");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::Failed);
    EXPECT_STREQ(error.what(), "The translation failed.");
    EXPECT_EQ(error.detail(), "gone: frame #0, frame #1");
  }
  script_.fail = false;
  script_.fail_from = 0;
  expect_error(Kind::Memory, "smaller batch-size", [&] { translate("Hello."); });
  script_.fail_from = 1 << 30;
  EXPECT_EQ(translate("Hello."), "Hello.");
}

TEST_F(SchedulerTest, AnswersEverythingWhenItIsClosed) {
  start(1);
  // Long work: all of it together takes seconds.
  constexpr int texts = 100;
  auto endless = request("On and on.");
  endless.search.max_length = 65536;
  for (int i = 0; i < texts; ++i)
    script_.answers[i] = Ids(65536, 40);
  std::vector<std::future<TranslationResult>> futures;
  for (int i = 0; i < texts; ++i)
    futures.push_back(scheduler_->submit(endless));
  auto waiting = scheduler_->submit(request("Too late. Much too late."));
  scheduler_.reset();
  expect_error(Kind::Cancelled, "closed", [&] { waiting.get(); });
  for (auto& future : futures)
    EXPECT_NO_THROW(try { future.get(); } catch (const Error&){});
}

}  // namespace
}  // namespace gst_translate
