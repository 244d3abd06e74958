// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/selection.h"

// With many slots the tensor cores are what a product waits for, and the device's own library has
// the fastest products. It knows nothing of what becomes of them: the kernels here do that.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// For the device's library: output[slots, rows] = input[slots, depth] weight[rows, depth]^T,
/// summed up in float32. `Result`: T or float.
template <typename T, typename Result>
struct Product {
  const T* weight = nullptr;
  const T* input = nullptr;
  Result* output = nullptr;
  int rows = 0, depth = 0, slots = 0;
  bool adds = false;  ///< to what the output holds
};

template <typename T>
struct BiasArguments {
  T* product = nullptr;     ///< [slots, rows]
  const T* bias = nullptr;  ///< [rows]
  int rows = 0, slots = 0;
  T* output = nullptr;                   ///< Scatter: [slots, rows / 3]; else where the product is
  T* cache = nullptr;                    ///< Scatter: [.., 2 rows / 3]
  const int32_t* destination = nullptr;  ///< Scatter: [slots], rows of the cache
};

/// What a product becomes: `What` is Store, Relu or Scatter. A thread has 16 bytes. Grid: `blocks`.
template <typename T, Output What>
struct AddBias {
  BiasArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;

  static int blocks(int rows, int slots) {
    return (slots * (rows / quad_size<T>)+threads - 1) / threads;
  }

  GST_GPU_CODE void run(Thread thread, char* /*shared*/) const {
    const BiasArguments<T>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int quads_of_slot = a.rows / quad_size<T>;
    const int quad = thread.block_x() * threads + thread.index();
    const int slot = quad / quads_of_slot, row = quad % quads_of_slot * quad_size<T>;
    if (slot >= a.slots) return;
    T* product = a.product + static_cast<int64_t>(slot) * a.rows + row;
    float values[quad_size<T>], bias[quad_size<T>];
    unpack<T>(load_quad(product), values);
    unpack<T>(load_quad(a.bias + row), bias);
    GST_GPU_UNROLL
    for (int i = 0; i < quad_size<T>; ++i) {
      values[i] += bias[i];
      if (What == Output::Relu && values[i] < 0) values[i] = 0;
    }
    store_quad(What == Output::Scatter ? place_of(slot, row) : product, pack<T>(values));
  }

 private:
  GST_GPU_CODE T* place_of(int slot, int row) const {
    const BiasArguments<T>& a = arguments;
    const int width = a.rows / 3;
    if (row < width) return a.output + static_cast<int64_t>(slot) * width + row;
    return a.cache + static_cast<int64_t>(a.destination[slot]) * 2 * width + row - width;
  }
};

template <int Count>
struct SlotScanArguments {
  const float* logits = nullptr;  ///< [vocabulary, slots]: the library is slow with odd rows
  int vocabulary = 0, slots = 0;
  Best<Count>* best = nullptr;  ///< [slots, parts]
};

/// The best of a part of the vocabulary, as `Scan` finds them. A lane has a slot, and the warps of
/// a block share the tokens. Grid: parts, slots / 32.
template <int Count>
struct SlotScan {
  SlotScanArguments<Count> arguments;

  static constexpr int threads = 256, most_threads = threads;
  static constexpr int blocks_together = Count == 1 ? 8 : 2;
  static constexpr int together = 8;  // tokens of a lane that are fetched at once
  static size_t shared_bytes() { return threads * sizeof(Best<Count>); }
  /// Into how many parts a vocabulary is divided.
  static int parts(int slots, int processors) {
    const int blocks_of_part = (slots + 31) / 32;
    const int parts = processors * 8 / blocks_of_part;
    return parts < 1 ? 1 : parts < most_vocabulary_parts ? parts : most_vocabulary_parts;
  }

  GST_GPU_CODE void run(Thread thread, char* shared) const {
    const SlotScanArguments<Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    constexpr int warps = threads / 32;
    const int slot = thread.block_y() * 32 + thread.lane();
    const float* logits = a.logits + (slot < a.slots ? slot : 0);
    const int stride = thread.blocks() * warps;
    Best<Count> best;
    best.clear();
    for (int first = thread.block_x() * warps + thread.warp(); first < a.vocabulary;
         first += together * stride) {
      float scores[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        const int token = first + i * stride;
        scores[i] =
            token < a.vocabulary ? logits[static_cast<int64_t>(token) * a.slots] : -INFINITY;
      }
      best.take(scores, first, stride, a.vocabulary);
    }
    auto* of_threads = reinterpret_cast<Best<Count>*>(shared);
    of_threads[thread.index()] = best;
    thread.barrier();
    if (thread.warp() > 0 || slot >= a.slots) return;
    for (int warp = 1; warp < warps; ++warp)
      best.merge(of_threads[warp * 32 + thread.lane()]);
    a.best[slot * thread.blocks() + thread.block_x()] = best;
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
