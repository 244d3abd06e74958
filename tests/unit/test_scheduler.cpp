// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/scheduler.h"

#include <gtest/gtest.h>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"
#include "tests/unit/heard_log.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using Ids = std::vector<int32_t>;

/// A network that says what a test wants it to: the words of the source, or a script.
struct Script {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;             // false: encode() waits, so that requests gather
  std::vector<size_t> batches;  // sentences of each encode()
  std::vector<int> beams;       // candidates of each first step
  std::map<int, Ids> answers;   // of the n-th decoder; else the source comes back
  int decoders = 0;
  bool fail = false;
  int fail_from = 1 << 30;    // the n-th decoder and those after it cannot be had
  std::vector<size_t> steps;  // rows of each step
  int layers = 0;             // of an encoder that works until it is interrupted
  std::atomic<int> layers_run{0};
};

struct StubMemory : EncoderMemory {
  std::vector<float> output() const override { return {}; }
  std::vector<Ids> sentences;
};

class StubDecoder : public Decoder {
 public:
  StubDecoder(Script& script, std::vector<Ids> answers)
      : script_(script), answers_(std::move(answers)) {}

  void step(const Ids& /*tokens*/, const Selection& selection, const Interrupt& interrupt,
            Candidates& best) override {
    check(interrupt);
    if (at_ == 0) script_.beams.push_back(selection.candidates);
    script_.steps.push_back(answers_.size());
    const auto count = static_cast<size_t>(selection.candidates);
    best.tokens.assign(answers_.size() * count, -1);
    best.scores.assign(best.tokens.size(), -10);
    for (size_t row = 0; row < answers_.size(); ++row) {
      best.tokens[row * count] = at_ < answers_[row].size() ? answers_[row][at_] : 2;
      best.scores[row * count] = -0.1F;
      // Enough other tokens for the beams to go on with.
      for (size_t i = 1; i < count; ++i)
        best.tokens[row * count + i] = static_cast<int32_t>(40 + i);
    }
    ++at_;
  }

  void reorder(const Ids& rows) override {
    std::vector<Ids> kept;
    for (const int32_t row : rows)
      kept.push_back(answers_[static_cast<size_t>(row)]);
    answers_ = std::move(kept);
  }

 private:
  Script& script_;
  std::vector<Ids> answers_;
  size_t at_ = 0;
};

class StubNetwork : public Network {
 public:
  explicit StubNetwork(Script& script) : script_(script) {}

  std::shared_ptr<const EncoderMemory> encode(const std::vector<Ids>& sentences,
                                              const Interrupt& interrupt) override {
    std::unique_lock lock(script_.mutex);
    script_.batches.push_back(sentences.size());
    script_.changed.notify_all();
    script_.changed.wait(lock, [this] { return script_.open; });
    for (int layer = 0; layer < script_.layers; ++layer) {
      check(interrupt);
      ++script_.layers_run;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (script_.fail) throw std::runtime_error("gone: frame #0, frame #1");
    auto memory = std::make_shared<StubMemory>();
    memory->sentences = sentences;
    return memory;
  }

  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows,
                                  int /*max_length*/) override {
    const auto& stub = static_cast<const StubMemory&>(*memory);
    const std::lock_guard lock(script_.mutex);
    if (script_.decoders >= script_.fail_from) throw std::bad_alloc();
    const auto scripted = script_.answers.find(script_.decoders++);
    std::vector<Ids> answers;
    for (const DecoderRow& row : rows) {
      const Ids& source = stub.sentences[static_cast<size_t>(row.sentence)];
      answers.push_back(scripted != script_.answers.end() ? scripted->second
                                                          : Ids(source.begin() + 1, source.end()));
    }
    return std::make_unique<StubDecoder>(script_, std::move(answers));
  }

  int64_t bytes() const override { return 0; }

 private:
  Script& script_;
};

