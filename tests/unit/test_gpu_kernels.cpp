// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

#include "gst-translate/decode/gpu/emulated_thread.h"
#include "gst-translate/decode/gpu/passes.h"

namespace gst_translate::gpu {
namespace {

/// Random numbers as the kernels hold them, and as they are.
template <typename T>
struct Numbers {
  explicit Numbers(size_t count, unsigned seed, float deviation = 1, float mean = 0) {
    std::mt19937 random(seed);
    std::normal_distribution<float> values(mean, deviation);
    held.resize(count);
    for (T& number : held)
      number = from_float<T>(values(random));
  }
  double at(size_t i) const { return static_cast<double>(to_float(held[i])); }
  double at(int i) const { return at(static_cast<size_t>(i)); }

  std::vector<T> held;
};

/// A matrix as it was stored, or in int8, each row in steps of its own scale; and as it is.
template <typename T, typename Weight>
struct TestMatrix {
  static constexpr bool rounded = sizeof(Weight) == 1;

  TestMatrix(const Numbers<T>& stored, int rows, int depth)
      : stride(static_cast<size_t>(row_stride<Weight>(depth))),
        held(static_cast<size_t>(rows) * stride, Weight()) {
    for (int row = 0; row < rows; ++row) {
      double most = 0;
      for (int k = 0; k < depth; ++k)
        most = std::max(most, std::abs(stored.at(row * depth + k)));
      scale.push_back(static_cast<float>(most / 127));
      for (int k = 0; k < depth; ++k) {
        Weight& number = held[place(row, k)];
        if constexpr (rounded)
          number = static_cast<int8_t>(
              std::round(stored.at(row * depth + k) / static_cast<double>(scale.back())));
        else
          number = stored.held[static_cast<size_t>(row * depth + k)];
      }
    }
  }
  double at(int row, int k) const {
    if constexpr (rounded)
      return held[place(row, k)] * static_cast<double>(scale[static_cast<size_t>(row)]);
    else
      return static_cast<double>(to_float(held[place(row, k)]));
  }
  void give(LinearArguments<T, Weight>& a) const {
    a.weight = held.data();
    a.scale = scale.data();
  }
  size_t place(int row, int k) const {
    return static_cast<size_t>(row) * stride + static_cast<size_t>(k);
  }

  size_t stride;
  std::vector<Weight> held;
  std::vector<float> scale;
};

constexpr int few_parts = 3;  // of the vocabulary

template <typename T>
T nothing() {
  return from_float<T>(std::numeric_limits<float>::quiet_NaN());
}

/// How far a sum may be from the exact one, of numbers around 1.
template <typename T>
constexpr double near = sizeof(T) == 4 ? 2e-5 : 0.03;

template <typename T>
class GpuKernels : public testing::Test {
 protected:
  /// The row as a layer norm leaves it.
  static std::vector<double> normalised(const Numbers<float>& residual, size_t first, int depth,
                                        const Numbers<T>& weight, const Numbers<T>& bias) {
    double mean = 0, variance = 0;
    for (int k = 0; k < depth; ++k)
      mean += residual.at(first + static_cast<size_t>(k)) / depth;
    for (int k = 0; k < depth; ++k)
      variance += std::pow(residual.at(first + static_cast<size_t>(k)) - mean, 2) / depth;
    std::vector<double> row;
    for (int k = 0; k < depth; ++k)
      row.push_back((residual.at(first + static_cast<size_t>(k)) - mean) /
                        std::sqrt(variance + 1e-5) * weight.at(k) +
                    bias.at(k));
    return row;
  }

  /// Some blocks of a large grid, first and last among them: each is on its own.
  static std::vector<int> some_blocks(int count) {
    std::vector<int> blocks = {0, 1, count / 2, count - 2, count - 1};
    for (int& block : blocks)
      block = std::clamp(block, 0, count - 1);
    blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
    return blocks;
  }

