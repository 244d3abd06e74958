// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/kernel_choice.h"
#include "gst-translate/decode/cpu/thread_pool.h"

namespace gst_translate::cpu {
namespace {

std::mt19937 random_bits(1);

float number(float least, float most) {
  return std::uniform_real_distribution<float>(least, most)(random_bits);
}
int whole(int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random_bits);
}
std::vector<float> numbers(size_t count, float least = -3, float most = 3) {
  std::vector<float> result(count);
  std::generate(result.begin(), result.end(), [&] { return number(least, most); });
  return result;
}

/// What IEEE 754 says of a half that is finite.
float half_value(uint16_t half) {
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

/// A matrix packed as kernels.h describes it, and the same weights plain.
class Matrix {
 public:
  using Weight = std::function<float(int k)>;

  /// `weight`: every row's; random ones without.
  Matrix(WeightType type, int outputs, int inputs, bool with_bias, const Weight& weight = {})
      : packed_outputs_(static_cast<size_t>((outputs + panel - 1) / panel * panel)),
        width_(static_cast<size_t>(type == WeightType::Int8 ? (inputs + 3) / 4 * 4 : inputs)),
        plain_(packed_outputs_ * width_, 0) {
    packed.type = type;
    packed.outputs = outputs;
    packed.inputs = inputs;
    if (with_bias) bias_ = numbers(packed_outputs_);
    if (type == WeightType::Int8) scale_ = numbers(packed_outputs_, 0.001F, 0.01F);
    for (size_t output = 0; output < static_cast<size_t>(outputs); ++output)
      for (size_t k = 0; k < static_cast<size_t>(inputs); ++k)
        plain_[output * width_ + k] = weight ? weight(static_cast<int>(k)) : draw();
  }

  /// The weight, for int8 in steps of the row's scale.
  double plain(size_t output, size_t k) const { return plain_[output * width_ + k]; }

  const PackedWeights& pack() {
    const size_t inputs = static_cast<size_t>(packed.inputs);
    for (size_t output = 0; output < packed_outputs_; ++output) {
      const size_t first = output / panel * panel * width_, place = output % panel;
      int32_t sum = 0;
      for (size_t k = 0; k < width_; ++k) {
        const float weight = plain_[output * width_ + k];
        if (packed.type == WeightType::Int8) {
          int8_.resize(plain_.size());
          int8_[first + k / 4 * 4 * panel + 4 * place + k % 4] = static_cast<int8_t>(weight);
          sum += static_cast<int32_t>(weight);
        } else if (packed.type == WeightType::Float32) {
          float32_.resize(plain_.size());
          float32_[first + k * panel + place] = weight;
        } else {
          float16_.resize(plain_.size());
          float16_[first + k * panel + place] =
              k < inputs && output < static_cast<size_t>(packed.outputs)
                  ? halves_[output * inputs + k]
                  : 0;
        }
      }
      if (packed.type == WeightType::Int8) sum_.push_back(sum);
    }
    packed.data = packed.type == WeightType::Int8      ? static_cast<const void*>(int8_.data())
                  : packed.type == WeightType::Float32 ? static_cast<const void*>(float32_.data())
                                                       : static_cast<const void*>(float16_.data());
    packed.bias = bias_.empty() ? nullptr : bias_.data();
    packed.scale = scale_.empty() ? nullptr : scale_.data();
    packed.sum = sum_.empty() ? nullptr : sum_.data();
    return packed;
  }

  PackedWeights packed;

 private:
  float draw() {
    if (packed.type == WeightType::Int8) return static_cast<float>(whole(-127, 127));
    if (packed.type == WeightType::Float32) return number(-1, 1);
    halves_.push_back(static_cast<uint16_t>(whole(0, 15 << 10) | whole(0, 1) << 15));
    return half_value(halves_.back());
  }

  size_t packed_outputs_, width_;
  std::vector<float> plain_;  // [outputs, inputs], both padded
  std::vector<uint16_t> halves_;
  std::vector<int8_t> int8_;
  std::vector<uint16_t> float16_;
  std::vector<float> float32_, bias_, scale_;
  std::vector<int32_t> sum_;
};

/// Rows to multiply with, of each form that kernels take.
class Rows {
 public:
  /// `narrow`: the kernels whose 8 bits they are, null for others.
  Rows(int rows, int inputs, bool integers, const Kernels* narrow)
      : width_(integers ? (inputs + 3) / 4 * 4 : inputs) {
    const auto count = static_cast<size_t>(rows) * static_cast<size_t>(width_);
    scale_ = numbers(static_cast<size_t>(rows), 0.001F, 0.01F);
    view.rows = rows;
    view.inputs = width_;
    if (!integers) {
      values_ = numbers(count);
      view.values = values_.data();
      return;
    }
    // The whole range, its ends among it.
    const int most = narrow != nullptr ? narrow->narrow_steps : 2047;
    take_steps(inputs, narrow,
               [most](int) { return std::clamp(whole(-most - 20, most + 20), -most, most); });
  }

  /// Integers, every row's.
  Rows(int rows, int inputs, const Kernels* narrow, const std::function<int(int k)>& step)
      : width_((inputs + 3) / 4 * 4) {
    view.rows = rows;
    view.inputs = width_;
    take_steps(inputs, narrow, step);
  }

  /// The number, for integers in steps of the row's scale.
  double plain(size_t row, size_t k) const {
    const size_t i = row * static_cast<size_t>(width_) + k;
    return steps_.empty() ? static_cast<double>(values_[i]) : steps_[i];
  }

  Activations view;

 private:
  void take_steps(int inputs, const Kernels* narrow, const std::function<int(int k)>& step) {
    for (int i = 0; i < view.rows * width_; ++i)
      steps_.push_back(i % width_ >= inputs ? 0 : step(i % width_));
    wide_.assign(steps_.begin(), steps_.end());
    view.scale = scale_.data();
    if (narrow == nullptr) {
      view.wide = wide_.data();
      return;
    }
    for (const int value : steps_)
      narrow_.push_back(static_cast<uint8_t>(value + narrow->narrow_zero));
    view.narrow = narrow_.data();
    if (narrow->take_excess == nullptr) return;
    const auto width = static_cast<size_t>(width_);
    fours_.resize(narrow_.size() / 4);
    for (size_t i = 0; i < narrow_.size(); i += width)
      excess_.push_back(narrow->take_excess(narrow_.data() + i, width_, fours_.data() + i / 4));
    view.excess = excess_.data();
  }

  int width_;
  std::vector<int> steps_;
  std::vector<float> values_, scale_;
  std::vector<int16_t> wide_;
  std::vector<uint8_t> narrow_;
  std::vector<Excess> excess_;
  std::vector<Four> fours_;
};

class KernelsTest : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels = *GetParam();

  /// The panels of the lower half and of the upper half, each call with canaries all around it.
  void expect_product(Matrix& matrix, const Rows& rows, Epilogue epilogue) {
    const PackedWeights& weights = matrix.pack();
    const auto outputs = static_cast<size_t>(weights.outputs);
    const size_t stride = outputs + 3;
    const int panels = (weights.outputs + panel - 1) / panel;
    std::vector<float> out = numbers(static_cast<size_t>(rows.view.rows) * stride + panel);
    for (const auto& [first, last] : {std::pair(panels / 2, panels), std::pair(0, panels / 2)}) {
      const std::vector<float> before = out;
      kernels.multiply(weights, rows.view, first, last, epilogue, out.data(), stride);
      for (size_t i = 0; i < out.size(); ++i) {
        const size_t row = i / stride, output = i % stride;
        const int p = static_cast<int>(output) / panel;
        if (row >= static_cast<size_t>(rows.view.rows) || output >= outputs || p < first ||
            p >= last) {
          ASSERT_EQ(out[i], before[i]) << "written beside, row " << row << " output " << output;
          continue;
        }
        double product = 0, size = 0;
        for (size_t k = 0; k < static_cast<size_t>(weights.inputs); ++k) {
          product += matrix.plain(output, k) * rows.plain(row, k);
          size += std::abs(matrix.plain(output, k) * rows.plain(row, k));
        }
        if (weights.type == WeightType::Int8) {
          // The sum of integers is exact.
          product *= static_cast<double>(weights.scale[output]) * rows.view.scale[row];
          size = std::abs(product);
        }
        double wanted = product + (weights.bias != nullptr ? weights.bias[output] : 0);
        if (epilogue == Epilogue::Relu) wanted = std::max(wanted, 0.0);
        if (epilogue == Epilogue::Add) wanted += before[i];
        ASSERT_NEAR(out[i], wanted, 1e-6 * (size + 10))
            << rows.view.rows << " rows " << weights.outputs << " outputs " << weights.inputs
            << " inputs, row " << row << " output " << output;
      }
    }
  }

  /// Every number of rows with every shape; bias and epilogues in turn.
  void expect_products(WeightType type, const Kernels* narrow) {
    constexpr Epilogue epilogues[] = {Epilogue::Store, Epilogue::Relu, Epilogue::Add};
    size_t turn = 0;
    for (int rows = 1; rows <= 33; ++rows)
      for (const int outputs : {1, 16, 23, 48, 87})
        for (const int inputs : {1, 4, 7, 18, 45, 128}) {
          Matrix matrix(type, outputs, inputs, turn % 2 == 0);
          const Rows x(rows, inputs, type == WeightType::Int8, narrow);
          expect_product(matrix, x, epilogues[turn / 2 % 3]);
          if (HasFatalFailure()) return;
          ++turn;
        }
  }
};

TEST_P(KernelsTest, MultipliesInt8With16Bits) {
  expect_products(WeightType::Int8, nullptr);
}
TEST_P(KernelsTest, MultipliesInt8With8Bits) {
  // The others are never given 8 bits.
  if (kernels.narrow_steps > 0) expect_products(WeightType::Int8, &kernels);
}
TEST_P(KernelsTest, MultipliesFloat16) {
  expect_products(WeightType::Float16, nullptr);
}
TEST_P(KernelsTest, MultipliesFloat32) {
  expect_products(WeightType::Float32, nullptr);
}

TEST_P(KernelsTest, LargestInt8ProductsDoNotSaturate) {
  ThreadPool pool(1);
  Compute compute(kernels, pool);
  for (const int inputs : {4, 384, 8192, 20000}) {
    Matrix matrix(WeightType::Int8, 17, inputs, false, [](int) { return -127; });
    const PackedWeights& weights = matrix.pack();
    ASSERT_NE(weights.scale, nullptr);
    // Few rows are multiplied with 16 bits, many with 8 where that is faster.
    for (const int rows : {1, 4, 9})
      for (const float x : {5.0F, -5.0F}) {
        const std::vector<float> values(static_cast<size_t>(rows * inputs), x);
        std::vector<float> out(static_cast<size_t>(rows * 17));
        compute.linear(weights, values.data(), rows, Epilogue::Store, out.data());
        for (size_t i = 0; i < out.size(); ++i)
          ASSERT_FLOAT_EQ(out[i] / weights.scale[i % 17], -127 * x * static_cast<float>(inputs))
              << inputs << " inputs, " << rows << " rows";
      }
  }
}

/// Sums that are as large as they can get, in the orders in which pairs, fours and whole vectors of
/// products add up: each must be the exact one, so that no kernel has to be tried on a machine
/// before it is believed.
TEST_P(KernelsTest, NoSumOfExtremesSaturates) {
  using Sign = int (*)(int k);
  constexpr Sign signs[] = {
      [](int) { return 1; },
      [](int) { return -1; },
      [](int k) { return k % 2 == 0 ? 1 : -1; },
      [](int k) { return k % 4 < 2 ? 1 : -1; },
      [](int k) { return k % 8 < 4 ? 1 : -1; },
      [](int k) { return k % 64 < 32 ? 1 : -1; },
      [](int) { return whole(0, 1) == 0 ? 1 : -1; },
  };
  constexpr int outputs = 17;  // a whole panel, and one of which one output exists
  const std::vector<float> ones(size_t{2} * panel, 1);
  for (const int inputs : {4, 64, 1024, 20000})
    for (const int rows : {2, 5, 8})
      for (const bool narrow : {false, true}) {
        if (narrow && kernels.narrow_steps == 0) continue;  // the others are never given 8 bits
        // What `Compute::activations` rounds to: 12 bits, fewer where the sum would not fit.
        const int steps =
            narrow ? kernels.narrow_steps : std::min(2047, 0x7fffffff / (127 * inputs));
        for (const Sign weight_sign : signs)
          for (const Sign row_sign : signs) {
            Matrix matrix(WeightType::Int8, outputs, inputs, false,
                          [&](int k) { return static_cast<float>(127 * weight_sign(k)); });
            PackedWeights weights = matrix.pack();
            weights.scale = ones.data();
            Rows x(rows, inputs, narrow ? &kernels : nullptr,
                   [&](int k) { return steps * row_sign(k); });
            x.view.scale = ones.data();
            std::vector<float> out(static_cast<size_t>(rows) * outputs);
            kernels.multiply(weights, x.view, 0, 2, Epilogue::Store, out.data(), outputs);
            for (size_t i = 0; i < out.size(); ++i) {
              int64_t sum = 0;
              for (size_t k = 0; k < static_cast<size_t>(inputs); ++k)
                sum += static_cast<int64_t>(matrix.plain(i % outputs, k)) *
                       static_cast<int64_t>(x.plain(i / outputs, k));
              ASSERT_EQ(out[i], static_cast<float>(sum))
                  << inputs << " inputs, " << rows << " rows, 8 bits " << narrow;
            }
          }
      }
}

TEST_P(KernelsTest, RowsOfNextToNothingCountAsZeros) {
  ThreadPool pool(1);
  Compute compute(kernels, pool);
  constexpr int inputs = 40;
  const float least = std::numeric_limits<float>::denorm_min();
  for (const float size : {least, 1e-40F, 1e-37F, 1e-36F}) {
    std::vector<float> x(inputs, size);
    x[3] = 0;
    std::vector<int8_t> packed(size_t{inputs} * panel, 77);
    const RoundedRow row = kernels.pack_int8(x.data(), inputs, packed.data());
    EXPECT_EQ(row.sum, 0) << size;
    EXPECT_NEAR(row.norm, 0, 1e-30);
    Matrix matrix(WeightType::Int8, 1, inputs, false, [](int) { return 127; });
    float out = 77;
    compute.linear(matrix.pack(), x.data(), 1, Epilogue::Store, &out);
    EXPECT_NEAR(out, 0, 1e-30) << size;
  }
}

constexpr size_t most_numbers = 70;  // more than four of the widest vectors

TEST_P(KernelsTest, FindsTheLargest) {
  for (size_t count = 0; count <= most_numbers; ++count)
    for (size_t place = 0; place < std::max<size_t>(count, 1); ++place)
      for (const float most : {9.0F, -9.0F}) {
        std::vector<float> x = numbers(count);
        if (count > 0) x[place] = most;
        ASSERT_EQ(kernels.largest(x.data(), static_cast<int>(count)), count > 0 ? 9 : 0);
        if (count > 0) {
          ASSERT_EQ(kernels.maximum(x.data(), static_cast<int>(count)),
                    *std::max_element(x.begin(), x.end()));
        }
      }
}

TEST_P(KernelsTest, FindsWhatIsAbove) {
  for (size_t count = 0; count <= most_numbers; ++count)
    for (const float least : {-4.0F, 0.0F, 2.0F, 4.0F}) {
      std::vector<float> x = numbers(count);
      if (count > 2) x[count / 2] = least;  // it counts itself
      std::vector<int32_t> wanted;
      for (size_t i = 0; i < count; ++i)
        if (x[i] >= least) wanted.push_back(static_cast<int32_t>(i));
      Guarded<int32_t> places(count);
      const int found = kernels.find_above(x.data(), static_cast<int>(count), least, places.data());
      ASSERT_EQ(std::vector(places.data(), places.data() + found), wanted);
    }
}

TEST_P(KernelsTest, RoundsToSteps) {
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

TEST_P(KernelsTest, WhatIsTakenOutOfARowMakesItUpAgain) {
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

TEST_P(KernelsTest, RoundsARowOfWeightsIntoItsPanel) {
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

TEST_P(KernelsTest, TransposesNibblesThereAndBack) {
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

TEST_P(KernelsTest, MultipliesNibbles) {
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

TEST_P(KernelsTest, BoundsProductsOfUpperBits) {
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

TEST_P(KernelsTest, Normalises) {
  for (size_t width = 1; width <= most_numbers; ++width) {
    const std::vector<float> x = numbers(width, -2, 9), weight = numbers(width),
                             bias = numbers(width);
    Guarded<float> out(width);
    kernels.layer_norm(x.data(), static_cast<int>(width), weight.data(), bias.data(), out.data());
    const auto count = static_cast<double>(width);
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / count;
    double variance = 0;
    for (const float value : x)
      variance += (value - mean) * (value - mean) / count;
    for (size_t i = 0; i < width; ++i)
      ASSERT_NEAR(out[i], (x[i] - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i], 1e-5)
          << width;
  }
}

TEST_P(KernelsTest, MultipliesTwoVectors) {
  for (size_t count = 0; count <= most_numbers; ++count) {
    const std::vector<float> a = numbers(count), b = numbers(count);
    const double wanted = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    ASSERT_NEAR(kernels.dot(a.data(), b.data(), static_cast<int>(count)), wanted, 1e-4);
  }
}

TEST_P(KernelsTest, SumsExponentials) {
  for (size_t count = 1; count <= most_numbers; ++count)
    for (const float range : {1.0F, 20.0F, 200.0F}) {
      std::vector<float> x = numbers(count, -range, 0);
      x[count / 2] = 0;
      if (count > 4) x[0] = -1e30F;  // what a row without a token has
      double wanted = 0;
      for (const float value : x)
        wanted += std::exp(static_cast<double>(value) - 0.5);
      ASSERT_NEAR(kernels.sum_of_exponentials(x.data(), static_cast<int>(count), 0.5F) / wanted, 1,
                  1e-6);
    }
}

TEST_P(KernelsTest, Attends) {
  for (const int size : {1, 6, 8, 16, 37, 64, 100})
    for (int length = 1; length <= 40; length += 3) {
      constexpr int offset = 5;
      const size_t width = size_t{offset} + static_cast<size_t>(size);
      const float scale = 0.3F;
      const std::vector<float> query = numbers(width, -1, 1);
      std::vector<std::vector<float>> keys, values;
      std::vector<const float*> key_rows, value_rows;
      std::vector<double> shares;
      for (int t = 0; t < length; ++t) {
        keys.push_back(numbers(width));
        values.push_back(numbers(width));
        key_rows.push_back(keys.back().data());
        value_rows.push_back(values.back().data());
        shares.push_back(std::exp(scale * std::inner_product(query.begin() + offset, query.end(),
                                                             keys.back().begin() + offset, 0.0)));
      }
      const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
      Guarded<float> out(width), scores(static_cast<size_t>(length));
      kernels.attend({query.data(), key_rows.data(), value_rows.data(), length}, offset, size,
                     scale, scores.data(), out.data());
      for (size_t i = 0; i < width; ++i) {
        double wanted = 0;
        for (size_t t = 0; t < shares.size(); ++t)
          wanted += shares[t] / total * values[t][i];
        ASSERT_NEAR(out[i], i < offset ? 77 : wanted, 1e-5) << size << " " << length << " " << i;
      }
    }
}

TEST_P(KernelsTest, ConvertsEveryHalfAndBack) {
  constexpr size_t count = 65536;
  // At an odd address, as tensors may lie in a file.
  std::vector<char> bytes(2 * count + 1);
  std::vector<uint16_t> halves(count);
  std::iota(halves.begin(), halves.end(), uint16_t{0});
  std::memcpy(bytes.data() + 1, halves.data(), 2 * count);
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
    const float wanted = finite         ? half_value(halves[i])
                         : i == 0x7c00U ? std::numeric_limits<float>::infinity()
                                        : -std::numeric_limits<float>::infinity();
    ASSERT_EQ(values[i], wanted) << i;
    ASSERT_EQ(std::signbit(values[i]), i >= 0x8000) << i;
    ASSERT_EQ(back[i], i);
  }
}

TEST_P(KernelsTest, RoundsToTheNearestHalf) {
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

TEST_P(KernelsTest, ConvertsEveryBfloat16) {
  constexpr size_t count = 65536;
  std::vector<char> bytes(2 * count + 1);
  std::vector<uint16_t> halves(count);
  std::iota(halves.begin(), halves.end(), uint16_t{0});
  std::memcpy(bytes.data() + 1, halves.data(), 2 * count);
  Guarded<float> values(count);
  kernels.from_bfloat16(bytes.data() + 1, count, values.data());
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits = 0;
    std::memcpy(&bits, values.data() + i, sizeof bits);
    ASSERT_EQ(bits, i << 16);
  }
}

TEST_P(KernelsTest, ConvertsAnyNumberOfNumbers) {
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

/// But for the portable ones, which have no fused multiply-add on x86.
TEST(Kernels, WiderVectorsAddUpAsNarrowerOnes) {
  std::vector<const Kernels*> all = available_kernels();
  all.erase(all.begin());
  for (const int count : {16, 32, 64, 96, 1024, 1027}) {
    const auto width = static_cast<size_t>(count);
    const std::vector<float> a = numbers(width), b = numbers(width), c = numbers(width);
    std::vector<float> below(width);
    std::transform(a.begin(), a.end(), below.begin(), [](float x) { return -std::fabs(x); });
    const std::vector<const float*> rows = {b.data(), c.data(), a.data()};
    std::vector<std::vector<float>> results;
    for (const Kernels* kernels : all) {
      std::vector<float> norm(width), scores(rows.size()), attended(width);
      kernels->layer_norm(a.data(), count, b.data(), c.data(), norm.data());
      kernels->attend({a.data(), rows.data(), rows.data(), static_cast<int>(rows.size())}, 0, count,
                      0.125F, scores.data(), attended.data());
      norm.insert(norm.end(), attended.begin(), attended.end());
      norm.push_back(kernels->dot(a.data(), b.data(), count));
      norm.push_back(kernels->sum_of_exponentials(below.data(), count, 0.5F));
      results.push_back(std::move(norm));
    }
    for (size_t i = 1; i < results.size(); ++i)
      EXPECT_EQ(results[i], results[0]) << all[i]->name << ", " << count;
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, KernelsTest, testing::ValuesIn(available_kernels()),
                         [](const auto& test) { return std::string(test.param->name); });

}  // namespace
}  // namespace gst_translate::cpu
