// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/parameters.h"

namespace gst_translate::cpu {

/// A first look at the int8 matrix of the output layer, with the upper four bits of its weights:
/// half the bytes of a screen tell what a token can score at most. That is within the Euclidean
/// norm of x times that of what the lower bits add to the row (Cauchy and Schwarz), of which the
/// part along the mean of earlier x is known exactly.
///
/// For that the matrix is put into another order, in place: in each block of panels first the upper
/// bits of all, then the lower ones. It takes a few steps' time there and back, so it is done when
/// many calls in a row have had use for it, and undone when the kernels need whole bytes.
/// From one thread at a time but for `look` and `copy_whole`.
class FirstLook {
 public:
  FirstLook(const OutputMatrix& matrix, Compute& compute);

  /// To be called before each use of the matrix: whether it begins with a look. If not, the matrix
  /// is in the order of the kernels. `x`: the only row that it is multiplied with, of finite
  /// numbers; null where there are more or every score is wanted.
  bool begin(const float* x);

  /// Fills in `most` for some panels, on the memory of this thread.
  void look(int first, int last, int thread);
  /// The most that the rounded x can score in a panel with a weight as it was rounded to 8 bits.
  float& most(int p) { return most_[static_cast<size_t>(p)]; }
  /// Of the x that was looked with: its norm, and what rounding took from x.
  float norm() const { return x_.norm; }
  float error() const { return x_.error; }

  /// A panel as the kernels read it, after a look.
  void copy_whole(int p, uint8_t* to) const;
  size_t panel_bytes() const { return panel_bytes_; }

  /// To be told after each look which share of the panels it has left: too many do not pay.
  void learn(float share_left);

 private:
  /// Numbers in 8 bits.
  struct Rounded {
    std::vector<int8_t> steps;
    int32_t sum = 0;                      // of the steps
    float step = 0, norm = 0, error = 0;  // what a step is worth; of all, and of what is missing
  };
  void round(const float* x, Rounded& rounded) const;
  void arrange(bool in_planes);
  void multiply_with_mean();
  uint8_t* upper(int p) const;
  uint8_t* lower(int p) const;
  int panels_of_block(int block) const;

  const OutputMatrix& matrix_;
  Compute& compute_;
  const int panels_;
  const size_t panel_bytes_;
  bool in_planes_ = false;
  int calls_ = 0;                // one after the other that had use for a look
  int calls_wanted_;             // so many before the matrix is put into planes
  float left_ = 0;               // share of the panels that the last looks have left
  std::vector<float> sum_of_x_;  // of those calls
  Rounded mean_, x_;
  float share_ = 0, rest_ = 0;              // x = share * mean + what has this norm
  std::vector<float> mean_product_;         // [rows] of the mean with what the lower bits add
  std::vector<float> most_;                 // [panels]
  std::vector<std::vector<int32_t>> sums_;  // [threads]
};

}  // namespace gst_translate::cpu
