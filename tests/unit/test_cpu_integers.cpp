// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Floats to whole numbers, and what is done to those but products of matrices.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <vector>

#include "tests/unit/cpu_kernels_test.h"

namespace gst_translate::cpu {
namespace {

class IntegersTest : public KernelsTest {};

TEST_P(IntegersTest, RoundsToSteps) {
  for (size_t count = 0; count <= most_numbers; ++count) {
    std::vector<float> x = numbers(count);
    if (count > 1) x[0] = 3, x[count - 1] = -3;
    const int length = static_cast<int>(count);
    const int most = std::max(kernels.narrow_steps, 1);
    const float wide_factor = 2047 / 3.0F, narrow_factor = static_cast<float>(most) / 3;
    Guarded<int16_t> wide(count);
    Guarded<uint8_t> narrow(count);
    kernels.quantize_wide(x.data(), length, wide_factor, wide.data());
    kernels.quantize_narrow(x.data(), length, narrow_factor, narrow.data());
    for (size_t i = 0; i < count; ++i) {
      ASSERT_NEAR(wide[i], x[i] * wide_factor, 0.501);
      ASSERT_NEAR(static_cast<int8_t>(narrow[i] - kernels.narrow_zero), x[i] * narrow_factor,
                  0.501);
    }
    if (count > 1) {
      EXPECT_EQ(wide[0], 2047);
      EXPECT_EQ(wide[count - 1], -2047);
      EXPECT_EQ(narrow[0], static_cast<uint8_t>(kernels.narrow_zero + most));
      EXPECT_EQ(narrow[count - 1], static_cast<uint8_t>(kernels.narrow_zero - most));
    }
  }
}

TEST_P(IntegersTest, WhatIsTakenOutOfARowMakesItUpAgain) {
  if (kernels.take_excess == nullptr) return;
  for (int count = 4; count <= 100; count += 4)
    for (const int most : {127, 70, 60}) {
      std::vector<int> steps(static_cast<size_t>(count));
      std::generate(steps.begin(), steps.end(), [&] { return whole(-most, most); });
      Guarded<uint8_t> row(steps.size());
      for (size_t i = 0; i < steps.size(); ++i)
        row.data()[i] = static_cast<uint8_t>(steps[i] + kernels.narrow_zero);
      std::vector<Four> fours(steps.size() / 4);
      const Excess excess = kernels.take_excess(row.data(), count, fours.data());
      EXPECT_EQ(excess.sum, std::accumulate(steps.begin(), steps.end(), 0));
      if (most == 60) {
        EXPECT_EQ(excess.count, 0) << "no two of them are too much";
      }
      std::vector<int> made_up(steps.size());
      for (size_t i = 0; i < steps.size(); ++i) {
        // NOLINTNEXTLINE(bugprone-signed-char-misuse): a number
        made_up[i] = static_cast<int8_t>(row[i] - kernels.narrow_zero);
      }
      for (const Four* four = excess.fours; four != excess.fours + excess.count; ++four)
        for (size_t i = 0; i < 4; ++i)
          made_up[static_cast<size_t>(four->first) + i] += four->steps[i];
      EXPECT_EQ(made_up, steps);
    }
}

TEST_P(IntegersTest, RoundsARowOfWeightsIntoItsPanel) {
  for (size_t count = 4; count <= most_numbers; count += 4) {
    std::vector<float> x = numbers(count, -0.3F, 0.2F);
    if (count == 8) x.assign(count, 0);
    const size_t stride = size_t{4} * panel;
    Guarded<int8_t> to((count / 4 - 1) * stride + 4);
    const RoundedRow row = kernels.pack_int8(x.data(), static_cast<int>(count), to.data());
    const float most = std::abs(*std::max_element(
        x.begin(), x.end(), [](float a, float b) { return std::abs(a) < std::abs(b); }));
    EXPECT_FLOAT_EQ(row.scale, most / 127);
    int sum = 0;
    double error = 0, norm = 0, residual = 0;
    for (size_t i = 0; i < count; ++i) {
      // NOLINTNEXTLINE(bugprone-signed-char-misuse): a number
      const auto step = static_cast<int>(to[i / 4 * stride + i % 4]);
      residual += std::pow((step & 15) - 7.5, 2);
      sum += step;
      ASSERT_LE(std::abs(step), 127);
      const double value = step * static_cast<double>(row.scale);
      ASSERT_NEAR(value, x[i], 0.501 * row.scale) << i << " of " << count;
      error += std::pow(x[i] - value, 2);
      norm += std::pow(value, 2);
    }
    EXPECT_EQ(row.sum, sum);
    EXPECT_NEAR(row.error, std::sqrt(error), 1e-6);
    EXPECT_NEAR(row.norm, std::sqrt(norm), 1e-5);
    EXPECT_NEAR(row.residual, std::sqrt(residual) * row.scale, 1e-5);
  }
}

TEST_P(IntegersTest, TransposesNibblesThereAndBack) {
  for (size_t count = 0; count <= 200; count += 8) {
    std::vector<uint8_t> first(count), second(count);
    for (size_t i = 0; i < count; ++i)
      first[i] = static_cast<uint8_t>(whole(0, 255)),
      second[i] = static_cast<uint8_t>(whole(0, 255));
    Guarded<uint8_t> upper(count), lower(count), first_again(count), second_again(count);
    const auto length = static_cast<int>(count);
    kernels.transpose_nibbles(first.data(), second.data(), length, upper.data(), lower.data());
    kernels.transpose_nibbles(upper.data(), lower.data(), length, first_again.data(),
                              second_again.data());
    for (size_t i = 0; i < count; ++i) {
      ASSERT_EQ(upper[i], (first[i] & 0xf0) | second[i] >> 4);
      ASSERT_EQ(lower[i], (first[i] << 4 & 0xf0) | (second[i] & 0xf));
      ASSERT_EQ(first_again[i], first[i]);
      ASSERT_EQ(second_again[i], second[i]);
    }
  }
}

TEST_P(IntegersTest, MultipliesNibbles) {
  for (const int inputs : {8, 16, 24, 40, 64, 1024, 4096})
    for (const int panels : {1, 3})
      for (const bool extreme : {false, true}) {
        const size_t half = static_cast<size_t>(inputs) / 2;
        std::vector<uint8_t> nibbles(static_cast<size_t>(panels) * panel * half);
        std::vector<int8_t> x(2 * half);
        for (auto& both : nibbles)
          both = static_cast<uint8_t>(extreme ? 0x77 : whole(0, 255));
        for (auto& each : x)
          each = static_cast<int8_t>(extreme ? 127 : whole(-127, 127));
        for (const uint8_t turned : {uint8_t{0}, uint8_t{0x88}}) {
          Guarded<int32_t> sums(static_cast<size_t>(panels) * panel);
          kernels.multiply_nibbles(nibbles.data(), turned, x.data(), inputs, panels, sums.data());
          for (size_t row = 0; row < static_cast<size_t>(panels) * panel; ++row) {
            int32_t wanted = 0;
            for (size_t k = 0; k < half; ++k) {
              const int both =
                  nibbles[row / panel * panel * half + k / 4 * 64 + row % panel * 4 + k % 4] ^
                  turned;
              wanted += (both >> 4) * x[k] + (both & 15) * x[half + k];
            }
            ASSERT_EQ(sums[row], wanted) << inputs << " inputs, row " << row;
          }
        }
      }
}

TEST_P(IntegersTest, BoundsProductsOfUpperBits) {
  constexpr size_t panels = 5, rows = panels * panel;
  const std::vector<float> scale = numbers(rows, 0.001F, 0.01F), residual = numbers(rows, 0, 1),
                           mean_product = numbers(rows);
  std::vector<int32_t> sums(rows);
  for (auto& sum : sums)
    sum = whole(0, 1000000);
  const UpperProducts products = {whole(-30000000, 30000000), 0.02F, -0.7F, 4};
  Guarded<float> most(panels);
  kernels.bound_products(sums.data(), panels, scale.data(), residual.data(), mean_product.data(),
                         products, most.data());
  for (size_t p = 0; p < panels; ++p) {
    double wanted = -1e30;
    for (size_t row = p * panel; row < (p + 1) * panel; ++row)
      wanted =
          std::max(wanted, (sums[row] * 32.0 - products.middle) * products.step * scale[row] +
                               mean_product[row] * products.share + residual[row] * products.norm);
    ASSERT_NEAR(most[p], wanted, 1e-6 * std::abs(wanted) + 1e-4);
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, IntegersTest, testing::ValuesIn(available_kernels()), name_of);

}  // namespace
}  // namespace gst_translate::cpu
