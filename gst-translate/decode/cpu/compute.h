// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gst-translate/decode/cpu/kernels.h"
#include "gst-translate/decode/cpu/parameters.h"
#include "gst-translate/decode/cpu/thread_pool.h"

namespace gst_translate::cpu {

/// Keys and values of one sequence of positions, as pointers to the rows of each position.
struct Attended {
  const float* query = nullptr;  ///< [width]
  const float* const* keys = nullptr;
  const float* const* values = nullptr;
  int length = 0;
  float* out = nullptr;  ///< [width]
};

/// The operators of the network over rows of float32, on the threads of a pool. Keeps the memory
/// that they work in. From one thread at a time.
class Compute {
 public:
  Compute(const Kernels& kernels, ThreadPool& pool) : kernels_(kernels), pool_(pool) {}

  const Kernels& kernels() const { return kernels_; }
  ThreadPool& pool() { return pool_; }

  /// `x` [rows, inputs] times the matrix: [rows, outputs]. x and out do not overlap.
  void linear(const PackedWeights& weights, const float* x, int rows, Epilogue epilogue,
              float* out);

  /// What `linear` multiplies with, for who goes over the panels himself. Of more than one row,
  /// int8 weights get 8 bits where the kernels are faster with those.
  Activations activations(const PackedWeights& weights, const float* x, int rows);

  /// The largest error that `activations` made in each row, as a Euclidean norm.
  void rounding_errors(const Activations& x, const float* values, int inputs,
                       std::vector<float>& errors) const;

  void layer_norm(const LayerNorm& norm, const float* x, int rows, int width, float* out);

  /// Attention of every head of every item.
  void attend(const std::vector<Attended>& items, int heads, int width);

 private:
  /// Items that lie together.
  struct Range {
    int first = 0, count = 0;
  };

  const Kernels& kernels_;
  ThreadPool& pool_;
  std::vector<int16_t> wide_;
  std::vector<uint8_t> narrow_;
  std::vector<Excess> excess_;
  std::vector<Four> fours_;
  std::vector<float> scales_;
  std::vector<std::vector<float>> scores_;  // a thread each
  std::vector<Range> ranges_;               // of each item of an attention
};

}  // namespace gst_translate::cpu
