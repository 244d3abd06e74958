// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/thread_choice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

namespace gst_translate::cpu {
namespace {

/// What a step takes on so many threads.
using Machine = std::function<double(int threads)>;

constexpr int steps_of_sentence = 25;

/// Sentences that are translated, one at a time, on a machine that has no clock but these times.
class Sentences {
 public:
  Sentences(int most, int first) : choice_(most, first) {}

  /// Each begins with a prompt, of two rows. Returns the time of each step, all sentences on end.
  std::vector<double> translate(int count, const Machine& machine) {
    std::vector<double> times;
    used_.assign(used_.size(), 0);
    for (int sentence = 0; sentence < count; ++sentence)
      for (int step = 0; step < steps_of_sentence; ++step) {
        const int threads = choice_.next(step == 0 ? 2 : 1);
        ++used_[static_cast<size_t>(threads)];
        times.push_back(time_of(machine, threads));
        changes_ += choice_.took(ThreadChoice::Duration(times.back()));
      }
    return times;
  }

  int chosen() const { return choice_.chosen(); }
  int changes() const { return changes_; }
  /// The share of the last steps that ran on so many threads.
  double share_on(int threads) const {
    double all = 0;
    for (const int steps : used_)
      all += steps;
    return used_[static_cast<size_t>(threads)] / all;
  }

 private:
  /// A step is made of parts. Between two of them a trial can be given up.
  double time_of(const Machine& machine, int threads) const {
    constexpr int parts = 10;
    const double whole = machine(threads);
    for (int part = 1; part < parts; ++part) {
      const double so_far = whole * part / parts;
      if (choice_.gives_up(ThreadChoice::Duration(so_far)))
        return so_far + machine(chosen()) * (parts - part) / parts;
    }
    return whole;
  }