class SchedulerTest : public testing::Test {
 protected:
  void start(int batch_size = 32) {
    batch_size_ = batch_size;
    const ModelConfig config = ModelConfig::read(folders::demo_model());
    scheduler_ = std::make_unique<Scheduler>(std::make_unique<StubNetwork>(script_),
                                             Tokenizer::open(folders::demo_model(), config), config,
                                             ModelInfo());
  }

  TranslationRequest request(const std::string& text, bool guards = false) const {
    TranslationRequest request;
    request.batch_size = batch_size_;
    request.text = text;
    request.source = "en";
    request.targets = {"en"};
    request.guards = guards;
    return request;
  }

  std::string translate(const std::string& text) {
    return scheduler_->submit(request(text)).get().translations[0].text;
  }

  /// Holds the engine's thread inside a batch until `release`.
  std::future<TranslationResult> hold() {
    script_.open = false;
    auto future = scheduler_->submit(request("Hold."));
    std::unique_lock lock(script_.mutex);
    script_.changed.wait(lock, [this] { return !script_.batches.empty(); });
    return future;
  }

  void release() {
    const std::lock_guard lock(script_.mutex);
    script_.open = true;
    script_.changed.notify_all();
  }

  Ids ids_of(const std::string& text) {
    const ModelConfig config = ModelConfig::read(folders::demo_model());
    Ids ids = Tokenizer::open(folders::demo_model(), config).encode(text, 16002, 16001);
    return {ids.begin() + 1, ids.end()};
  }

  Script script_;
  int batch_size_ = 32;
  std::unique_ptr<Scheduler> scheduler_;
};

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

TEST_F(SchedulerTest, TranslatesSentenceBySentenceAndJoinsThem) {
  start();
  EXPECT_EQ(translate("One is here. Two is there.\nThree is gone."),
            "One is here. Two is there.\nThree is gone.");
  EXPECT_EQ(script_.batches, (std::vector<size_t>{3}));
  auto whole = request("One is here. Two is there.");
  whole.split = false;
  scheduler_->submit(whole).get();
  EXPECT_EQ(script_.batches.back(), 1U);
}

