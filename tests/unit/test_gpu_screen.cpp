// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

/// A matrix as the screen holds it.
struct Screened {
  std::vector<int8_t> weight;
  std::vector<ScreenRow> rows;
  std::vector<float> scales;
  ScreenView view;

  template <typename T>
  Screened(const Numbers<T>& stored, int vocabulary, int depth) {
    const auto padded = static_cast<size_t>(row_stride<int8_t>(depth));
    weight.assign(static_cast<size_t>(vocabulary) * padded, 0);
    for (int token = 0; token < vocabulary; ++token) {
      double most = 0, lost = 0, length = 0;
      for (int k = 0; k < depth; ++k)
        most = std::max(most, std::abs(stored.at(token * depth + k)));
      const double scale = most / 127;
      for (int k = 0; k < depth; ++k) {
        const double number = stored.at(token * depth + k), rounded = std::round(number / scale);
        weight[static_cast<size_t>(token) * padded + static_cast<size_t>(k)] =
            static_cast<int8_t>(rounded);
        lost += std::pow(number - rounded * scale, 2);
        length += std::pow(rounded * scale, 2);
      }
      rows.push_back(
          {static_cast<float>(scale), screen_error(static_cast<float>(std::sqrt(lost)),
                                                   static_cast<float>(std::sqrt(length)), depth)});
      scales.push_back(rows.back().scale);
    }
    view.weight = weight.data();
    view.rows = rows.data();
  }
};