  /// Runs a product, and returns the rows of the matrix that it was made of.
  template <int Slots, bool Norm, Output What, typename Weight>
  std::vector<int> run_linear(const LinearArguments<T, Weight>& a, Order order) {
    using Kernel = Linear<T, Slots, Norm, What, Weight>;
    const Kernel kernel{a};
    const int threads = Kernel::threads(a.depth), third = a.rows / 3;
    const Grid grid{Kernel::blocks(a.rows), (a.slots + Slots - 1) / Slots, threads,
                    Kernel::shared_bytes(threads, a.depth)};
    const auto run = [&](const Thread& thread, char* shared) { kernel.run(thread, shared); };
    std::vector<int> found;
    for (const int x : some_blocks(grid.x)) {
      for (int y = 0; y < grid.y; ++y)
        emulate_block(grid, x, y, order, run);
      for (int i = 0; i < Kernel::rows_of_block; ++i) {
        const int begin = i / rows_of_tile * third, place = x * rows_of_tile;
        const int row = What == Output::Scatter ? begin + place + i % rows_of_tile
                                                : x * Kernel::rows_of_block + i;
        if (row < (What == Output::Scatter ? begin + third : a.rows)) found.push_back(row);
      }
    }
    return found;
  }
  template <int Slots, bool Norm, Output What, typename Weight = T>
  void check_linear(int rows, int depth, int slots, Order order) {
    check_product<Norm, What, Weight>(rows, depth, slots, [&](const LinearArguments<T, Weight>& a) {
      return run_linear<Slots, Norm, What>(a, order);
    });
  }

  template <bool Norm, Output What, typename Weight, typename Run>
  void check_product(int rows, int depth, int slots, Run run) {
    const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
    const TestMatrix<T, Weight> weight(
        Numbers<T>(count(rows, depth), 1, 1 / std::sqrt(static_cast<float>(depth))), rows, depth);
    const Numbers<T> bias(count(rows, 1), 2), input(count(slots, depth), 3);
    const Numbers<T> norm_weight(count(depth, 1), 4, 0.2F, 1), norm_bias(count(depth, 1), 5, 0.2F);
    const Numbers<float> residual(count(slots, depth), 6, 3, 0.5F);
    const int width = rows / 3;
    std::vector<T> output(count(slots, What == Output::Scatter ? width : rows), nothing<T>());
    std::vector<float> sum(count(slots, rows), 0.25F);
    std::vector<T> cache(count(2 * slots + 1, 2 * width), nothing<T>());
    std::vector<int32_t> destination(static_cast<size_t>(slots));
    for (int slot = 0; slot < slots; ++slot)
      destination[static_cast<size_t>(slot)] = 2 * slots - 2 * slot;

    LinearArguments<T, Weight> a;
    weight.give(a);
    a.bias = bias.held.data();
    std::vector<float> sums, offsets;
    for (int row = 0; row < rows; ++row) {
      double row_sum = 0, row_offset = bias.at(row);
      for (int k = 0; k < depth && Norm; ++k) {
        const double number = weight.at(row, k);
        row_sum += number * norm_weight.at(k);
        row_offset += number * norm_bias.at(k);
      }
      sums.push_back(static_cast<float>(row_sum));
      offsets.push_back(static_cast<float>(row_offset));
    }
    a.folded = {sums.data(), offsets.data()};
    a.rows = rows;
    a.depth = depth;
    a.slots = slots;
    a.input = input.held.data();
    a.residual = residual.held.data();
    a.norm = {norm_weight.held.data(), norm_bias.held.data()};
    a.output = output.data();
    a.sum = sum.data();
    a.cache = cache.data();
    a.destination = destination.data();
    const std::vector<int> made = run(a);

    for (int slot = 0; slot < slots; ++slot) {
      const std::vector<double> normed =
          normalised(residual, count(slot, depth), depth, norm_weight, norm_bias);
      for (const int row : made) {
        double wanted = What == Output::Logits ? 0 : bias.at(row);
        for (int k = 0; k < depth; ++k) {
          const auto column = static_cast<size_t>(k);
          wanted +=
              weight.at(row, k) * (Norm ? normed[column] : input.at(count(slot, depth) + column));
        }
        double got = 0;
        if (What == Output::Relu) wanted = std::max(0.0, wanted);
        if (What == Output::Add || What == Output::Logits) {
          wanted += What == Output::Add ? 0.25 : 0;
          got = static_cast<double>(sum[count(slot, rows) + static_cast<size_t>(row)]);
        } else if (What == Output::Scatter && row >= width) {
          const int to = destination[static_cast<size_t>(slot)];
          got = static_cast<double>(
              to_float(cache[count(to, 2 * width) + static_cast<size_t>(row - width)]));
        } else {
          const int of = What == Output::Scatter ? width : rows;
          got = static_cast<double>(to_float(output[count(slot, of) + static_cast<size_t>(row)]));
        }
        ASSERT_NEAR(got, wanted, near<T>) << "row " << row << " of " << rows << ", depth " << depth
                                          << ", slot " << slot << " of " << slots;
      }
    }
  }

