// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/first_look.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace gst_translate::cpu {
namespace {

constexpr float most_steps = 127;    // of x, to each side of zero
constexpr int panels_together = 64;  // a block: its planes are read in one go
constexpr int first_calls_wanted = 32;
// A look reads half the bytes, and what it leaves is read once more.
constexpr float most_left = 0.35F, weight_of_last = 0.1F;
constexpr int more_patience = 32, most_patience = 1 << 20;
// The upper bits of a weight, turned to a number n from 0 to 15, leave it between 16 (n - 8) and 15
// more: it is 16 n - 120.5 and at most 7.5 more or less, which the lower bits are without 7.5.
// Twice that is whole.
constexpr uint8_t turned_bits = 0x88;
constexpr int32_t twice_upper_middle = 241, twice_lower_middle = 15;

}  // namespace

FirstLook::FirstLook(const OutputMatrix& matrix, Compute& compute)
    : matrix_(matrix),
      compute_(compute),
      panels_(static_cast<int>(matrix.tokens.size()) / panel),
      panel_bytes_(static_cast<size_t>(panel) * static_cast<size_t>(matrix.weights.inputs)),
      calls_wanted_(first_calls_wanted) {
  sums_.resize(static_cast<size_t>(compute.pool().most()));
}

int FirstLook::panels_of_block(int block) const {
  return std::min(panels_together, panels_ - block * panels_together);
}

uint8_t* FirstLook::upper(int p) const {
  const int block = p / panels_together, place = p % panels_together;
  return reinterpret_cast<uint8_t*>(matrix_.bytes) +
         static_cast<size_t>(block * panels_together) * panel_bytes_ +
         static_cast<size_t>(place) * panel_bytes_ / 2;
}

uint8_t* FirstLook::lower(int p) const {
  return upper(p) + static_cast<size_t>(panels_of_block(p / panels_together)) * panel_bytes_ / 2;
}

bool FirstLook::begin(const float* x) {
  const int width = matrix_.weights.inputs;
  if (x == nullptr || matrix_.residual == nullptr || width % 8 != 0) {
    arrange(false);
    calls_ = 0;
    return false;
  }
  if (!in_planes_) {
    if (calls_ == 0) sum_of_x_.assign(static_cast<size_t>(width), 0);
    for (size_t k = 0; k < sum_of_x_.size(); ++k)
      sum_of_x_[k] += x[k];
    if (++calls_ < calls_wanted_) return false;
    arrange(true);
    multiply_with_mean();
  }
  round(x, x_);
  // As whole numbers of steps, which add up exactly.
  const auto product_of = [](const std::vector<int8_t>& a, const std::vector<int8_t>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), int64_t{0});
  };
  const int64_t product = product_of(x_.steps, mean_.steps);
  const int64_t mean_squares = product_of(mean_.steps, mean_.steps);
  const int64_t squares = product_of(x_.steps, x_.steps);
  const auto share =
      static_cast<double>(product) / static_cast<double>(std::max<int64_t>(mean_squares, 1));
  share_ = static_cast<float>(share) * x_.step;
  const double rest = static_cast<double>(squares) - share * static_cast<double>(product);
  rest_ = static_cast<float>(std::sqrt(std::max(rest, 0.0))) * x_.step;
  return true;
}

void FirstLook::round(const float* x, Rounded& rounded) const {
  const int width = matrix_.weights.inputs;
  rounded.steps.resize(static_cast<size_t>(width));
  rounded.step = compute_.kernels().largest(x, width) / most_steps;
  rounded.sum = 0;
  float squares = 0, errors = 0;
  for (size_t k = 0; k < rounded.steps.size(); ++k) {
    const float step = rounded.step > least_scaled ? std::nearbyint(x[k] / rounded.step) : 0;
    const float error = x[k] - step * rounded.step;
    rounded.steps[k] = static_cast<int8_t>(step);
    rounded.sum += static_cast<int32_t>(step);
    squares += step * step;
    errors += error * error;
  }
  rounded.norm = std::sqrt(squares) * rounded.step;
  rounded.error = std::sqrt(errors);
}

