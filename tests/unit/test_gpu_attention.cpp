// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuAttention : public testing::Test {};
TYPED_TEST_SUITE(GpuAttention, Types);

template <typename T>
class GpuAttentionInTiles : public testing::Test {};
TYPED_TEST_SUITE(GpuAttentionInTiles, TypesInTiles);

TYPED_TEST(GpuAttention, Attend) {
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

TYPED_TEST(GpuAttentionInTiles, AttendTogether) {
  check_attention_of_sentences<TypeParam, 1>();
  check_attention_of_sentences<TypeParam, 2>();
  check_attention_of_sentences<TypeParam, 4>();
}

TYPED_TEST(GpuAttentionInTiles, KeepKeysAndValues) {
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

}  // namespace
}  // namespace gst_translate::gpu