template <typename T>
class GpuScreen : public testing::Test {
 protected:
  /// Tiles and floors that hold, and then the best tokens as exactly as the stored weights give
  /// them, of what lies as closely together as `deviation` says.
  template <int Slots, int Count>
  void check(int vocabulary, int depth, int slots, int blocks, float deviation, Order order) {
    const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
    Numbers<T> stored(count(vocabulary, depth), 1, 1 / std::sqrt(static_cast<float>(depth)));
    const Numbers<float> noise(stored.held.size(), 9);
    for (size_t i = count(1, depth); i < stored.held.size(); ++i)
      if (deviation > 0)
        stored.held[i] = from_float<T>(to_float(stored.held[i % count(1, depth)]) *
                                       (1 + deviation * noise.held[i]));
    const Screened matrix(stored, vocabulary, depth);
    const Numbers<T> norm_weight(count(depth, 1), 2, 0.2F, 1), norm_bias(count(depth, 1), 3, 0.2F);
    const Numbers<float> residual(count(slots, depth), 4, 3);
    std::vector<T> input(count(slots, depth), nothing<T>());
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::vector<ScreenTile> tiles(count(slots, tiles_of_slot(vocabulary)), {nan, nan});
    std::vector<float> floors(count(slots, blocks), nan);
    if constexpr (HasTiles<T>::value) {
      ScreenArguments<T> a;
      a.matrix = matrix.view;
      a.vocabulary = vocabulary;
      a.depth = depth;
      a.slots = slots;
      a.residual = residual.held.data();
      a.norm = {norm_weight.held.data(), norm_bias.held.data()};
      a.normalised = input.data();
      a.tiles = tiles.data();
      a.floors = floors.data();
      using Kernel = Screen<T, Slots>;
      const int threads = Kernel::threads(depth, 160 << 10);
      emulate(
          Kernel{a},
          Grid{blocks, (slots + Slots - 1) / Slots, threads, Kernel::shared_bytes(threads, depth)},
          order);
    } else {
      std::vector<float> stream = residual.held;
      emulate(Normalise<T>{{stream.data(),
                            depth,
                            {norm_weight.held.data(), norm_bias.held.data()},
                            input.data()}},
              Grid{slots, 1, Normalise<T>::threads, Normalise<T>::shared_bytes(depth)}, order);
      std::vector<float> scores(count(slots, vocabulary), nan);
      LinearArguments<T, int8_t> head;
      head.weight = matrix.weight.data();
      head.scale = matrix.scales.data();
      head.rows = vocabulary;
      head.depth = depth;
      head.slots = slots;
      head.input = input.data();
      head.sum = scores.data();
      using Product = Linear<T, Slots, false, Output::Logits, int8_t>;
      const int threads = Product::threads(depth);
      emulate(Product{head},
              Grid{Product::blocks(vocabulary), (slots + Slots - 1) / Slots, threads,
                   Product::shared_bytes(threads, depth)},
              order);
      emulate(Floor<T>{{matrix.rows.data(), vocabulary, depth, input.data(), scores.data(),
                        tiles.data(), floors.data()}},
              Grid{blocks, slots, Floor<T>::threads, Floor<T>::shared_bytes()}, order);
    }
    std::vector<double> exact(count(slots, vocabulary));
    for (int slot = 0; slot < slots; ++slot) {
      const auto normed = normalised(residual, count(slot, depth), depth, norm_weight, norm_bias);
      for (int k = 0; k < depth; ++k)
        ASSERT_NEAR(to_float(input[count(slot, depth) + static_cast<size_t>(k)]),
                    static_cast<float>(normed[static_cast<size_t>(k)]), near<T>);
      double length = 0;
      for (int k = 0; k < depth; ++k)
        length += std::pow(to_float(input[count(slot, depth) + static_cast<size_t>(k)]), 2);
      length = std::sqrt(length);
      double least = -1e30, widest = 0;
      for (int token = 0; token < vocabulary; ++token) {
        const size_t at = count(slot, vocabulary) + static_cast<size_t>(token);
        for (int k = 0; k < depth; ++k)
          exact[at] +=
              stored.at(token * depth + k) *
              static_cast<double>(to_float(input[count(slot, depth) + static_cast<size_t>(k)]));
        const double bound = matrix.rows[static_cast<size_t>(token)].error * length;
        least = std::max(least, exact[at] - 2 * bound);
        widest = std::max(widest, bound);
      }
      for (int first = 0; first < vocabulary; first += rows_of_tile) {
        const auto from = exact.begin() + static_cast<std::ptrdiff_t>(count(slot, vocabulary));
        const int end = std::min(first + rows_of_tile, vocabulary);
        const double most = *std::max_element(from + first, from + end);
        double sum = 0;
        for (int token = first; token < end; ++token)
          sum += std::exp(from[token]);
        const ScreenTile tile = tiles[count(slot, tiles_of_slot(vocabulary)) +
                                      static_cast<size_t>(first / rows_of_tile)];
        ASSERT_GE(tile.most, most) << "tile of token " << first << ", slot " << slot << " of "
                                   << slots << ", depth " << depth;
        ASSERT_LE(tile.most, most + 2 * widest + 1e-5);
        ASSERT_NEAR(tile.all, std::log(sum), widest + 1e-5);
      }
      const auto first = floors.begin() + static_cast<std::ptrdiff_t>(count(slot, blocks));
      const auto best = exact.begin() + static_cast<std::ptrdiff_t>(count(slot, vocabulary));
      ASSERT_LE(*std::max_element(first, first + blocks),
                *std::max_element(best, best + vocabulary));
      ASSERT_GE(*std::max_element(first, first + blocks), least - 1e-5);
      const int of_blocks = static_cast<int>(
          std::count_if(first, first + blocks, [](float floor) { return floor > -1e30F; }));
      const int together =
          HasTiles<T>::value ? Screen<T, Slots>::rows_of_warp : Floor<T>::threads * rows_of_tile;
      ASSERT_EQ(of_blocks, std::min(blocks, (vocabulary + together - 1) / together));
    }

    std::vector<Best<Count>> best(count(slots, few_parts));
    RescoreArguments<T, Count> r;
    r.weight = stored.held.data();
    r.vocabulary = vocabulary;
    r.depth = depth;
    r.normalised = input.data();
    r.tiles = tiles.data();
    r.floors = floors.data();
    r.floors_of_slot = blocks;
    r.best = best.data();
    emulate(Rescore<T, Count>{r},
            Grid{few_parts, slots, Rescore<T, Count>::threads, Rescore<T, Count>::shared_bytes()},
            order);
    std::vector<Best<Count>> selected(count(slots, 1));
    std::vector<int32_t> done(count(slots, 1));
    const int32_t pass = 3;
    emulate(Select<Count>{{best.data(), few_parts, &pass, selected.data(), done.data()}},
            Grid{slots, 1, Select<Count>::threads, 0}, order);
    for (int slot = 0; slot < slots; ++slot) {
      const auto first = exact.begin() + static_cast<std::ptrdiff_t>(count(slot, vocabulary));
      std::vector<int32_t> tokens(static_cast<size_t>(vocabulary));
      std::iota(tokens.begin(), tokens.end(), 0);
      std::sort(tokens.begin(), tokens.end(),
                [&](int32_t left, int32_t right) { return first[left] > first[right]; });
      const Best<Count>& found = selected[static_cast<size_t>(slot)];
      for (int i = 0; i < std::min(Count, vocabulary); ++i) {
        ASSERT_NEAR(static_cast<double>(found.score[i]), first[tokens[static_cast<size_t>(i)]],
                    2e-5)
            << i << " of slot " << slot;
        ASSERT_NEAR(first[found.token[i]], first[tokens[static_cast<size_t>(i)]], 2e-5);
      }
      double total = 0;
      for (int token = 0; token < vocabulary; ++token)
        total += std::exp(first[token]);
      ASSERT_NEAR(found.most + std::log(found.sum), static_cast<float>(std::log(total)), 0.01);
    }
  }
};

