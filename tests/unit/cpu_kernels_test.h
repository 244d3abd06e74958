// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the tests of the kernels have in common. Each is run with all kernels of this processor.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gst-translate/decode/cpu/kernel_choice.h"
#include "gst-translate/decode/cpu/kernels.h"

namespace gst_translate::cpu {

inline std::mt19937 random_bits(1);

inline float number(float least, float most) {
  return std::uniform_real_distribution<float>(least, most)(random_bits);
}
inline int whole(int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random_bits);
}
inline std::vector<float> numbers(size_t count, float least = -3, float most = 3) {
  std::vector<float> result(count);
  std::generate(result.begin(), result.end(), [&] { return number(least, most); });
  return result;
}

/// What IEEE 754 says of a half that is finite.
inline float half_value(uint16_t half) {
  const int exponent = half >> 10 & 0x1f, mantissa = half & 0x3ff;
  const double size =
      exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(mantissa + 1024, exponent - 25);
  return static_cast<float>((half & 0x8000) != 0 ? -size : size);
}

/// Room for what a kernel writes, with numbers behind it that it must leave alone.
template <typename T>
class Guarded {
 public:
  explicit Guarded(size_t count) : values_(count + guards, T{77}) {}
  ~Guarded() {
    for (size_t i = values_.size() - guards; i < values_.size(); ++i)
      EXPECT_EQ(values_[i], T{77}) << "written behind the end";
  }
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;
  T* data() { return values_.data(); }
  T operator[](size_t i) const { return values_[i]; }

 private:
  static constexpr size_t guards = 64;
  std::vector<T> values_;
};

inline constexpr size_t most_numbers = 70;  // more than four of the widest vectors

class KernelsTest : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels = *GetParam();
};

inline std::string name_of(const testing::TestParamInfo<const Kernels*>& test) {
  return test.param->name;
}

}  // namespace gst_translate::cpu
