// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

#include "tests/unit/gpu_products_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuInt8Products : public GpuProducts<T> {};
TYPED_TEST_SUITE(GpuInt8Products, TypesOfInt8);

TYPED_TEST(GpuInt8Products, Multiplies) {
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

}  // namespace
}  // namespace gst_translate::gpu
