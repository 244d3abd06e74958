// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Its check of longjmp takes another fiber's stack for a mistake.
#undef _FORTIFY_SOURCE

#include "gst-translate/decode/gpu/emulated_thread.h"

#include <setjmp.h>
#include <ucontext.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace gst_translate::gpu {
namespace {

// Not a power of two, by which all stacks would lie in the same few lines of the cache.
constexpr size_t stack_bytes = (64 << 10) + 9 * 64;
constexpr int warp_size = 32;

/// Those of the last block, for the next.
char* stack_of(size_t fiber) {
  static thread_local std::vector<std::unique_ptr<char[]>> stacks;
  while (stacks.size() <= fiber)
    stacks.emplace_back(new char[stack_bytes]);
  return stacks[fiber].get();
}

}  // namespace

/// The fibers of one block, or of those that run together. A fiber runs until it waits for others;
/// then the next one does.
class EmulatedBlock {
 public:
  EmulatedBlock(const Grid& grid, int x, int y, Order order,
                const std::function<void(const Thread&, char*)>& kernel)
      : grid_(grid),
        x_(x),
        y_(y),
        order_(order),
        kernel_(kernel),
        threads_(static_cast<size_t>(grid.threads)),
        shared_quads_(grid.shared_bytes / sizeof(Quad) + 1),
        shared_(shared_quads_ * static_cast<size_t>(grid.cluster)),
        fibers_(threads_ * static_cast<size_t>(grid.cluster)),
        shown_(fibers_.size() / warp_size) {
    for (auto& quad : shared_)
      quad = {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}};
    for (size_t i = 0; i < fibers_.size(); ++i)
      prepare(fibers_[i], stack_of(i));
  }

  /// Each block runs as far as it can before the next one, so that nobody has by chance what it
  /// should have waited for.
  void run() {
    const size_t blocks = fibers_.size() / threads_;
    do {
      for (size_t i = 0; i < blocks; ++i) {
        const size_t block = order_ == Order::Ascending ? i : blocks - 1 - i;
        while (step(block * threads_)) {
        }
      }
    } while (free_where_all_wait(0, fibers_.size(), Wait::Cluster));
    for (const Fiber& fiber : fibers_)
      if (fiber.wait != Wait::End) throw std::logic_error("some threads wait for ever");
  }

 private:
  friend class Thread;
  enum class Wait { Nothing, Warp, Block, Cluster, End };

  struct Fiber {
    ucontext_t context{};  // where it begins
    jmp_buf place{};       // where it waits
    bool started = false;
    Wait wait = Wait::Nothing;
    size_t meeting = 0;  // of its warp, how many there were
  };

  void prepare(Fiber& fiber, char* stack) {
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = stack;
    fiber.context.uc_stack.ss_size = stack_bytes;
    makecontext(&fiber.context, reinterpret_cast<void (*)()>(&EmulatedBlock::enter), 0);
  }

  /// Each warp of a block runs as far as it can before the next one; then the block's barrier is
  /// open if all have come. False when there is nothing to do.
  bool step(size_t begin) {
    bool ran = false;
    for (size_t first = 0; first < threads_; first += warp_size) {
      const size_t warp = order_ == Order::Ascending ? first : threads_ - warp_size - first;
      while (step_warp(begin + warp))
        ran = true;
    }
    return free_where_all_wait(begin, begin + threads_, Wait::Block) || ran;
  }

  /// A turn for each fiber of a warp that is free.
  bool step_warp(size_t begin) {
    bool ran = false;
    for (size_t i = 0; i < warp_size; ++i) {
      current_ = begin + (order_ == Order::Ascending ? i : warp_size - 1 - i);
      if (fibers_[current_].wait != Wait::Nothing) continue;
      resume(fibers_[current_]);
      ran = true;
    }
    free_where_all_wait(begin, begin + warp_size, Wait::Warp);
    return ran;
  }

  bool free_where_all_wait(size_t first, size_t last, Wait wait) {
    for (size_t i = first; i < last; ++i)
      if (fibers_[i].wait != wait) return false;
    for (size_t i = first; i < last; ++i)
      fibers_[i].wait = Wait::Nothing;
    return true;
  }

  /// Fibers change places by jumps: changing contexts asks the system each time.
  void resume(Fiber& fiber) {
    if (_setjmp(scheduler_) != 0) return;
    if (fiber.started) _longjmp(fiber.place, 1);
    fiber.started = true;
    running = this;
    setcontext(&fiber.context);
  }

  void wait(Wait wait) {
    Fiber& fiber = fibers_[current_];
    fiber.wait = wait;
    if (_setjmp(fiber.place) == 0) _longjmp(scheduler_, 1);
  }

  static void enter() {
    EmulatedBlock& block = *running;
    const size_t self = block.current_;
    const size_t place = self / block.threads_;
    block.kernel_(Thread(block, static_cast<int>(self), static_cast<int>(self % block.threads_)),
                  reinterpret_cast<char*>(block.shared_.data() + place * block.shared_quads_));
    block.fibers_[self].wait = Wait::End;
    _longjmp(block.scheduler_, 1);
  }

  static thread_local EmulatedBlock* running;

  const Grid grid_;
  const int x_, y_;
  const Order order_;
  const std::function<void(const Thread&, char*)>& kernel_;
  const size_t threads_, shared_quads_;  // of a block
  std::vector<Quad> shared_;
  std::vector<Fiber> fibers_;
  // Two meetings of a warp: nobody is at the third one before all have left the first.
  std::vector<std::array<std::array<Thread::Shown, warp_size>, 2>> shown_;
  jmp_buf scheduler_{};
  size_t current_ = 0;
};

thread_local EmulatedBlock* EmulatedBlock::running = nullptr;

int Thread::block_x() const {
  return block_.x_ + fiber_ / block_.grid_.threads;
}

int Thread::block_y() const {
  return block_.y_;
}

int Thread::blocks() const {
  return block_.grid_.x;
}

int Thread::count() const {
  return block_.grid_.threads;
}

void Thread::barrier() const {
  block_.wait(EmulatedBlock::Wait::Block);
}

void Thread::cluster_barrier() const {
  block_.wait(EmulatedBlock::Wait::Cluster);
}

const std::array<Thread::Shown, 32>& Thread::exchange(const Shown& shown) const {
  auto& fiber = block_.fibers_[static_cast<size_t>(fiber_)];
  auto& meeting = block_.shown_[static_cast<size_t>(fiber_) / warp_size][fiber.meeting++ % 2];
  meeting[static_cast<size_t>(lane())] = shown;
  block_.wait(EmulatedBlock::Wait::Warp);
  return meeting;
}

void emulate_block(const Grid& grid, int x, int y, Order order,
                   const std::function<void(const Thread&, char*)>& kernel) {
  EmulatedBlock(grid, x, y, order, kernel).run();
}

}  // namespace gst_translate::gpu
