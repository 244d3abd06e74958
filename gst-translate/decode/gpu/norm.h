// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/thread.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// A layer norm on the way into a product (nn.LayerNorm; its epsilon is not in config.json).
template <typename T>
struct NormArguments {
  GST_GPU_GLOBAL const T* weight = nullptr;  ///< [depth]; none: no norm
  GST_GPU_GLOBAL const T* bias = nullptr;
};

constexpr float norm_epsilon = 1e-5F;

GST_GPU_CODE float sum_of_warp(Thread thread, float value) {
  GST_GPU_UNROLL
  for (int mask = 16; mask > 0; mask /= 2)
    value += thread.shuffle(value, mask);
  return value;
}

/// Rows of the residual stream through a layer norm, each by one warp. What no kernel writes is
/// fetched before the wait for the previous kernel; a warp asks for its row all at once.
template <typename T>
class RowNorm {
 public:
  static constexpr size_t shared_bytes(int depth) {
    return 2 * sizeof(T) * static_cast<size_t>(depth);
  }

  /// By all threads of the block; a barrier has to follow. `shared`: of `shared_bytes`.
  GST_GPU_CODE RowNorm(Thread thread, GST_GPU_OWN const NormArguments<T>& norm, int depth,
                       GST_GPU_SHARED T* shared)
      : depth_(depth), weight_(shared), bias_(shared + depth) {
    for (int k = thread.index() * quad_size<T>; k < depth; k += thread.count() * quad_size<T>) {
      store_quad(weight_ + k, load_quad(norm.weight + k));
      store_quad(bias_ + k, load_quad(norm.bias + k));
    }
  }

  /// `to`: aligned as a quad; zeros follow the row up to `padded`.
  template <typename Row>
  GST_GPU_CODE void apply(Thread thread, GST_GPU_GLOBAL const float* row, Row to,
                          int padded) const {
    float values[quads][4];
    float shift = 0, sum = 0, squares = 0;
    for (int begin = 0; begin < depth_; begin += part) {
      load(thread, row, begin, values);
      // A mean that is large lets no digits of the variance be lost.
      if (begin == 0) shift = thread.shuffle_from(values[0][0], 0);
      GST_GPU_UNROLL
      for (int i = 0; i < quads; ++i) {
        if (begin + place(thread, i) >= depth_) continue;
        GST_GPU_UNROLL
        for (int j = 0; j < 4; ++j) {
          const float difference = values[i][j] - shift;
          sum += difference;
          squares += difference * difference;
        }
      }
    }
    GST_GPU_UNROLL
    for (int mask = 16; mask > 0; mask /= 2) {
      const float other = thread.shuffle(sum, mask), other_squares = thread.shuffle(squares, mask);
      sum += other;
      squares += other_squares;
    }
    const float mean = sum / static_cast<float>(depth_);
    const float variance = squares / static_cast<float>(depth_) - mean * mean;
    const float scale = rsqrtf((variance > 0 ? variance : 0) + norm_epsilon);
    for (int begin = 0; begin < depth_; begin += part) {
      if (depth_ > part) load(thread, row, begin, values);
      GST_GPU_UNROLL
      for (int i = 0; i < quads; ++i) {
        const int k = begin + place(thread, i);
        if (k >= depth_) continue;
        const Four<T> weight = load_four(weight_ + k), bias = load_four(bias_ + k);
        Four<T> normalised;
        GST_GPU_UNROLL
        for (int j = 0; j < 4; ++j)
          normalised.number[j] =
              from_float<T>((values[i][j] - shift - mean) * scale * to_float(weight.number[j]) +
                            to_float(bias.number[j]));
        store_four(to + k, normalised);
      }
    }
    for (int k = depth_ + thread.lane(); k < padded; k += 32)
      to[k] = from_float<T>(0);
  }

 private:
  static constexpr int quads = 8;  // of a lane, at once
  static constexpr int part = quads * 32 * 4;

  GST_GPU_CODE static int place(Thread thread, int i) { return (i * 32 + thread.lane()) * 4; }

  GST_GPU_CODE void load(Thread thread, GST_GPU_GLOBAL const float* row, int begin,
                         GST_GPU_OWN float (&values)[quads][4]) const {
    GST_GPU_UNROLL
    for (int i = 0; i < quads; ++i) {
      const int k = begin + place(thread, i);
      unpack<float>(k < depth_ ? load_quad(row + k) : zero_quad(), values[i]);
    }
  }

  int depth_;
  GST_GPU_SHARED T *weight_, *bias_;
};

template <typename T>
struct NormaliseArguments {
  GST_GPU_GLOBAL const float* residual = nullptr;  ///< [slots, depth]
  int depth = 0;
  NormArguments<T> norm;
  GST_GPU_GLOBAL T* output = nullptr;  ///< [slots, depth]
};

/// For many slots, which every block of a product would normalise again. A warp has a slot. Grid:
/// slots / the warps of a block.
template <typename T>
struct Normalise {
  NormaliseArguments<T> arguments;

  static constexpr int threads = 32, most_threads = 128, blocks_together = 1;
  static size_t shared_bytes(int depth) { return RowNorm<T>::shared_bytes(depth); }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const NormaliseArguments<T>& a = arguments;
    thread.let_next_begin();
    const RowNorm<T> norm(thread, a.norm, a.depth, reinterpret_cast<GST_GPU_SHARED T*>(shared));
    thread.barrier();
    thread.wait_for_previous();
    const int slot = thread.block_x() * (thread.count() / 32) + thread.warp();
    const int64_t first = static_cast<int64_t>(slot) * a.depth;
    norm.apply(thread, a.residual + first, a.output + first, a.depth);
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