  static constexpr bool folds = sizeof(T) == 2;  // a norm into the product behind it

  void check_normed(int rows, int depth, int slots) {
    check_linear<8, folds, Output::Scatter>(rows / 3 * 3, depth, slots, Order::Ascending);
    check_linear<8, folds, Output::Relu>(rows, depth, slots, Order::Descending);
  }
  void check_added(int rows, int depth, int slots) {
    check_linear<8, false, Output::Add>(rows, depth, slots, Order::Descending);
  }

  template <int Slots>
  void check_linears(int rows, int depth, int slots) {
    // With a norm, more slots are only asked for where it is applied apart.
    constexpr bool norm = folds && Slots == 8;
    check_linear<Slots, norm, Output::Scatter>(rows / 3 * 3, depth, slots, Order::Ascending);
    check_linear<Slots, norm, Output::Relu>(rows, depth, slots, Order::Descending);
    check_linear<Slots, norm, Output::Store>(rows, depth, slots, Order::Ascending);
    check_linear<Slots, false, Output::Add>(rows, depth, slots, Order::Ascending);
    check_linear<Slots, false, Output::Store>(rows, depth, slots, Order::Descending);
  }
};

using Types = testing::Types<float, Float16, Bfloat16, Untiled<Float16>, Untiled<Bfloat16>>;
TYPED_TEST_SUITE(GpuKernels, Types);

template <typename T>
class GpuTiles : public GpuKernels<T> {};
using TypesInTiles = testing::Types<Float16, Bfloat16>;
TYPED_TEST_SUITE(GpuTiles, TypesInTiles);

TYPED_TEST(GpuKernels, Multiply) {
  // The matrices of the demo model, 600M, 1.3B and 3.3B, and what leaves rests everywhere.
  for (const auto& [rows, depth] : {std::pair(1152, 384),
                                    {1536, 384},
                                    {3072, 1024},
                                    {4096, 1024},
                                    {8192, 1024},
                                    {6144, 2048},
                                    {8192, 2048},
                                    {36, 40},
                                    {24, 8}})
    this->check_normed(rows, depth, 1);
  for (const auto& [rows, depth] :
       {std::pair(384, 1536), {1024, 1024}, {1024, 4096}, {1024, 8192}, {2048, 8192}, {36, 40}})
    this->check_added(rows, depth, 1);
  for (int slots = 2; slots <= 8; ++slots)
    this->template check_linears<8>(60, 264, slots);
  if constexpr (HasTiles<TypeParam>::value) {
    for (const int slots : {9, 13, 16})
      this->template check_linears<16>(60, 264, slots);
    for (const int slots : {17, 31, 32, 33, 70})
      this->template check_linears<32>(60, 264, slots);
  } else {
    // In the published models' shapes, as nothing else multiplies several rows there.
    for (const int slots : {2, 4, 5, 8}) {
      this->check_normed(3072, 1024, slots);
      this->check_added(1024, 4096, slots);
    }
    for (const auto& [vocabulary, depth] : {std::pair(1003, 384), {1001, 1024}, {256, 2048}})
      for (const int slots : {1, 8})
        this->template check_linear<8, false, Output::Logits>(vocabulary, depth, slots,
                                                              Order::Ascending);
  }
  this->template check_linears<8>(48, 96, 19);
}

template <typename T>
class GpuInt8 : public GpuKernels<T> {};
using TypesOfInt8 = testing::Types<Float16, Bfloat16, Untiled<Float16>, Untiled<Bfloat16>>;
TYPED_TEST_SUITE(GpuInt8, TypesOfInt8);

TYPED_TEST(GpuInt8, Multiplies) {
  const auto check = [&](auto of_slots, int rows, int depth, int slots) {
    constexpr int Slots = decltype(of_slots)::value;
    constexpr bool norm = Slots == 8;
    this->template check_linear<Slots, norm, Output::Scatter, int8_t>(rows / 3 * 3, depth, slots,
                                                                      Order::Ascending);
    this->template check_linear<Slots, norm, Output::Relu, int8_t>(rows, depth, slots,
                                                                   Order::Descending);
    this->template check_linear<Slots, norm, Output::Store, int8_t>(rows, depth, slots,
                                                                    Order::Ascending);
    this->template check_linear<Slots, false, Output::Add, int8_t>(rows, depth, slots,
                                                                   Order::Descending);
  };
  const std::integral_constant<int, 8> few;
  // The matrices of the demo model, 600M, 1.3B and 3.3B, and what leaves rests everywhere.
  for (const auto& [rows, depth] : {std::pair(1536, 384),
                                    {384, 1536},
                                    {3072, 1024},
                                    {1024, 4096},
                                    {8192, 1024},
                                    {2048, 8192},
                                    {36, 40},
                                    {24, 8}})
    check(few, rows, depth, 1);
  for (int slots = 2; slots <= 8; ++slots)
    check(few, slots % 3 == 2 ? 3072 : 60, slots % 3 == 2 ? 1024 : 264, slots);
  if constexpr (HasTiles<TypeParam>::value) {
    check(std::integral_constant<int, 16>(), 60, 264, 13);
    check(std::integral_constant<int, 16>(), 3072, 1024, 16);
    for (const int slots : {17, 32, 33})
      check(std::integral_constant<int, 32>(), 60, 264, slots);
  } else {
    for (const auto& [vocabulary, depth] : {std::pair(1003, 384), {1001, 1024}, {256, 2048}})
      for (const int slots : {1, 8})
        this->template check_linear<8, false, Output::Logits, int8_t>(vocabulary, depth, slots,
                                                                      Order::Ascending);
  }
}

TYPED_TEST(GpuKernels, Attend) {
  using T = TypeParam;
  for (const auto& shape : {std::pair(6, 64), {16, 64}, {2, 128}, {4, 8}, {2, 16}}) {
    const int heads = shape.first, size = shape.second;
    for (const int capacity : {1, 2, 31, 64, 65, 200, 256, 1024}) {
      const int slots = 3, width = heads * size, stride = 5;
      const Numbers<T> queries(static_cast<size_t>(slots * width), 1);
      const Numbers<T> cache(static_cast<size_t>((capacity + 1) * stride * 2 * width), 2);
      const std::vector<int32_t> count = {capacity, 0, (capacity + 1) / 2};
      const std::vector<int32_t> first = {1, 0, 0};
      std::vector<uint16_t> writer(static_cast<size_t>(slots * capacity));
      for (size_t i = 0; i < writer.size(); ++i)
        writer[i] = static_cast<uint16_t>(i * 7 % 5);
      std::vector<T> output(static_cast<size_t>(slots * width), nothing<T>());
      AttentionArguments<T> a;
      a.queries = queries.held.data();
      a.cache = cache.held.data();
      a.width = width;
      a.size = size;
      a.scale = 1 / std::sqrt(static_cast<float>(size));
      a.range.first = first.data();
      a.range.count = count.data();
      a.range.stride = stride;
      a.range.writer = writer.data();
      a.range.capacity = capacity;
      a.output = output.data();
      ASSERT_TRUE(Attention<T>::can(size));
      const Order order = capacity % 2 == 0 ? Order::Ascending : Order::Descending;
      const int threads = Attention<T>::threads(capacity);
      using OfMany = SlotAttention<T, 1, 4>;
      for (const bool of_many : {false, true}) {
        std::fill(output.begin(), output.end(), nothing<T>());
        if (of_many)
          emulate(OfMany{{a, width, 2 * width}},
                  Grid{OfMany::blocks(width), slots, OfMany::threads, 0}, order);
        else
          emulate(Attention<T>{a},
                  Grid{heads, slots, threads, Attention<T>::shared_bytes(threads, size)}, order);
        for (int slot = 0; slot < slots; ++slot) {
          for (int head = 0; head < heads; ++head) {
            std::vector<double> weights;
            double total = 0;
            const int tokens = count[static_cast<size_t>(slot)];
            const auto row = [&](int token) {
              const size_t at = static_cast<size_t>(slot) * static_cast<size_t>(capacity) +
                                static_cast<size_t>(token);
              return (first[static_cast<size_t>(slot)] + token * stride + writer[at]) * 2 * width +
                     head * size;
            };
            for (int token = 0; token < tokens; ++token) {
              double score = 0;
              for (int i = 0; i < size; ++i)
                score += queries.at(slot * width + head * size + i) * cache.at(row(token) + i);
              weights.push_back(std::exp(score / std::sqrt(size)));
              total += weights.back();
            }
            for (int i = 0; i < size; ++i) {
              double wanted = 0;
              for (int token = 0; token < tokens; ++token)
                wanted +=
                    weights[static_cast<size_t>(token)] / total * cache.at(row(token) + width + i);
              ASSERT_NEAR(to_float(output[static_cast<size_t>(slot * width + head * size + i)]),
                          static_cast<float>(wanted), near<T>)
                  << heads << " heads of " << size << ", " << tokens << " tokens, slot " << slot;
            }
          }
        }
      }
    }
  }
}

/// Slots that lie together attend to the same sentence, or not; queries, keys and values lie in the
/// rows of one product.
template <typename T, int Slots>
void check_attention_of_sentences() {
  for (const auto& [heads, size] : {std::pair(6, 64), {16, 64}, {3, 8}, {2, 16}}) {
    const int width = heads * size;
    const std::vector<int> sentences = {7, 1, 8, 2, 5, 1};  // and what follows is empty
    std::vector<int32_t> first, count;
    for (const int length : sentences) {
      const auto begin = static_cast<int32_t>(first.size());
      first.insert(first.end(), static_cast<size_t>(length), begin);
      count.insert(count.end(), static_cast<size_t>(length), length);
    }
    const size_t slots = 28, tokens = count.size();
    first.resize(slots);
    count.resize(slots);
    const auto at = [&](size_t slot, int part, int i) {
      return slot * static_cast<size_t>(3 * width) + static_cast<size_t>(part * width + i);
    };
    const Numbers<T> product(slots * static_cast<size_t>(3 * width), 1);
    std::vector<T> output(slots * static_cast<size_t>(width), nothing<T>());
    SlotAttentionArguments<T> a;
    a.of.queries = product.held.data();
    a.of.cache = product.held.data() + width;
    a.of.width = width;
    a.of.size = size;
    a.of.scale = 1 / std::sqrt(static_cast<float>(size));
    a.of.range.first = first.data();
    a.of.range.count = count.data();
    a.of.output = output.data();
    a.query_stride = a.cache_stride = 3 * width;
    using Kernel = SlotAttention<T, Slots, 4>;
    emulate(Kernel{a},
            Grid{Kernel::blocks(width), static_cast<int>(slots) / Slots, Kernel::threads, 0},
            size == 64 ? Order::Ascending : Order::Descending);
    for (size_t slot = 0; slot < slots; ++slot) {
      for (int head = 0; head < heads; ++head) {
        std::vector<double> weights;
        double total = 0;
        for (int token = 0; token < count[slot]; ++token) {
          double score = 0;
          for (int i = head * size; i < (head + 1) * size; ++i)
            score += product.at(at(slot, 0, i)) *
                     product.at(at(static_cast<size_t>(first[slot] + token), 1, i));
          weights.push_back(std::exp(score / std::sqrt(size)));
          total += weights.back();
        }
        for (int i = head * size; i < (head + 1) * size; ++i) {
          double wanted = 0;
          for (int token = 0; token < count[slot]; ++token)
            wanted += weights[static_cast<size_t>(token)] / total *
                      product.at(at(static_cast<size_t>(first[slot] + token), 2, i));
          ASSERT_NEAR(to_float(output[slot * static_cast<size_t>(width) + static_cast<size_t>(i)]),
                      static_cast<float>(wanted), near<T>)
              << "slot " << slot << " of " << tokens << ", " << heads << " heads of " << size;
        }
      }
    }
  }
}

TYPED_TEST(GpuTiles, AttendTogether) {
  check_attention_of_sentences<TypeParam, 1>();
  check_attention_of_sentences<TypeParam, 2>();
  check_attention_of_sentences<TypeParam, 4>();
}

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

TYPED_TEST(GpuTiles, KeepKeysAndValues) {
  using T = TypeParam;
  for (const auto& [width, slots] : {std::pair(64, 70), {24, 64}, {8, 33}, {384, 3}}) {
    const auto count = [](int a, int b) { return static_cast<size_t>(a) * static_cast<size_t>(b); };
    const Numbers<T> product(count(slots, 3 * width), 1);
    std::vector<T> cache(count(2 * slots + 1, 2 * width), nothing<T>());
    std::vector<int32_t> destination;
    for (int slot = 0; slot < slots; ++slot)
      destination.push_back(2 * slots - 2 * slot);
    using Kernel = KeepKeysAndValues<T>;
    emulate(Kernel{{product.held.data(), width, slots, cache.data(), destination.data()}},
            Grid{Kernel::blocks(width, slots), 1, Kernel::threads, 0},
            slots == 64 ? Order::Descending : Order::Ascending);
    for (int row = 0; row <= 2 * slots; ++row) {
      for (int i = 0; i < 2 * width; ++i) {
        const float got = to_float(cache[count(row, 2 * width) + static_cast<size_t>(i)]);
        const int slot = slots - row / 2;
        if (row % 2 == 0 && slot < slots)
          ASSERT_EQ(
              got, to_float(product.held[count(slot, 3 * width) + static_cast<size_t>(width + i)]));
        else
          ASSERT_TRUE(std::isnan(got));
      }
    }
  }
}

TYPED_TEST(GpuTiles, NormaliseManySlots) {
  using T = TypeParam;
  for (const int depth : {64, 384, 1024, 2048}) {
    constexpr int slots = 8, together = 4;
    const auto count = static_cast<size_t>(slots * depth);
    const Numbers<float> residual(count, 1, 3, 0.5F);
    const Numbers<T> norm_weight(static_cast<size_t>(depth), 4, 0.2F, 1);
    const Numbers<T> norm_bias(static_cast<size_t>(depth), 5, 0.2F);
    std::vector<T> output(count, nothing<T>());
    NormaliseArguments<T> a;
    a.residual = residual.held.data();
    a.depth = depth;
    a.norm = {norm_weight.held.data(), norm_bias.held.data()};
    a.output = output.data();
    emulate(Normalise<T>{a},
            Grid{slots / together, 1, together * Normalise<T>::threads,
                 Normalise<T>::shared_bytes(depth)},
            depth == 384 ? Order::Descending : Order::Ascending);
    for (int slot = 0; slot < slots; ++slot) {
      const auto first = static_cast<size_t>(slot * depth);
      const auto wanted = this->normalised(residual, first, depth, norm_weight, norm_bias);
      for (size_t k = 0; k < wanted.size(); ++k)
        ASSERT_NEAR(to_float(output[first + k]), static_cast<float>(wanted[k]), near<T>);
    }
  }
}

TYPED_TEST(GpuTiles, MakeQueriesThatAttend) {
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

TYPED_TEST(GpuTiles, ScoreTheVocabulary) {
  using T = TypeParam;
  const auto check = [&](auto of_slots, int vocabulary, int depth, int slots) {
    constexpr int Slots = decltype(of_slots)::value;
    const Numbers<T> weight(static_cast<size_t>(vocabulary * depth), 1,
                            1 / std::sqrt(static_cast<float>(depth)));
    const Numbers<T> norm_weight(static_cast<size_t>(depth), 2, 0.2F, 1);
    const Numbers<T> norm_bias(static_cast<size_t>(depth), 3, 0.2F);
    const Numbers<float> residual(static_cast<size_t>(slots * depth), 4, 3);
    std::vector<float> logits(static_cast<size_t>(slots * vocabulary),
                              std::numeric_limits<float>::quiet_NaN());
    HeadArguments<T> a;
    a.weight = weight.held.data();
    a.vocabulary = vocabulary;
    a.depth = depth;
    a.slots = slots;
    a.residual = residual.held.data();
    a.norm = {norm_weight.held.data(), norm_bias.held.data()};
    a.logits = logits.data();
    using Kernel = Head<T, Slots>;
    const int threads = Kernel::threads(depth, 160 << 10);
    emulate(Kernel{a},
            Grid{3, (slots + Slots - 1) / Slots, threads, Kernel::shared_bytes(threads, depth)},
            Order::Descending);
    for (int slot = 0; slot < slots; ++slot) {
      const auto normed =
          this->normalised(residual, static_cast<size_t>(slot) * static_cast<size_t>(depth), depth,
                           norm_weight, norm_bias);
      for (int token = 0; token < vocabulary; ++token) {
        double wanted = 0;
        for (int k = 0; k < depth; ++k)
          wanted += normed[static_cast<size_t>(k)] * weight.at(token * depth + k);
        ASSERT_NEAR(logits[static_cast<size_t>(slot * vocabulary + token)],
                    static_cast<float>(wanted), near<T>)
            << "token " << token << ", slot " << slot << " of " << slots << ", depth " << depth;
      }
    }
  };
  check(std::integral_constant<int, 8>(), 1003, 384, 1);
  check(std::integral_constant<int, 8>(), 100, 2048, 8);
  check(std::integral_constant<int, 8>(), 100, 40, 11);
  check(std::integral_constant<int, 16>(), 300, 1024, 13);
  check(std::integral_constant<int, 32>(), 300, 264, 32);
}

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
      view.most_error = std::max(view.most_error, rows.back().error);
    }
    view.weight = weight.data();
    view.rows = rows.data();
  }
};

