// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

template <int Count>
Best<Count> selected_of(const std::vector<Best<Count>>& best, int slot, Order order) {
  std::vector<Best<Count>> selected(static_cast<size_t>(slot) + 1);
  std::vector<int32_t> done(selected.size());
  const int32_t pass = 7;
  emulate(Select<Count>{{best.data(), few_parts, &pass, selected.data(), done.data()}},
          Grid{slot + 1, 1, Select<Count>::threads, 0}, order);
  EXPECT_EQ(done.back(), pass);
  return selected.back();
}

/// What Scan and Select find in some logits, with their normaliser.
template <int Count>
Best<Count> found_in(const std::vector<float>& logits, Order order) {
  std::vector<Best<Count>> best(few_parts);
  emulate(Scan<Count>{{logits.data(), static_cast<int>(logits.size()), best.data()}},
          Grid{few_parts, 1, Scan<Count>::threads, Scan<Count>::shared_bytes()}, order);
  return selected_of(best, 0, order);
}

/// What SlotScan and Select find in them, where they are one of many slots'.
template <int Count>
Best<Count> found_among_slots(const std::vector<float>& logits, Order order) {
  constexpr int slots = 40, slot = 37;
  std::vector<float> all(logits.size() * slots, 100);
  for (size_t token = 0; token < logits.size(); ++token)
    all[token * slots + slot] = logits[token];
  std::vector<Best<Count>> best(slots * few_parts);
  using Kernel = SlotScan<Count>;
  emulate(Kernel{{all.data(), static_cast<int>(logits.size()), slots, best.data()}},
          Grid{few_parts, (slots + 31) / 32, Kernel::threads, Kernel::shared_bytes()}, order);
  return selected_of(best, slot, order);
}

template <int Count>
void check_best(std::vector<float> logits) {
  double total = 0;
  for (const float logit : logits)
    total += std::exp(static_cast<double>(logit));
  std::vector<int32_t> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return logits[static_cast<size_t>(a)] > logits[static_cast<size_t>(b)];
  });
  for (const auto& [found, threads] : {std::pair(&found_in<Count>, Order::Ascending),
                                       {&found_in<Count>, Order::Descending},
                                       {&found_among_slots<Count>, Order::Ascending},
                                       {&found_among_slots<Count>, Order::Descending}}) {
    const Best<Count> best = found(logits, threads);
    for (int i = 0; i < Count; ++i) {
      const bool is_there = i < static_cast<int>(logits.size());
      ASSERT_EQ(best.token[i], is_there ? order[static_cast<size_t>(i)] : -1) << i;
      if (is_there) {
        ASSERT_EQ(best.score[i], logits[static_cast<size_t>(best.token[i])]);
      }
    }
    ASSERT_NEAR(best.most + std::log(best.sum), static_cast<float>(std::log(total)), 1e-3);
  }
}

TEST(GpuSelection, FindsTheBestTokens) {
  for (const size_t vocabulary : {3U, 608U, 40001U}) {
    std::vector<float> logits = Numbers<float>(vocabulary, 1, 3).held;
    check_best<1>(logits);
    check_best<8>(logits);
    check_best<16>(logits);
    // All in the part of one thread; then equal ones, of which the smaller token is better.
    for (size_t i = 0; i < 20 && i * 16384 < vocabulary; ++i)
      logits[i * 16384] = 20 + static_cast<float>(i);
    check_best<8>(logits);
    for (float& logit : logits)
      logit = std::round(logit);
    check_best<16>(logits);
    for (float& logit : logits)
      logit = std::min(logit, 2.0F);
    check_best<1>(logits);
  }
}

TEST(GpuSelection, FindsNothingInWhatIsNoNumber) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(found_in<8>(std::vector<float>(1000, nan), Order::Ascending).token[0], -1);
  std::vector<float> one(1000, 1);
  one[500] = nan;
  EXPECT_TRUE(std::isnan(found_in<1>(one, Order::Ascending).sum));
  EXPECT_TRUE(std::isnan(found_among_slots<1>(one, Order::Ascending).sum));
}

}  // namespace
}  // namespace gst_translate::gpu
