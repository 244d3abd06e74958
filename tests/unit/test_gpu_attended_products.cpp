// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuAttendedProducts : public testing::Test {};
TYPED_TEST_SUITE(GpuAttendedProducts, TypesInTiles);

/// Queries that are made and attend in one kernel. Scatter: keys and values of the slots' own
/// tokens are made there, too.
template <typename T, Output What, typename Weight = T>
void check_attended(int heads, int size, int slots, int most_tokens, Order order) {
  const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
  constexpr bool own = What == Output::Scatter;
  const int width = heads * size, rows = own ? 3 * width : width, stride = 16;
  const TestMatrix<T, Weight> weight(
      Numbers<T>(count(rows, width), 1, 1 / std::sqrt(static_cast<float>(width))), rows, width);
  const Numbers<T> bias(count(rows, 1), 2), norm(count(width, 1), 4, 0.2F, 1);
  const std::vector<T> no_bias(count(width, 1));
  const Numbers<float> residual(count(slots, width), 6, 3, 0.5F);
  Numbers<T> cache(count((most_tokens + 1) * stride, 2 * width), 3);
  std::vector<T> queries(count(slots, width), nothing<T>()), output = queries;
  std::vector<int32_t> destination, tokens, first, made;
  std::vector<uint16_t> writer(count(slots, most_tokens));
  std::vector<float> sums, offsets;
  for (size_t i = 0; i < writer.size(); ++i)
    writer[i] = static_cast<uint16_t>(8 + i * 7 % 8);  // in no slot of this pass
  for (int slot = 0; slot < slots; ++slot) {
    // The second slot is of the same text as the first: it sees what that one makes, too.
    const bool follows = own && slot == 1 && most_tokens > 1;
    tokens.push_back(follows ? most_tokens : 1 + (most_tokens - 2) * (slots - slot) / slots);
    made.push_back(follows ? 2 : 1);
    first.push_back(0);
    destination.push_back((tokens.back() - 1) * stride + slot);
    if (!own) continue;
    for (int i = 0; i < made.back(); ++i)
      writer[count(slot, most_tokens) + static_cast<size_t>(tokens.back() - 1 - i)] =
          static_cast<uint16_t>(slot - i);
    std::fill_n(
        cache.held.begin() + static_cast<std::ptrdiff_t>(count(destination.back(), 2 * width)),
        2 * width, nothing<T>());
  }
  for (int row = 0; row < rows; ++row) {
    double sum = 0;
    for (int k = 0; k < width; ++k)
      sum += weight.at(row, k) * norm.at(k);
    sums.push_back(static_cast<float>(sum));
    offsets.push_back(static_cast<float>(bias.at(row)));
  }

  using Kernel = AttendedProduct<T, What, Weight>;
  ASSERT_TRUE(Kernel::can(size));
  Kernel kernel;
  LinearArguments<T, Weight>& p = kernel.product.arguments;
  weight.give(p);
  p.bias = bias.held.data();
  p.folded = {sums.data(), offsets.data()};
  p.rows = rows;
  p.depth = width;
  p.slots = slots;
  p.residual = residual.held.data();
  p.norm = {norm.held.data(), no_bias.data()};
  p.output = queries.data();
  p.cache = cache.held.data();
  p.destination = destination.data();
  AttentionArguments<T>& a = kernel.attention.arguments;
  a.queries = queries.data();
  a.cache = cache.held.data();
  a.width = width;
  a.size = size;
  a.scale = 1 / std::sqrt(static_cast<float>(size));
  a.range = {first.data(), tokens.data(), own ? made.data() : nullptr,
             stride,       writer.data(), most_tokens};
  a.output = output.data();
  const int threads = Kernel::Product::threads(width);
  emulate(kernel,
          Grid{Kernel::Product::blocks(rows), 1, threads,
               Kernel::shared_bytes(threads, width, size), Kernel::blocks_of_head(size)},
          order);

  const auto product = [&](int slot, int row) {
    double mean = 0, variance = 0, sum = bias.at(row);
    for (int k = 0; k < width; ++k)
      mean += residual.at(slot * width + k) / width;
    for (int k = 0; k < width; ++k)
      variance += std::pow(residual.at(slot * width + k) - mean, 2) / width;
    for (int k = 0; k < width; ++k)
      sum += weight.at(row, k) * norm.at(k) * (residual.at(slot * width + k) - mean) /
             std::sqrt(variance + 1e-5);
    return sum;
  };
  for (int slot = 0; slot < slots; ++slot) {
    for (int head = 0; head < heads; ++head) {
      const auto at = [&](int token, int i) {
        const int before = tokens[static_cast<size_t>(slot)] - 1 - token;  // the slot's own token
        if (own && before < made[static_cast<size_t>(slot)])
          return product(slot - before, width + i / width * width + head * size + i % width);
        const int row =
            token * stride + writer[count(slot, most_tokens) + static_cast<size_t>(token)];
        return cache.at(row * 2 * width + i / width * width + head * size + i % width);
      };
      std::vector<double> query, wanted(static_cast<size_t>(size));
      for (int i = 0; i < size; ++i)
        query.push_back(product(slot, head * size + i));
      double total = 0;
      for (int token = 0; token < tokens[static_cast<size_t>(slot)]; ++token) {
        double score = 0;
        for (int i = 0; i < size; ++i)
          score += query[static_cast<size_t>(i)] * at(token, i);
        const double share = std::exp(score / std::sqrt(size));
        total += share;
        for (int i = 0; i < size; ++i)
          wanted[static_cast<size_t>(i)] += share * at(token, width + i);
      }
      for (int i = 0; i < size; ++i)
        ASSERT_NEAR(to_float(output[static_cast<size_t>(slot * width + head * size + i)]),
                    static_cast<float>(wanted[static_cast<size_t>(i)] / total), near<T>)
            << heads << " heads of " << size << ", slot " << slot << " of " << slots << ", "
            << tokens[static_cast<size_t>(slot)] << " tokens";
    }
  }
}

TYPED_TEST(GpuAttendedProducts, MakeQueriesThatAttend) {
  using T = TypeParam;
  for (const Order order : {Order::Ascending, Order::Descending}) {
    check_attended<T, Output::Scatter>(2, 64, 1, 2, order);
    check_attended<T, Output::Scatter>(6, 64, 3, 40, order);
    check_attended<T, Output::Store>(2, 64, 8, 21, order);
    check_attended<T, Output::Store>(3, 16, 5, 9, order);
  }
  check_attended<T, Output::Scatter>(5, 32, 8, 256, Order::Ascending);
  check_attended<T, Output::Scatter>(3, 8, 2, 100, Order::Descending);
  check_attended<T, Output::Scatter, int8_t>(6, 64, 3, 40, Order::Ascending);
  check_attended<T, Output::Store, int8_t>(16, 64, 8, 21, Order::Descending);
}

}  // namespace
}  // namespace gst_translate::gpu
