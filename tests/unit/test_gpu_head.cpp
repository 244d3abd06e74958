// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>
#include <vector>

#include "tests/unit/gpu_kernels_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuHead : public testing::Test {};
TYPED_TEST_SUITE(GpuHead, TypesInTiles);

TYPED_TEST(GpuHead, NormaliseManySlots) {
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
      const auto wanted = normalised(residual, first, depth, norm_weight, norm_bias);
      for (size_t k = 0; k < wanted.size(); ++k)
        ASSERT_NEAR(to_float(output[first + k]), static_cast<float>(wanted[k]), near<T>);
    }
  }
}

TYPED_TEST(GpuHead, ScoreTheVocabulary) {
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
          normalised(residual, static_cast<size_t>(slot) * static_cast<size_t>(depth), depth,
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

}  // namespace
}  // namespace gst_translate::gpu
