// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Products of matrices, of whole numbers and of floats.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/thread_pool.h"
#include "tests/unit/cpu_kernels_test.h"

namespace gst_translate::cpu {
namespace {

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

class ProductsTest : public KernelsTest {
 protected:
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

TEST_P(ProductsTest, MultipliesInt8With16Bits) {
  expect_products(WeightType::Int8, nullptr);
}
TEST_P(ProductsTest, MultipliesInt8With8Bits) {
  // The others are never given 8 bits.
  if (kernels.narrow_steps > 0) expect_products(WeightType::Int8, &kernels);
}
TEST_P(ProductsTest, MultipliesFloat16) {
  expect_products(WeightType::Float16, nullptr);
}
TEST_P(ProductsTest, MultipliesFloat32) {
  expect_products(WeightType::Float32, nullptr);
}

TEST_P(ProductsTest, LargestInt8ProductsDoNotSaturate) {
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
TEST_P(ProductsTest, NoSumOfExtremesSaturates) {
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

TEST_P(ProductsTest, RowsOfNextToNothingCountAsZeros) {
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

INSTANTIATE_TEST_SUITE_P(Cpu, ProductsTest, testing::ValuesIn(available_kernels()), name_of);

}  // namespace
}  // namespace gst_translate::cpu
