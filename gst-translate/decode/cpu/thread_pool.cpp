// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/thread_pool.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "gst-translate/text/log.h"
#include "gst-translate/text/thread_name.h"

namespace gst_translate::cpu {
namespace {

// 50 to 200 microseconds, as processors pause for 40 to 140 cycles: longer than the small steps of
// a layer, and short enough that nobody else misses the core.
constexpr int looks_before_sleep = 4000;
constexpr int looks_before_yield = 2000;

// Threads given back where the system gives no more: with the last one taken, nobody could take the
// work that the pool is for.
constexpr int left_to_others = 4;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

constexpr uint32_t round_of(uint64_t left) {
  return static_cast<uint32_t>(left >> 32);
}
constexpr uint32_t pieces_of(uint64_t left) {
  return static_cast<uint32_t>(left);
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
  start(threads);
}

ThreadPool::~ThreadPool() {
  stop();
}

void ThreadPool::use(int threads) {
  const std::lock_guard lock(mutex_);
  const int before = threads_.exchange(std::clamp(threads, 1, most()));
  if (threads > before) called_back_.notify_all();
}

void ThreadPool::start(int threads) {
  stopping_ = false;
  try {
    for (int i = 1; i < threads; ++i)
      workers_.emplace_back(&ThreadPool::serve, this, i, round_of(left_));
  } catch (const std::system_error& error) {  // a limit of the user, of a container, of memory
    const int given = most();
    stop();
    start(std::max(1, given - left_to_others));
    log(LogLevel::Warning, "cpu", [&] {
      return "The system gives " + std::to_string(given) + " of " + std::to_string(threads) +
             " threads (" + error.code().message() + "): going on with " + std::to_string(most()) +
             '.';
    });
  } catch (...) {
    stop();
    throw;
  }
  use(most());
}

void ThreadPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  called_back_.notify_all();
  for (auto& worker : workers_)
    worker.join();
  workers_.clear();
}

void ThreadPool::run_shared(int count, int grain, Function function, void* context) {
  function_ = function;
  context_ = context;
  count_ = count;
  grain_ = grain;
  pieces_ = (count + grain - 1) / grain;
  done_.store(0, std::memory_order_relaxed);
  const uint32_t round = round_of(left_.load(std::memory_order_relaxed)) + 1;
  left_.store(static_cast<uint64_t>(round) << 32 | static_cast<uint32_t>(pieces_));
  if (sleeping_.load() > 0) {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  while (take_piece(round, 0)) {
  }
  wait_until_done();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

/// The last pieces of the others, one of which the system may have held up: no core is kept from it
/// for long.
void ThreadPool::wait_until_done() {
  for (int looks = 0; looks < looks_before_sleep; ++looks) {
    if (done_.load(std::memory_order_acquire) == count_) return;
    if (looks < looks_before_yield)
      pause();
    else
      std::this_thread::yield();
  }
  std::unique_lock lock(mutex_);
  caller_sleeps_ = true;
  finished_.wait(lock, [this] { return done_.load() == count_; });
  caller_sleeps_ = false;
}

/// False if the round has no piece left.
bool ThreadPool::take_piece(uint32_t round, int thread) {
  uint64_t left = left_.load(std::memory_order_acquire);
  do {
    if (round_of(left) != round || pieces_of(left) == 0) return false;
  } while (!left_.compare_exchange_weak(left, left - 1, std::memory_order_acq_rel));
  const int first = (pieces_ - static_cast<int>(pieces_of(left))) * grain_;
  const int last = std::min(count_, first + grain_);
  try {
    check_interrupt();
    function_(context_, first, last, thread);
  } catch (...) {  // interrupted, or no memory; the caller gets it when all pieces are over
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }
  const int count = count_;  // of this round, which is over with what follows
  if (done_.fetch_add(last - first) + last - first == count && caller_sleeps_) {
    const std::lock_guard lock(mutex_);
    finished_.notify_one();
  }
  return true;
}

/// `round`: the last one before the thread, which may begin to run in the middle of the next.
void ThreadPool::serve(int thread, uint32_t round) {
  name_thread("lingua-cpu");
  // A round is looked at before the number of threads, which was set before the round began: who
  // finds itself among them has its place in the round.
  const auto current = [this] { return round_of(left_.load(std::memory_order_acquire)); };
  const auto is_used = [&] { return thread < threads_; };
  while (true) {
    uint32_t next = current();
    for (int looks = 0; next == round || !is_used(); next = current()) {
      if (stopping_) return;
      if (!is_used()) {
        std::unique_lock lock(mutex_);
        called_back_.wait(lock, [&] { return stopping_ || is_used(); });
        looks = 0;
      } else if (++looks < looks_before_sleep) {
        pause();
      } else {
        std::unique_lock lock(mutex_);
        ++sleeping_;
        changed_.wait(lock, [&] { return stopping_ || !is_used() || current() != round; });
        --sleeping_;
      }
    }
    round = next;
    while (take_piece(round, thread)) {
    }
  }
}

}  // namespace gst_translate::cpu