template <typename T>
class GpuScreen : public GpuKernels<T> {
 protected:
  /// Scores to within their bounds, floors that hold, and then the best ones as exactly as the
  /// stored weights give them, of what lies as closely together as `deviation` says.
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
    std::vector<float> scores(count(slots, vocabulary), nan), lengths(count(slots, 1), nan),
        floors(count(slots, blocks), nan);
    if constexpr (HasTiles<T>::value) {
      ScreenArguments<T> a;
      a.matrix = matrix.view;
      a.vocabulary = vocabulary;
      a.depth = depth;
      a.slots = slots;
      a.residual = residual.held.data();
      a.norm = {norm_weight.held.data(), norm_bias.held.data()};
      a.normalised = input.data();
      a.lengths = lengths.data();
      a.scores = scores.data();
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
                        lengths.data(), floors.data()}},
              Grid{blocks, slots, Floor<T>::threads, Floor<T>::shared_bytes()}, order);
    }
    std::vector<double> exact(scores.size());
    for (int slot = 0; slot < slots; ++slot) {
      const auto normed =
          this->normalised(residual, count(slot, depth), depth, norm_weight, norm_bias);
      for (int k = 0; k < depth; ++k)
        ASSERT_NEAR(to_float(input[count(slot, depth) + static_cast<size_t>(k)]),
                    static_cast<float>(normed[static_cast<size_t>(k)]), near<T>);
      std::vector<double> least;
      for (int token = 0; token < vocabulary; ++token) {
        const size_t at = count(slot, vocabulary) + static_cast<size_t>(token);
        for (int k = 0; k < depth; ++k)
          exact[at] +=
              stored.at(token * depth + k) *
              static_cast<double>(to_float(input[count(slot, depth) + static_cast<size_t>(k)]));
        const float bound =
            matrix.rows[static_cast<size_t>(token)].error * lengths[static_cast<size_t>(slot)];
        ASSERT_LE(std::abs(static_cast<double>(scores[at]) - exact[at]), bound)
            << "token " << token << ", slot " << slot << " of " << slots << ", depth " << depth;
        least.push_back(static_cast<double>(scores[at] - bound));
      }
      const auto first = floors.begin() + static_cast<std::ptrdiff_t>(count(slot, blocks));
      ASSERT_NEAR(*std::max_element(first, first + blocks),
                  *std::max_element(least.begin(), least.end()), 1e-5);
      const int of_blocks = static_cast<int>(
          std::count_if(first, first + blocks, [](float floor) { return floor > -1e30F; }));
      const int together = HasTiles<T>::value ? Screen<T, Slots>::rows_of_warp : Floor<T>::threads;
      ASSERT_EQ(of_blocks, std::min(blocks, (vocabulary + together - 1) / together));
    }

    std::vector<Best<Count>> best(count(slots, few_parts));
    RescoreArguments<T, Count> r;
    r.weight = stored.held.data();
    r.rows = matrix.view.rows;
    r.most_error = matrix.view.most_error;
    r.vocabulary = vocabulary;
    r.depth = depth;
    r.normalised = input.data();
    r.lengths = lengths.data();
    r.scores = scores.data();
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

