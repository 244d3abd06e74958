// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <new>
#include <set>
#include <thread>
#include <vector>

#include "tests/unit/heard_log.h"
#include "tests/unit/thread_limit.h"

namespace gst_translate::cpu {
namespace {

/// Runs one round and expects all of it done, once, in pieces of the grain, by threads of the pool.
void expect_all_done_once(ThreadPool& pool, int count, int grain) {
  std::vector<std::atomic<int>> done(static_cast<size_t>(count));
  std::atomic<int> wrong{0};
  pool.run(count, grain, [&](int first, int last, int thread) {
    const bool whole = first == 0 && last == count;
    const bool piece = first % grain == 0 && last == std::min(count, first + grain);
    if (!(whole || piece) || thread < 0 || thread >= pool.threads()) ++wrong;
    for (int i = first; i < last; ++i)
      ++done[static_cast<size_t>(i)];
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(std::all_of(done.begin(), done.end(), [](const auto& n) { return n == 1; }))
      << count << " in pieces of " << grain << " on " << pool.threads();
}

TEST(ThreadPool, DoesEveryPieceOnce) {
  for (const int threads : {1, 2, 3, 5, 16}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (const int count : {0, 1, 2, 7, 64, 1001})
      for (const int grain : {1, 2, 3, 50, 2000})
        expect_all_done_once(pool, count, grain);
  }
}

TEST(ThreadPool, ManyShortRoundsNeverMix) {
  ThreadPool pool(3);
  // What a round writes, the next one reads, on whatever thread: nobody is in two rounds at once.
  constexpr size_t pieces = 5;
  std::vector<int> values(pieces, 0);
  for (int round = 1; round <= 20000; ++round) {
    std::atomic<int> late{0};
    pool.run(pieces, 1, [&](int first, int /*last*/, int /*thread*/) {
      int& value = values[static_cast<size_t>(first)];
      late += value != round - 1;
      value = round;
    });
    ASSERT_EQ(late, 0) << round;
    ASSERT_EQ(values, std::vector<int>(pieces, round));
  }
}

TEST(ThreadPool, WakesThreadsThatHaveFallenAsleep) {
  ThreadPool pool(4);
  for (int round = 0; round < 30; ++round) {
    // Pieces that wait for each other need as many threads as there are pieces.
    std::atomic<int> arrived{0};
    pool.run(4, 1, [&](int, int, int) {
      ++arrived;
      while (arrived < 4)
        std::this_thread::yield();
    });
    EXPECT_EQ(arrived, 4);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
}

TEST(ThreadPool, NoTwoPiecesShareAThreadsNumberAtOnce) {
  ThreadPool pool(4);
  std::vector<std::atomic<int>> busy(4);
  std::atomic<int> shared{0};
  for (int round = 0; round < 500; ++round)
    pool.run(40, 1, [&](int, int, int thread) {
      auto& own = busy[static_cast<size_t>(thread)];
      shared += own.exchange(1);
      own = 0;
    });
  EXPECT_EQ(shared, 0);
}

TEST(ThreadPool, GoesOnWithAnotherNumberOfThreads) {
  ThreadPool pool(8);
  for (const int threads : {4, 2, 2, 1, 3, 8, 1, 7}) {
    pool.use(threads);
    EXPECT_EQ(pool.threads(), threads);
    EXPECT_EQ(pool.most(), 8);
    for (int round = 0; round < 20; ++round)
      expect_all_done_once(pool, 100, 3);
  }
}

TEST(ThreadPool, AnotherNumberAtEachRoundMixesNoRounds) {
  ThreadPool pool(5);
  std::vector<int> values(7, 0);
  for (int round = 1; round <= 10000; ++round) {
    pool.use(1 + round * 7 % 5);
    std::atomic<int> late{0};
    pool.run(7, 1, [&](int first, int /*last*/, int thread) {
      int& value = values[static_cast<size_t>(first)];
      late += value != round - 1 || thread >= pool.threads();
      value = round;
    });
    ASSERT_EQ(late, 0) << round;
  }
}

TEST(ThreadPool, CallsBackThreadsThatWereNotUsed) {
  ThreadPool pool(4);
  for (int round = 0; round < 30; ++round) {
    const int threads = 1 + round % 4;
    pool.use(threads);
    // Pieces that wait for each other need as many threads as there are pieces.
    std::atomic<int> arrived{0};
    pool.run(threads, 1, [&](int, int, int) {
      ++arrived;
      while (arrived < threads)
        std::this_thread::yield();
    });
    EXPECT_EQ(arrived, threads);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
}

TEST(ThreadPool, UsesOneAtLeastAndNoMoreThanThereAre) {
  ThreadPool pool(3);
  pool.use(0);
  EXPECT_EQ(pool.threads(), 1);
  pool.use(100);
  EXPECT_EQ(pool.threads(), 3);
  expect_all_done_once(pool, 100, 3);
}

/// What the calling thread waits for may take long, where the system has held up a thread.
TEST(ThreadPool, SleepsUntilALongPieceIsDone) {
  ThreadPool pool(2);
  for (int round = 0; round < 5; ++round) {
    const std::thread::id caller = std::this_thread::get_id();
    std::atomic<bool> taken{false};
    std::atomic<int> done{0};
    std::clock_t spent = 0;  // processor time of this process while the other thread sleeps
    pool.run(2, 1, [&](int, int, int) {
      if (std::this_thread::get_id() == caller) {
        while (!taken)
          std::this_thread::yield();
      } else {
        taken = true;
        const std::clock_t before = std::clock();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        spent = std::clock() - before;
      }
      ++done;
    });
    EXPECT_EQ(done, 2);
    EXPECT_LT(spent, CLOCKS_PER_SEC / 50) << "of 50 ms";
  }
}

TEST(ThreadPool, EndsAtOnceWithoutWork) {
  for (int i = 0; i < 200; ++i)
    ThreadPool(4).use(1 + i % 5);
}

TEST(ThreadPool, LessThanAPieceStaysOnTheCallingThread) {
  ThreadPool pool(4);
  std::set<std::thread::id> threads;
  for (int round = 0; round < 100; ++round)
    pool.run(8, 8, [&](int first, int last, int thread) {
      EXPECT_EQ(std::tuple(first, last, thread), std::tuple(0, 8, 0));
      threads.insert(std::this_thread::get_id());
    });
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

TEST(ThreadPool, HandsOnWhatAPieceThrowsAndWorksOn) {
  ThreadPool pool(3);
  for (int round = 0; round < 200; ++round) {
    std::atomic<int> done{0};
    EXPECT_THROW(pool.run(12, 1,
                          [&](int first, int, int) {
                            ++done;
                            if (first % 5 == 0) throw std::bad_alloc();
                          }),
                 std::bad_alloc);
    EXPECT_EQ(done, 12);
    pool.run(12, 1, [&](int, int, int) { ++done; });
    EXPECT_EQ(done, 24);
  }
}

TEST(ThreadPool, GoesOnWithTheThreadsThatThereAre) {
  for (const int more : {0, 1, 4, 7, 20}) {
    const HeardLog heard;
    const ThreadLimit limit(more);
    ThreadPool pool(64);
    EXPECT_EQ(pool.most(), std::max(1, more + 1 - 4));  // some are for others
    EXPECT_EQ(pool.threads(), pool.most());
    EXPECT_TRUE(heard.has(LogLevel::Warning, "gives " + std::to_string(more + 1) +
                                                 " of 64 threads (Resource temporarily"))
        << heard.text();
    for (int round = 0; round < 20; ++round)
      expect_all_done_once(pool, 100, 3);
    if (more > 0) std::thread([] {}).join();
  }
}

}  // namespace
}  // namespace gst_translate::cpu
