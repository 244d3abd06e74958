// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuFoldedAttention : public testing::Test {};
TYPED_TEST_SUITE(GpuFoldedAttention, Types);

/// The output of the self-attention and the cross-attention of slots that attend to one sentence,
/// which was folded, in two kernels.
template <typename T, int Slots, typename Weight = T>
void check_folded(int heads, int size, int slots, int tokens, Order order) {
  constexpr int most = most_folded_tokens;
  const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
  const int width = heads * size, columns = heads * most;
  const float deviation = 1 / std::sqrt(static_cast<float>(width));
  const TestMatrix<T, Weight> weight(Numbers<T>(count(width, width), 1, deviation), width, width);
  const Numbers<T> bias(count(width, 1), 2), attended(count(Slots, width), 3);
  const Numbers<T> output_bias(count(width, 1), 4);
  const Numbers<float> residual(count(Slots, width), 5, 3, 0.5F);
  Numbers<float> scores(count(columns, 2 * width), 6, 3 * deviation);
  Numbers<float> outputs(count(columns, width), 7, 0.5F), constants(count(heads, 2 * most), 8);
  // What is behind the last token is read by nobody, or counts nothing.
  const auto read_together = [&](int together) {
    return (tokens + together - 1) / together * together;
  };
  for (int head = 0; head < heads; ++head) {
    for (int token = tokens; token < most; ++token) {
      for (int k = 0; k < 2 * width; ++k)
        scores.held[count(head * most + token, 2 * width) + static_cast<size_t>(k)] =
            nothing<float>();
      for (int row = 0; row < width && token >= read_together(4); ++row)
        outputs.held[count(head * width + row, most) + static_cast<size_t>(token)] =
            nothing<float>();
      for (int i = 0; i < 2; ++i)
        constants.held[count(head * 2 + i, most) + static_cast<size_t>(token)] = nothing<float>();
    }
  }
  std::vector<float> between(count(Slots, width), nothing<float>()), after = between;
  std::vector<float> raw(count(2 * Slots, columns), nothing<float>());

  OutputAndScoresArguments<T, Weight> made;
  weight.give(made.output);
  made.output.bias = bias.held.data();
  made.output.rows = made.output.depth = width;
  made.output.slots = slots;
  made.output.input = attended.held.data();
  made.output.residual = residual.held.data();
  made.output.sum = between.data();
  made.folded = scores.held.data();
  made.tokens = &tokens;
  made.scores = raw.data();
  made.heads = heads;
  using Made = OutputAndScores<T, Slots, Weight>;
  ASSERT_TRUE(Made::can(width));
  const int threads = Made::threads(width);
  emulate(Made{made},
          Grid{Made::blocks(width, heads), 1, threads, Made::shared_bytes(threads, width)}, order);

  FoldedAttentionArguments<T> a;
  a.sentence = {nullptr, constants.held.data(), outputs.held.data(), &tokens};
  a.bias = output_bias.held.data();
  a.scores = raw.data();
  a.before = between.data();
  a.residual = after.data();
  a.width = width;
  a.heads = heads;
  a.slots = slots;
  using Kernel = FoldedAttention<T, Slots>;
  emulate(Kernel{a}, Grid{Kernel::blocks(width), 1, Kernel::threads, Kernel::shared_bytes()},
          order);

  for (int slot = 0; slot < slots; ++slot) {
    std::vector<double> x, wanted;
    double mean = 0, variance = 0;
    for (int row = 0; row < width; ++row) {
      double sum = residual.at(slot * width + row) + bias.at(row);
      for (int k = 0; k < width; ++k)
        sum += weight.at(row, k) * attended.at(slot * width + k);
      x.push_back(sum);
      wanted.push_back(sum + output_bias.at(row));
      mean += sum / width;
    }
    for (const double number : x)
      variance += std::pow(number - mean, 2) / width;
    for (int head = 0; head < heads; ++head) {
      std::vector<double> shares;
      for (int token = 0; token < tokens; ++token) {
        double score = constants.at(head * 2 * most + token);
        for (int k = 0; k < width; ++k) {
          const int at = (head * most + token) * 2 * width + k;
          score += scores.at(at) * residual.at(slot * width + k) +
                   scores.at(at + width) * attended.at(slot * width + k);
        }
        shares.push_back(std::exp(score / std::sqrt(variance + 1e-5) +
                                  constants.at((head * 2 + 1) * most + token)));
      }
      const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
      for (int row = 0; row < width; ++row)
        for (int token = 0; token < tokens; ++token)
          wanted[static_cast<size_t>(row)] += shares[static_cast<size_t>(token)] / total *
                                              outputs.at((head * width + row) * most + token);
    }
    for (int row = 0; row < width; ++row)
      ASSERT_NEAR(after[count(slot, width) + static_cast<size_t>(row)],
                  static_cast<float>(wanted[static_cast<size_t>(row)]), 5e-5)
          << heads << " heads of " << size << ", " << tokens << " tokens, slot " << slot << " of "
          << slots << ", row " << row;
  }
}

TYPED_TEST(GpuFoldedAttention, IsThatToTheSentence) {
  using T = TypeParam;
  for (const Order order : {Order::Ascending, Order::Descending}) {
    check_folded<T, 1>(2, 16, 1, 1, order);
    check_folded<T, 1>(6, 8, 1, 32, order);
    check_folded<T, 4>(3, 24, 2, 13, order);
    check_folded<T, 4>(16, 8, 4, 20, order);
    check_folded<T, 4>(5, 40, 3, 31, order);
  }
}

/// With 1024 of the 600M and the 1.3B, and 2048 of the 3.3B.
TYPED_TEST(GpuFoldedAttention, IsOfTheSizesOfModels) {
  using T = TypeParam;
  check_folded<T, 1>(16, 64, 1, 20, Order::Ascending);
  check_folded<T, 4>(16, 64, 4, 25, Order::Descending);
  check_folded<T, 4>(16, 128, 2, 9, Order::Descending);
}

template <typename T>
class GpuFoldedAttentionInInt8 : public testing::Test {};
TYPED_TEST_SUITE(GpuFoldedAttentionInInt8, TypesOfInt8);

TYPED_TEST(GpuFoldedAttentionInInt8, IsThatToTheSentence) {
  using T = TypeParam;
  check_folded<T, 1, int8_t>(6, 8, 1, 32, Order::Ascending);
  check_folded<T, 4, int8_t>(16, 64, 4, 20, Order::Descending);
  check_folded<T, 1, int8_t>(16, 128, 1, 3, Order::Ascending);
}

}  // namespace
}  // namespace gst_translate::gpu
