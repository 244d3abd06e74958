// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the tests of the products have in common, of weights as they were stored and in int8.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {

template <typename T>
class GpuProducts : public testing::Test {
 protected:
  static constexpr bool folds = sizeof(T) == 2;  // a norm into the product behind it

  /// Some blocks of a large grid, first and last among them: each is on its own.
  static std::vector<int> some_blocks(int count) {
    std::vector<int> blocks = {0, 1, count / 2, count - 2, count - 1};
    for (int& block : blocks)
      block = std::clamp(block, 0, count - 1);
    blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
    return blocks;
  }

  /// The rows of the matrix that some blocks make.
  template <int Slots, bool Norm, Output What, typename Weight>
  static std::vector<int> rows_of_blocks(int rows) {
    using Kernel = Linear<T, Slots, Norm, What, Weight>;
    std::vector<int> found;
    const int third = rows / 3;
    for (const int x : some_blocks(Kernel::blocks(rows))) {
      for (int i = 0; i < Kernel::rows_of_block; ++i) {
        const int begin = i / rows_of_tile * third, place = x * rows_of_tile;
        const int row = What == Output::Scatter ? begin + place + i % rows_of_tile
                                                : x * Kernel::rows_of_block + i;
        if (row < (What == Output::Scatter ? begin + third : rows)) found.push_back(row);
      }
    }
    return found;
  }

  /// `part`: of the usual threads, 1 / `part`.
  template <int Slots, bool Norm, Output What, typename Weight>
  static void run_linear(const LinearArguments<T, Weight>& a, Order order, int part) {
    using Kernel = Linear<T, Slots, Norm, What, Weight>;
    const Kernel kernel{a};
    const int threads = Kernel::threads(a.depth) / part;
    const Grid grid{Kernel::blocks(a.rows), (a.slots + Slots - 1) / Slots, threads,
                    Kernel::shared_bytes(threads, a.depth)};
    const auto run = [&](const Thread& thread, char* shared) { kernel.run(thread, shared); };
    for (const int x : some_blocks(grid.x))
      for (int y = 0; y < grid.y; ++y)
        emulate_block(grid, x, y, order, run);
  }
  template <int Slots, bool Norm, Output What, typename Weight = T>
  void check_linear(int rows, int depth, int slots, Order order, int part = 1) {
    check_product<Weight>(Norm, What, rows, depth, slots,
                          rows_of_blocks<Slots, Norm, What, Weight>(rows),
                          [&](const LinearArguments<T, Weight>& a) {
                            run_linear<Slots, Norm, What>(a, order, part);
                          });
  }

  /// `run` makes the `made` rows of the product.
  template <typename Weight>
  void check_product(bool norm, Output what, int rows, int depth, int slots,
                     const std::vector<int>& made,
                     const std::function<void(const LinearArguments<T, Weight>&)>& run) {
    const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
    const TestMatrix<T, Weight> weight(
        Numbers<T>(count(rows, depth), 1, 1 / std::sqrt(static_cast<float>(depth))), rows, depth);
    const Numbers<T> bias(count(rows, 1), 2), input(count(slots, depth), 3);
    const Numbers<T> norm_weight(count(depth, 1), 4, 0.2F, 1), norm_bias(count(depth, 1), 5, 0.2F);
    const Numbers<float> residual(count(slots, depth), 6, 3, 0.5F);
    const int width = rows / 3;
    std::vector<T> output(count(slots, what == Output::Scatter ? width : rows), nothing<T>());
    std::vector<float> sum(count(slots, rows), 0.25F);
    const std::vector<float> before = sum;
    std::vector<T> cache(count(2 * slots + 1, 2 * width), nothing<T>());
    std::vector<int32_t> destination(static_cast<size_t>(slots));
    for (int slot = 0; slot < slots; ++slot)
      destination[static_cast<size_t>(slot)] = 2 * slots - 2 * slot;

    LinearArguments<T, Weight> a;
    weight.give(a);
    a.bias = bias.held.data();
    std::vector<float> sums(count(rows, 1), std::numeric_limits<float>::quiet_NaN());
    std::vector<float> offsets = sums;
    for (const int row : made) {
      double row_sum = 0, row_offset = bias.at(row);
      for (int k = 0; k < depth && norm; ++k) {
        const double number = weight.at(row, k);
        row_sum += number * norm_weight.at(k);
        row_offset += number * norm_bias.at(k);
      }
      sums[static_cast<size_t>(row)] = static_cast<float>(row_sum);
      offsets[static_cast<size_t>(row)] = static_cast<float>(row_offset);
    }
    a.folded = {sums.data(), offsets.data()};
    a.rows = rows;
    a.depth = depth;
    a.slots = slots;
    a.input = input.held.data();
    a.residual = what == Output::Add ? before.data() : residual.held.data();
    a.norm = {norm_weight.held.data(), norm_bias.held.data()};
    a.output = output.data();
    a.sum = sum.data();
    a.cache = cache.data();
    a.destination = destination.data();
    run(a);

    for (int slot = 0; slot < slots; ++slot) {
      const std::vector<double> normed =
          normalised(residual, count(slot, depth), depth, norm_weight, norm_bias);
      for (const int row : made) {
        double wanted = what == Output::Logits ? 0 : bias.at(row);
        for (int k = 0; k < depth; ++k) {
          const auto column = static_cast<size_t>(k);
          wanted +=
              weight.at(row, k) * (norm ? normed[column] : input.at(count(slot, depth) + column));
        }
        double got = 0;
        if (what == Output::Relu) wanted = std::max(0.0, wanted);
        if (what == Output::Add || what == Output::Logits) {
          wanted += what == Output::Add ? 0.25 : 0;
          got = static_cast<double>(sum[count(slot, rows) + static_cast<size_t>(row)]);
        } else if (what == Output::Scatter && row >= width) {
          const int to = destination[static_cast<size_t>(slot)];
          got = static_cast<double>(
              to_float(cache[count(to, 2 * width) + static_cast<size_t>(row - width)]));
        } else {
          const int of = what == Output::Scatter ? width : rows;
          got = static_cast<double>(to_float(output[count(slot, of) + static_cast<size_t>(row)]));
        }
        ASSERT_NEAR(got, wanted, near<T>) << "row " << row << " of " << rows << ", depth " << depth
                                          << ", slot " << slot << " of " << slots;
      }
    }
  }
};

}  // namespace gst_translate::gpu