/// The bound of a token is only fetched where the largest bound of all lets it be among the best.
TYPED_TEST(GpuScreen, AsksOnlyForTheBoundsThatMatter) {
  using T = TypeParam;
  constexpr int vocabulary = 300, depth = 64, far_off = 77;
  Numbers<T> stored(static_cast<size_t>(vocabulary * depth), 1);
  Screened matrix(stored, vocabulary, depth);
  const std::vector<T> input(static_cast<size_t>(depth), from_float<T>(1));
  const float length = 8, floor = 10;
  std::vector<float> scores(static_cast<size_t>(vocabulary), floor);
  scores[far_off] = floor - 2 * matrix.view.most_error * length;
  // Whoever believes this bound scores the token again, and finds it to be the best.
  matrix.rows[far_off].error = 1e6F;
  for (size_t k = 0; k < depth; ++k)
    stored.held[far_off * depth + k] = from_float<T>(100);
  std::vector<Best<1>> best(few_parts);
  const RescoreArguments<T, 1> r = {
      stored.held.data(), matrix.view.rows, matrix.view.most_error, vocabulary, depth,
      input.data(),       &length,          scores.data(),          &floor,     1,
      best.data()};
  emulate(Rescore<T, 1>{r},
          Grid{few_parts, 1, Rescore<T, 1>::threads, Rescore<T, 1>::shared_bytes()});
  for (const Best<1>& part : best)
    EXPECT_NE(part.token[0], far_off);
}