  ThreadChoice choice_;
  int changes_ = 0;
  std::vector<int> used_ = std::vector<int>(65, 0);
};

double sum(const std::vector<double>& times) {
  double sum = 0;
  for (const double time : times)
    sum += time;
  return sum;
}

double two_are_faster(int threads) {
  return threads == 1 ? 20e-3 : 12e-3;
}
double one_is_faster(int threads) {
  return threads == 1 ? 20e-3 : 30e-3;
}

TEST(ThreadChoice, FollowsTheMachineBothWays) {
  Sentences sentences(2, 2);
  sentences.translate(40, two_are_faster);
  EXPECT_EQ(sentences.changes(), 0);
  for (int hour = 0; hour < 3; ++hour) {
    sentences.translate(40, one_is_faster);
    EXPECT_EQ(sentences.chosen(), 1);
    sentences.translate(40, two_are_faster);
    EXPECT_EQ(sentences.chosen(), 2);
  }
  EXPECT_EQ(sentences.changes(), 6);
}

/// Also where it has known for long what is faster.
TEST(ThreadChoice, FollowsWithinAFewSentences) {
  Sentences sentences(2, 2);
  for (int day = 0; day < 2; ++day) {
    sentences.translate(400, two_are_faster);
    EXPECT_EQ(sentences.chosen(), 2);
    sentences.translate(10, one_is_faster);
    EXPECT_EQ(sentences.chosen(), 1);
    sentences.translate(400, one_is_faster);
    sentences.translate(10, two_are_faster);
    EXPECT_EQ(sentences.chosen(), 2);
  }
  EXPECT_EQ(sentences.changes(), 4);
}

/// A number whose threads never get a core may take many times as long.
TEST(ThreadChoice, NoTrialCostsMoreThanOneStepThatIsHopeless) {
  Sentences sentences(2, 1);
  for (int i = 0; i < 100; ++i) {
    sentences.translate(1, [](int threads) { return threads == 1 ? 1.0 : 20.0; });
    EXPECT_LE(sentences.share_on(2) * steps_of_sentence, 1.01) << i;
  }
}

/// What a step takes on one thread, on two of which the second is kept waiting by other programs, a
/// step in so many, and on two without those.
struct Load {
  double alone = 0, beside = 0;
  double chance = 1;
};
constexpr double gain_of_two = 0.75;

TEST(ThreadChoice, GrowsBackSecondsAfterTheOthersAreGone) {
  for (const Load& load : {Load{2e-3, 40e-3}, Load{7e-3, 26e-3}, Load{7e-3, 140e-3},
                           Load{7e-3, 700e-3}, Load{20e-3, 75e-3}, Load{20e-3, 400e-3}}) {
    Sentences sentences(2, 2);
    sentences.translate(400, [&](int threads) { return threads == 1 ? load.alone : load.beside; });
    EXPECT_EQ(sentences.chosen(), 1);
    double seconds = 0;
    for (int i = 0; i < 1000 && sentences.chosen() == 1; ++i)
      seconds += sum(sentences.translate(
          1, [&](int threads) { return threads == 1 ? load.alone : gain_of_two * load.alone; }));
    EXPECT_LT(seconds, 5) << load.alone << ' ' << load.beside;
  }
}

/// Also where the second thread gets its core in one step of two, and those are a gain.
TEST(ThreadChoice, DoesNotWaverBesideOtherPrograms) {
  for (const Load& load : {Load{7e-3, 140e-3, 1}, Load{7e-3, 140e-3, 0.5}, Load{20e-3, 400e-3, 1},
                           Load{20e-3, 75e-3, 0.5}, Load{80e-3, 1.6, 1}}) {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      std::mt19937 random(seed);
      std::uniform_real_distribution<double> chance;
      const auto machine = [&](int threads) {
        if (threads == 1) return load.alone;
        return chance(random) < load.chance ? load.beside : gain_of_two * load.alone;
      };
      Sentences sentences(2, 1);
      sentences.translate(40, machine);
      const std::vector<double> times = sentences.translate(1000, machine);
      EXPECT_EQ(sentences.changes(), 0);
      EXPECT_LT(sum(times), 1.07 * load.alone * static_cast<double>(times.size()))
          << load.alone << ' ' << load.beside;
    }
  }
}

TEST(ThreadChoice, TrialsCostNextToNothing) {
  for (const auto& [slower, most] : std::vector<std::pair<double, double>>{
           {1.0, 1.001}, {1.05, 1.01}, {1.5, 1.02}, {3.0, 1.02}, {20.0, 1.02}}) {
    Sentences sentences(2, 2);
    const auto machine = [slower = slower](int threads) {
      return threads == 2 ? 10e-3 : 10e-3 * slower;
    };
    sentences.translate(40, machine);  // until it knows what a trial costs
    const std::vector<double> times = sentences.translate(1000, machine);
    EXPECT_EQ(sentences.chosen(), 2);
    EXPECT_LT(sum(times), most * 10e-3 * static_cast<double>(times.size())) << slower;
  }
}

TEST(ThreadChoice, NoSentenceHasMoreThanTwoStepsOfATrial) {
  Sentences sentences(2, 2);
  for (int i = 0; i < 300; ++i) {
    sentences.translate(1, two_are_faster);
    EXPECT_LE(sentences.share_on(1) * steps_of_sentence, 2.01) << i;
  }
}

TEST(ThreadChoice, LeavesNothingForALittle) {
  Sentences sentences(2, 2);
  sentences.translate(400, [](int threads) { return threads == 1 ? 0.95 : 1.0; });
  EXPECT_EQ(sentences.changes(), 0);
  EXPECT_LT(sentences.share_on(1), 0.07);  // of trials that cost nothing
}

/// It wakes threads, or finds the caches filled by others.
TEST(ThreadChoice, FirstStepOnAnotherNumberDoesNotCount) {
  Sentences sentences(2, 2);
  int before = 2;
  sentences.translate(40, [&](int threads) {
    return one_is_faster(threads) * (std::exchange(before, threads) == threads ? 1 : 2);
  });
  EXPECT_EQ(sentences.chosen(), 1);
}

TEST(ThreadChoice, ForgetsWhatTrialsOnceCost) {
  Sentences sentences(2, 2);
  sentences.translate(2000, [](int threads) { return threads == 1 ? 25e-3 : 10e-3; });
  EXPECT_LT(sentences.share_on(1), 0.015);
  sentences.translate(200, [](int /*threads*/) { return 10e-3; });
  sentences.translate(200, [](int /*threads*/) { return 10e-3; });
  EXPECT_GT(sentences.share_on(1), 0.04);
}

TEST(ThreadChoice, FindsItsWayToTheBestOfMany) {
  for (const auto& [most, first, best] : std::vector<std::tuple<int, int, int>>{{16, 1, 16},
                                                                                {16, 16, 1},
                                                                                {16, 16, 4},
                                                                                {16, 2, 16},
                                                                                {6, 1, 6},
                                                                                {6, 6, 2},
                                                                                {64, 1, 8},
                                                                                {3, 3, 1}}) {
    Sentences sentences(most, first);
    const auto machine = [best = best](int threads) {
      return 1 + std::abs(std::log2(static_cast<double>(threads) / best));
    };
    sentences.translate(400, machine);
    EXPECT_EQ(sentences.chosen(), best) << "of " << most;
  }
}

/// A busy system takes the processor from a step now and then, for longer than the step.
TEST(ThreadChoice, IsNotLedAstrayByStepsThatWereHeldUp) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> chance;
    const auto on = [&](double one, double two) {
      return [&random, &chance, one, two](int threads) {
        const double time = (threads == 1 ? one : two) * (0.9 + 0.2 * chance(random));
        return time + (chance(random) < 0.05 * threads ? 4.0 : 0);
      };
    };
    Sentences sentences(2, 2);
    sentences.translate(400, on(0.4, 0.24));
    EXPECT_GT(sentences.share_on(2), 0.8);
    sentences.translate(400, on(0.4, 0.6));
    EXPECT_GT(sentences.share_on(1), 0.8);
    EXPECT_LE(sentences.changes(), 5);
  }
}

/// Steps of different size say nothing of each other.
TEST(ThreadChoice, ComparesStepsOfAsManyRowsAlone) {
  ThreadChoice choice(2, 2);
  for (int step = 0; step < 5000; ++step) {
    const int rows = 1 + step % 2;
    const int threads = choice.next(rows);
    ASSERT_EQ(threads, 2);
    ASSERT_FALSE(choice.took(ThreadChoice::Duration(rows)));
  }
}

TEST(ThreadChoice, OfOneThreadIsNone) {
  Sentences sentences(1, 1);
  std::mt19937 random(1);
  sentences.translate(1000, [&](int /*threads*/) { return random() % 2 == 0 ? 1.0 : 2.0; });
  EXPECT_EQ(sentences.share_on(1), 1);
  EXPECT_EQ(sentences.changes(), 0);
}

TEST(ThreadChoice, TriesPowersOfTwoAndAll) {
  for (const auto& [threads, less, more] : std::vector<std::tuple<int, int, int>>{
           {1, 1, 2}, {2, 1, 4}, {3, 2, 4}, {4, 2, 6}, {6, 4, 6}}) {
    EXPECT_EQ(ThreadChoice::smaller(threads, 6), less) << threads;
    EXPECT_EQ(ThreadChoice::larger(threads, 6), more) << threads;
  }
}

}  // namespace
}  // namespace gst_translate::cpu