TYPED_TEST_SUITE(GpuScreen, TypesOfInt8);

template <typename T>
class GpuScreenInTiles : public testing::Test {};
TYPED_TEST_SUITE(GpuScreenInTiles, TypesInTiles);

TYPED_TEST(GpuScreen, ChoosesAsTheStoredWeightsDo) {
  this->template check<8, 1>(1003, 384, 1, 3, 0, Order::Ascending);
  this->template check<8, 8>(1003, 384, 3, 20, 0, Order::Descending);
  this->template check<8, 1>(60, 2048, 8, 2, 0, Order::Descending);
  this->template check<8, 16>(150, 40, 9, 20, 0, Order::Ascending);
  // More than 16 tokens that rounding may put in any order, and fewer blocks than candidates.
  this->template check<8, 8>(1000, 64, 2, 10, 0.01F, Order::Ascending);
  if constexpr (HasTiles<TypeParam>::value) {
    this->template check<16, 8>(300, 1024, 13, 9, 0, Order::Descending);
    this->template check<32, 8>(300, 264, 32, 9, 0, Order::Ascending);
    this->template check<32, 1>(600, 72, 33, 3, 0.01F, Order::Descending);
  } else {
    this->template check<8, 8>(5000, 1024, 4, 20, 0, Order::Ascending);
    this->template check<8, 1>(5000, 1024, 1, 20, 0.01F, Order::Descending);
  }
}

TYPED_TEST(GpuScreenInTiles, FindNothingInWhatIsNoNumber) {
  using T = TypeParam;
  constexpr int vocabulary = 200, depth = 64, blocks = 2;
  const Numbers<T> stored(static_cast<size_t>(vocabulary * depth), 1);
  const Screened matrix(stored, vocabulary, depth);
  const Numbers<T> norm(static_cast<size_t>(depth), 2);
  std::vector<float> residual(static_cast<size_t>(depth), 1);
  residual[3] = std::numeric_limits<float>::quiet_NaN();
  std::vector<T> input(static_cast<size_t>(depth));
  std::vector<ScreenTile> tiles(static_cast<size_t>(tiles_of_slot(vocabulary)));
  std::vector<float> floors(blocks);
  const ScreenArguments<T> a = {matrix.view,     vocabulary,
                                depth,           1,
                                residual.data(), {norm.held.data(), norm.held.data()},
                                input.data(),    tiles.data(),
                                floors.data()};
  using Kernel = Screen<T, 8>;
  emulate(Kernel{a}, Grid{blocks, 1, 64, Kernel::shared_bytes(64, depth)});
  std::vector<Best<1>> best(few_parts);
  const RescoreArguments<T, 1> r = {stored.held.data(), vocabulary,    depth,  input.data(),
                                    tiles.data(),       floors.data(), blocks, best.data()};
  emulate(Rescore<T, 1>{r},
          Grid{few_parts, 1, Rescore<T, 1>::threads, Rescore<T, 1>::shared_bytes()});
  EXPECT_EQ(best[0].token[0], -1);
  EXPECT_TRUE(std::isnan(best[0].sum));
}

}  // namespace
}  // namespace gst_translate::gpu