TEST_F(SchedulerTest, KeepsUnknownCharactersWhereAsked) {
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

TEST_F(SchedulerTest, CutsWhatIsTooLongForATranslation) {
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

TEST_F(SchedulerTest, LosesNothingWhereTheTextIsTruncated) {
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

TEST_F(SchedulerTest, TriesAFlawedTranslationOnceMore) {
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

TEST_F(SchedulerTest, KeepsTheFirstWhereTheSecondIsNoBetter) {
  start();
  Ids loop(40, 50);
  loop.push_back(2);
  script_.answers[0] = script_.answers[1] = loop;
  const auto translation = scheduler_->submit(request("Hello there.", true)).get().translations[0];
  EXPECT_TRUE(translation.flaws & Flaw::Loop);
  EXPECT_TRUE(translation.retried);
  EXPECT_EQ(script_.decoders, 2);
}

TEST_F(SchedulerTest, KeepsEveryFirstTranslationWhereTheSecondAttemptsFail) {
  start();
  script_.answers[0] = Ids(40, 50);
  script_.answers[0].push_back(2);
  script_.fail_from = 1;
  const auto result = scheduler_->submit(request("Hello there. Good night.", true)).get();
  EXPECT_EQ(script_.batches[0], 2U);
  EXPECT_TRUE(result.translations[0].flaws & Flaw::Loop);
  EXPECT_EQ(result.translations[0].ids.size(), 2 * 43U);
}

TEST_F(SchedulerTest, EndsTheFragmentsOfATextOfWhiteSpace) {
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

TEST_F(SchedulerTest, HandsOutClausesThatMakeUpTheWhole) {
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

TEST_F(SchedulerTest, GivesUpWhatIsCancelledAndNothingElse) {
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

TEST_F(SchedulerTest, SpendsNothingOnWhatIsCancelledInTheQueue) {
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

TEST_F(SchedulerTest, LeavesOutOfTheFirstStepWhatWasCancelledMeanwhile) {
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
class LongEncoderTest : public SchedulerTest {
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

TEST_F(LongEncoderTest, IsInterruptedWhenNobodyWaits) {
  begin(true);
  *flag_ = true;
  for (auto& future : futures_)
    expect_error(Kind::Cancelled, "cancelled", [&] { future.get(); });
  EXPECT_LT(script_.layers_run, script_.layers / 2);
  script_.layers = 0;
  EXPECT_EQ(translate("Hello."), "Hello.");
}

TEST_F(LongEncoderTest, GoesOnWhileSomebodyWaits) {
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

TEST_F(LongEncoderTest, IsInterruptedWhenTheTranslatorIsClosed) {
  begin(false);
  scheduler_.reset();
  for (auto& future : futures_)
    expect_error(Kind::Cancelled, "closed", [&] { future.get(); });
  EXPECT_LT(script_.layers_run, script_.layers / 2);
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

TEST_F(SchedulerTest, QueuesSecondAttemptsTogether) {
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

TEST_F(SchedulerTest, PutsASecondAttemptWhereItsDeadlineIs) {
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

TEST_F(SchedulerTest, GivesUpASecondAttemptThatIsCancelled) {
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

/// Counts calls, and looks at the future in each.
class OnReadyTest : public SchedulerTest {
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

TEST_F(OnReadyTest, IsCalledWithAResult) {
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

TEST_F(OnReadyTest, IsCalledForATextOfWhiteSpace) {
  start();
  auto future = scheduler_->submit(watched(" "));
  EXPECT_EQ(calls_, 1);
  future.get();
}

TEST_F(OnReadyTest, IsCalledForARequestThatIsRefused) {
  start();
  auto wanted = watched("Hello.");
  wanted.targets = {"xyzzy"};
  auto future = scheduler_->submit(std::move(wanted));
  EXPECT_EQ(calls_, 1);
  expect_error(Kind::Settings, "xyzzy", [&] { future.get(); });
}

TEST_F(OnReadyTest, IsCalledOnceForAFailureOfSeveralParts) {
  start(1);
  script_.fail = true;
  auto future = scheduler_->submit(watched("One is here. Two is there. Three is gone."));
  EXPECT_THROW(future.get(), Error);
  script_.fail = false;
  expect_one_call();
}

TEST_F(OnReadyTest, IsCalledForWhatIsCancelled) {
  start();
  auto held = hold();
  auto wanted = watched("Not me.");
  wanted.cancel = std::make_shared<std::atomic<bool>>(true);
  auto future = scheduler_->submit(std::move(wanted));
  release();
  EXPECT_THROW(future.get(), Error);
  expect_one_call();
}

TEST_F(OnReadyTest, IsCalledWhenTheTranslatorIsClosed) {
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

TEST_F(SchedulerTest, LetsPassWhatHasNoLetters) {
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

TEST_F(SchedulerTest, HandsOutFragmentsOfWhatHasNoLetters) {
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

TEST_F(SchedulerTest, GoesAroundWhatTheModelDoesNotKeep) {
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

TEST_F(SchedulerTest, CutsATextThatIsTooLongAroundWhatIsKept) {
  start();
  std::string text = "We saw";
  for (int i = 0; i < 60; ++i)
    text += " a house, https://example.com/" + std::string(40, 'a') + ", a door,";
  text += " and a dog.";
  EXPECT_EQ(translate(text), text);
  EXPECT_EQ(scheduler_->stats().retried, 0U);
}

TEST_F(SchedulerTest, GivesCapitalsBack) {
  start();
  EXPECT_EQ(translate("WHERE ARE YOU? STOP! GO TO https://example.com NOW."),
            "WHERE ARE YOU? STOP! GO TO https://example.com NOW.");
  auto plain = request("WHERE ARE YOU?");
  const auto ids = scheduler_->submit(plain).get().source_ids;
  EXPECT_EQ(ids, scheduler_->submit(request("Where are you?")).get().source_ids);
  plain.prepare = false;
  EXPECT_NE(scheduler_->submit(plain).get().source_ids, ids);
}

TEST_F(SchedulerTest, TakesSymbolsOutBeforeTheModel) {
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
