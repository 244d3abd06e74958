// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "gst-translate/decode/gpu/emulated_thread.h"

namespace gst_translate::gpu {
namespace {

TEST(EmulatedBlock, FindsAMissingBarrier) {
  struct Neighbour {
    int barriers;
    std::vector<int>* seen;
    void run(const Thread& thread, char* shared) const {
      auto* numbers = reinterpret_cast<int*>(shared);
      numbers[thread.index()] = thread.index();
      if (barriers > 0) thread.barrier();
      const auto next = static_cast<size_t>((thread.index() + 1) % thread.count());
      (*seen)[static_cast<size_t>(thread.index())] = numbers[next];
    }
  };
  const Grid grid{1, 1, 64, 64 * sizeof(int)};
  for (const Order order : {Order::Ascending, Order::Descending}) {
    for (const int barriers : {0, 1}) {
      std::vector<int> seen(64);
      emulate(Neighbour{barriers, &seen}, grid, order);
      bool right = true;
      for (int i = 0; i < 64; ++i)
        right &= seen[static_cast<size_t>(i)] == (i + 1) % 64;
      EXPECT_EQ(right, barriers == 1);
    }
  }
}

TEST(EmulatedBlock, FindsBlocksThatDoNotWaitForEachOther) {
  struct Neighbour {
    bool together;
    std::vector<int>* written;
    std::vector<int>* seen;
    void run(const Thread& thread, char*) const {
      const auto block = static_cast<size_t>(thread.block_x());
      (*written)[block] = thread.block_x();
      if (together)
        thread.cluster_barrier();
      else
        thread.barrier();
      (*seen)[block] = (*written)[block / 4 * 4 + (block + 1) % 4];
    }
  };
  for (const Order order : {Order::Ascending, Order::Descending}) {
    for (const bool together : {false, true}) {
      std::vector<int> written(8, -1), seen(8);
      emulate(Neighbour{together, &written, &seen}, Grid{8, 1, 64, 0, 4}, order);
      bool right = true;
      for (int i = 0; i < 8; ++i)
        right &= seen[static_cast<size_t>(i)] == i / 4 * 4 + (i + 1) % 4;
      EXPECT_EQ(right, together);
    }
  }
}

TEST(EmulatedBlock, FindsThreadsThatDoNotMeet) {
  struct Half {
    void run(const Thread& thread, char*) const {
      if (thread.index() < 32) thread.barrier();
    }
  };
  EXPECT_THROW(emulate(Half{}, Grid{1, 1, 64, 0}), std::logic_error);
}

}  // namespace
}  // namespace gst_translate::gpu