void FirstLook::arrange(bool in_planes) {
  if (in_planes == in_planes_) return;
  const Kernels& kernels = compute_.kernels();
  const size_t half = panel_bytes_ / 2;
  const int blocks = (panels_ + panels_together - 1) / panels_together;
  compute_.pool().run(blocks, 1, [&](int begin, int end, int) {
    std::vector<uint8_t> before(panels_together * panel_bytes_);
    for (int block = begin; block < end; ++block) {
      const int first = block * panels_together, count = panels_of_block(block);
      uint8_t* bytes = upper(first);
      std::memcpy(before.data(), bytes, static_cast<size_t>(count) * panel_bytes_);
      for (int i = 0; i < count; ++i) {
        const uint8_t* panel_before = before.data() + static_cast<size_t>(i) * panel_bytes_;
        const uint8_t* upper_before = before.data() + static_cast<size_t>(i) * half;
        uint8_t* whole = bytes + static_cast<size_t>(i) * panel_bytes_;
        if (in_planes)
          kernels.transpose_nibbles(panel_before, panel_before + half, static_cast<int>(half),
                                    upper(first + i), lower(first + i));
        else
          kernels.transpose_nibbles(upper_before, upper_before + static_cast<size_t>(count) * half,
                                    static_cast<int>(half), whole, whole + half);
      }
    }
  });
  in_planes_ = in_planes;
}

/// Takes the mean of the last x, but for its size, and multiplies it with what the lower bits add.
void FirstLook::multiply_with_mean() {
  round(sum_of_x_.data(), mean_);
  mean_product_.resize(static_cast<size_t>(panels_) * panel);
  most_.resize(static_cast<size_t>(panels_));
  const int32_t middle = twice_lower_middle * mean_.sum;
  compute_.pool().run(panels_, panels_together, [&](int first, int last, int) {
    int32_t sums[panel];
    for (int p = first; p < last; ++p) {
      compute_.kernels().multiply_nibbles(lower(p), 0, mean_.steps.data(), matrix_.weights.inputs,
                                          1, sums);
      for (size_t i = 0; i < panel; ++i) {
        const size_t row = static_cast<size_t>(p) * panel + i;
        mean_product_[row] =
            static_cast<float>(2 * sums[i] - middle) * 0.5F * matrix_.weights.scale[row];
      }
    }
  });
}

void FirstLook::look(int first, int last, int thread) {
  const Kernels& kernels = compute_.kernels();
  const UpperProducts products = {twice_upper_middle * x_.sum, x_.step / 2, share_, rest_};
  auto& sums = sums_[static_cast<size_t>(thread)];
  sums.resize(std::max(sums.size(), static_cast<size_t>(last - first) * panel));
  for (int end = 0; first < last; first = end) {
    end = std::min(last, (first / panels_together + 1) * panels_together);
    const auto row = static_cast<size_t>(first) * panel;
    kernels.multiply_nibbles(upper(first), turned_bits, x_.steps.data(), matrix_.weights.inputs,
                             end - first, sums.data());
    kernels.bound_products(sums.data(), end - first, matrix_.weights.scale + row,
                           matrix_.residual + row, mean_product_.data() + row, products,
                           most_.data() + first);
  }
}

void FirstLook::copy_whole(int p, uint8_t* to) const {
  const size_t half = panel_bytes_ / 2;
  compute_.kernels().transpose_nibbles(upper(p), lower(p), static_cast<int>(half), to, to + half);
}

void FirstLook::learn(float share_left) {
  left_ += weight_of_last * (share_left - left_);
  if (left_ <= most_left) return;
  arrange(false);
  calls_ = 0;
  left_ = 0;
  calls_wanted_ = std::min(calls_wanted_ * more_patience, most_patience);
}

}  // namespace gst_translate::cpu
