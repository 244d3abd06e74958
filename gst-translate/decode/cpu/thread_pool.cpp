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

void ThreadPool::resize(int threads) {
  if (threads == this->threads()) return;
  stop();
  start(threads);
}

void ThreadPool::start(int threads) {
  stopping_ = false;
  try {
    for (int i = 1; i < threads; ++i)
      workers_.emplace_back(&ThreadPool::serve, this, i, round_of(left_));
  } catch (const std::system_error& error) {  // a limit of the user, of a container, of memory
    const int given = this->threads();
    stop();
    start(std::max(1, given - left_to_others));
    log(LogLevel::Warning, "cpu", [&] {
      return "The system gives " + std::to_string(given) + " of " + std::to_string(threads) +
             " threads (" + error.code().message() + "): going on with " +
             std::to_string(this->threads()) + '.';
    });
  } catch (...) {
    stop();
    throw;
  }
}

void ThreadPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
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
  for (int looks = 0; done_.load(std::memory_order_acquire) < count; ++looks) {
    if (looks < looks_before_yield)
      pause();
    else
      std::this_thread::yield();
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
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
  done_.fetch_add(last - first, std::memory_order_release);
  return true;
}

/// `round`: the last one before the thread, which may begin to run in the middle of the next.
void ThreadPool::serve(int thread, uint32_t round) {
  name_thread("lingua-cpu");
  while (true) {
    int looks = 0;
    while (round_of(left_.load(std::memory_order_acquire)) == round) {
      if (stopping_) return;
      if (++looks < looks_before_sleep) {
        pause();
        continue;
      }
      std::unique_lock lock(mutex_);
      ++sleeping_;
      changed_.wait(lock, [&] { return stopping_ || round_of(left_.load()) != round; });
      --sleeping_;
    }
    round = round_of(left_.load(std::memory_order_acquire));
    while (take_piece(round, thread)) {
    }
  }
}

}  // namespace gst_translate::cpu
