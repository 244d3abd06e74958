// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the tests of the GPU's kernels have in common. Each runs them on the processor.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "gst-translate/decode/gpu/emulated_thread.h"
#include "gst-translate/decode/gpu/passes.h"

namespace gst_translate::gpu {

/// Random numbers as the kernels hold them, and as they are.
template <typename T>
struct Numbers {
  explicit Numbers(size_t count, unsigned seed, float deviation = 1, float mean = 0) {
    std::mt19937 random(seed);
    std::normal_distribution<float> values(mean, deviation);
    held.resize(count);
    for (size_t i = 0; i < count; ++i)
      held[i] = i < period ? from_float<T>(values(random)) : held[i - period];
  }
  double at(size_t i) const { return static_cast<double>(to_float(held[i])); }
  double at(int i) const { return at(static_cast<size_t>(i)); }

  /// A prime, so that no two rows of a matrix are the same. To make new ones takes longer than a
  /// kernel.
  static constexpr size_t period = 65537;
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
      for (int k = 0; k < depth && rounded; ++k)
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

/// The row as a layer norm leaves it.
template <typename T>
std::vector<double> normalised(const Numbers<float>& residual, size_t first, int depth,
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

using Types = testing::Types<float, Float16, Bfloat16, Untiled<Float16>, Untiled<Bfloat16>>;
using TypesInTiles = testing::Types<Float16, Bfloat16>;
using TypesOfInt8 = testing::Types<Float16, Bfloat16, Untiled<Float16>, Untiled<Bfloat16>>;

}  // namespace gst_translate::gpu