TYPED_TEST(GpuTiles, FindNothingInWhatIsNoNumber) {
  using T = TypeParam;
  constexpr int vocabulary = 200, depth = 64, blocks = 2;
  const Numbers<T> stored(static_cast<size_t>(vocabulary * depth), 1);
  const Screened matrix(stored, vocabulary, depth);
  const Numbers<T> norm(static_cast<size_t>(depth), 2);
  std::vector<float> residual(static_cast<size_t>(depth), 1);
  residual[3] = std::numeric_limits<float>::quiet_NaN();
  std::vector<T> input(static_cast<size_t>(depth));
  std::vector<float> scores(static_cast<size_t>(vocabulary)), floors(blocks), lengths(1);
  const ScreenArguments<T> a = {matrix.view,     vocabulary,
                                depth,           1,
                                residual.data(), {norm.held.data(), norm.held.data()},
                                input.data(),    lengths.data(),
                                scores.data(),   floors.data()};
  using Kernel = Screen<T, 8>;
  emulate(Kernel{a}, Grid{blocks, 1, 64, Kernel::shared_bytes(64, depth)});
  std::vector<Best<1>> best(few_parts);
  const RescoreArguments<T, 1> r = {
      stored.held.data(), matrix.view.rows, matrix.view.most_error, vocabulary,    depth,
      input.data(),       lengths.data(),   scores.data(),          floors.data(), blocks,
      best.data()};
  emulate(Rescore<T, 1>{r},
          Grid{few_parts, 1, Rescore<T, 1>::threads, Rescore<T, 1>::shared_bytes()});
  EXPECT_EQ(best[0].token[0], -1);
  EXPECT_TRUE(std::isnan(best[0].sum));
}

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
