// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Numbers of 16 bits.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "tests/unit/cpu_kernels_test.h"

namespace gst_translate::cpu {
namespace {

class ConversionsTest : public KernelsTest {};

/// The numbers of 16 bits from 0 on, from the second byte on: at an odd address, as tensors may lie
/// in a file.
std::vector<char> every_half(size_t count) {
  std::vector<uint16_t> halves(count);
  std::iota(halves.begin(), halves.end(), uint16_t{0});
  std::vector<char> bytes(2 * count + 1);
  std::memcpy(bytes.data() + 1, halves.data(), 2 * count);
  return bytes;
}

TEST_P(ConversionsTest, ConvertsEveryHalfAndBack) {
  constexpr size_t count = 65536;
  const std::vector<char> bytes = every_half(count);
  Guarded<float> values(count);
  kernels.from_float16(bytes.data() + 1, count, values.data());
  Guarded<uint16_t> back(count);
  kernels.to_float16(values.data(), count, back.data());
  for (size_t i = 0; i < count; ++i) {
    const bool finite = (i >> 10 & 0x1f) != 0x1f;
    if (!finite && (i & 0x3ff) != 0) {
      ASSERT_TRUE(std::isnan(values[i])) << i;
      ASSERT_EQ(back[i] & 0x7c00, 0x7c00) << i;
      ASSERT_NE(back[i] & 0x3ff, 0) << i;
      continue;
    }
    const float wanted = finite         ? half_value(static_cast<uint16_t>(i))
                         : i == 0x7c00U ? std::numeric_limits<float>::infinity()
                                        : -std::numeric_limits<float>::infinity();
    ASSERT_EQ(values[i], wanted) << i;
    ASSERT_EQ(std::signbit(values[i]), i >= 0x8000) << i;
    ASSERT_EQ(back[i], i);
  }
}

TEST_P(ConversionsTest, RoundsToTheNearestHalf) {
  // Between each half and the next: 65520 lies between the largest one and what is infinite.
  std::vector<float> x;
  std::vector<uint16_t> wanted;
  for (uint16_t half = 0; half < 0x7c00; ++half) {
    const float next = half == 0x7bff ? 65536 : half_value(static_cast<uint16_t>(half + 1));
    const float between = (half_value(half) + next) / 2;
    const auto above = static_cast<uint16_t>(half + 1);
    for (const auto& [value, nearest] : {std::pair(std::nextafter(between, 0.0F), half),
                                         std::pair(between, half % 2 == 0 ? half : above),
                                         std::pair(std::nextafter(between, 1e30F), above)}) {
      x.insert(x.end(), {value, -value});
      wanted.insert(wanted.end(), {nearest, static_cast<uint16_t>(nearest | 0x8000)});
    }
  }
  x.insert(x.end(), {1e30F, -1e30F, 1e-30F});
  wanted.insert(wanted.end(), {0x7c00, 0xfc00, 0});
  Guarded<uint16_t> out(x.size());
  kernels.to_float16(x.data(), static_cast<int>(x.size()), out.data());
  for (size_t i = 0; i < x.size(); ++i)
    ASSERT_EQ(out[i], wanted[i]) << x[i];
}

TEST_P(ConversionsTest, ConvertsEveryBfloat16) {
  constexpr size_t count = 65536;
  const std::vector<char> bytes = every_half(count);
  Guarded<float> values(count);
  kernels.from_bfloat16(bytes.data() + 1, count, values.data());
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits = 0;
    std::memcpy(&bits, values.data() + i, sizeof bits);
    ASSERT_EQ(bits, i << 16);
  }
}

TEST_P(ConversionsTest, ConvertsAnyNumberOfNumbers) {
  for (size_t count = 0; count <= most_numbers; ++count) {
    const std::vector<uint16_t> halves(count, 0x3c01), upper(count, 0x3f80);
    Guarded<float> from_half(count), from_upper(count);
    Guarded<uint16_t> back(count);
    kernels.from_float16(halves.data(), static_cast<int>(count), from_half.data());
    kernels.from_bfloat16(upper.data(), static_cast<int>(count), from_upper.data());
    kernels.to_float16(from_half.data(), static_cast<int>(count), back.data());
    for (size_t i = 0; i < count; ++i) {
      ASSERT_EQ(from_half[i], 1 + 0x1p-10F);
      ASSERT_EQ(from_upper[i], 1);
      ASSERT_EQ(back[i], 0x3c01);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, ConversionsTest, testing::ValuesIn(available_kernels()), name_of);

}  // namespace
}  // namespace gst_translate::cpu
