// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <utility>

#include "tests/unit/gpu_products_test.h"

namespace gst_translate::gpu {
namespace {

template <typename T>
class GpuStoredProducts : public GpuProducts<T> {
 protected:
  void check_normed(int rows, int depth, int slots) {
    this->template check_linear<8, GpuProducts<T>::folds, Output::Scatter>(rows / 3 * 3, depth,
                                                                           slots, Order::Ascending);
    this->template check_linear<8, GpuProducts<T>::folds, Output::Relu>(rows, depth, slots,
                                                                        Order::Descending);
  }
  void check_added(int rows, int depth, int slots) {
    this->template check_linear<8, false, Output::Add>(rows, depth, slots, Order::Descending);
  }

  template <int Slots>
  void check_linears(int rows, int depth, int slots) {
    // With a norm, more slots are only asked for where it is applied apart.
    constexpr bool norm = GpuProducts<T>::folds && Slots == 8;
    this->template check_linear<Slots, norm, Output::Scatter>(rows / 3 * 3, depth, slots,
                                                              Order::Ascending);
    this->template check_linear<Slots, norm, Output::Relu>(rows, depth, slots, Order::Descending);
    this->template check_linear<Slots, norm, Output::Store>(rows, depth, slots, Order::Ascending);
    this->template check_linear<Slots, false, Output::Add>(rows, depth, slots, Order::Ascending);
    this->template check_linear<Slots, false, Output::Store>(rows, depth, slots, Order::Descending);
  }
};

TYPED_TEST_SUITE(GpuStoredProducts, Types);

TYPED_TEST(GpuStoredProducts, Multiply) {
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
    // As a pass of 32 slots multiplies square matrices.
    for (const int size : {384, 1024}) {
      this->template check_linear<16, false, Output::Add>(size, size, 32, Order::Ascending, 2);
      this->template check_linear<16, false, Output::Store>(size, size, 32, Order::Descending, 2);
    }
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

}  // namespace
}  // namespace gst_translate::gpu
