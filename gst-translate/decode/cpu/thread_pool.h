// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "gst-translate/decode/interrupt.h"

namespace gst_translate::cpu {

/// Threads that share the pieces of one piece of work at a time. Made for work of some ten
/// microseconds: a waiting thread looks out for the next one for a moment and then sleeps. Pieces
/// are taken as threads come: one that the system holds up delays its own piece and no other.
/// Threads that are not used for the time being sleep all the while.
class ThreadPool {
 public:
  /// The calling thread is one of them. Where the system gives too few, the pool goes on with
  /// fewer, leaves a few of those for the rest of the process, and logs a warning: `most()` says
  /// how many there are. All of them are used at first.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int most() const { return static_cast<int>(workers_.size()) + 1; }
  int threads() const { return threads_; }  ///< that are used

  /// Goes on with so many, or as many as there are. Fast, but for the first round after it, which
  /// wakes those that come back. Not while work is running.
  void use(int threads);

  /// While it lives, `run` stops between two pieces and throws `Error` Cancelled once `interrupt`,
  /// which outlives it, is true.
  class Interruptible {
   public:
    Interruptible(ThreadPool& pool, const Interrupt& interrupt) : pool_(pool) {
      pool_.interrupt_ = &interrupt;
    }
    ~Interruptible() { pool_.interrupt_ = nullptr; }
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

   private:
    ThreadPool& pool_;
  };

  /// work(first, last, thread) for all of [0, count), in pieces of `grain`; returns when all is
  /// done, and throws what the first piece that failed threw. `thread` is below `threads()`. Not
  /// reentrant, from one thread at a time.
  template <typename Work>
  void run(int count, int grain, Work&& work) {
    if (threads_ == 1 || count <= grain) {
      for (int first = 0; first < count; first += grain) {
        check_interrupt();
        work(first, std::min(count, first + grain), 0);
      }
      return;
    }
    run_shared(
        count, grain,
        [](void* context, int first, int last, int thread) {
          (*static_cast<std::remove_reference_t<Work>*>(context))(first, last, thread);
        },
        &work);
  }

 private:
  using Function = void (*)(void* context, int first, int last, int thread);

  void run_shared(int count, int grain, Function function, void* context);
  void start(int threads);
  void stop();
  void wait_until_done();
  void serve(int thread, uint32_t round);
  bool take_piece(uint32_t round, int thread);
  void check_interrupt() const {
    if (interrupt_ != nullptr) check(*interrupt_);
  }

  // The work. Read by who has taken a piece of it, changed when all pieces are done.
  Function function_ = nullptr;
  void* context_ = nullptr;
  int count_ = 0, grain_ = 1, pieces_ = 0;
  const Interrupt* interrupt_ = nullptr;

  // The round in the upper half, the pieces left of it in the lower: one atomic tells a thread that
  // comes late that there is nothing left, without a look at the work.
  std::atomic<uint64_t> left_{0};
  std::atomic<int> done_{0};
  std::exception_ptr failure_;  // of the first piece that failed

  std::atomic<int> threads_{1};
  std::atomic<int> sleeping_{0};  // of those that are used, or were
  std::atomic<bool> caller_sleeps_{false}, stopping_{false};
  std::mutex mutex_;
  std::condition_variable changed_;      // there is a round
  std::condition_variable called_back_;  // more threads are used
  std::condition_variable finished_;     // the last piece is done
  std::vector<std::thread> workers_;
};

}  // namespace gst_translate::cpu
