// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/selection.h"

// With many slots the tensor cores are what a product waits for, and the device's own library has
// the fastest products, with a bias. What else becomes of them, the kernels here do.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// For the device's library: output[slots, rows] = input[slots, depth] weight[rows, depth]^T +
/// bias, summed up in float32 and rounded once. `Result`: T or float.
template <typename T, typename Result>
struct Product {
  const T* weight = nullptr;
  const T* input = nullptr;
  Result* output = nullptr;
  const Result* bias = nullptr;  ///< [rows], or none
  int rows = 0, depth = 0, slots = 0;
  bool adds = false;       ///< to what the output holds
  bool rectifies = false;  ///< what is negative becomes 0; there is a bias
};

template <typename T>
struct KeepArguments {
  const T* product = nullptr;  ///< [slots, 3 width]: queries, keys, values
  int width = 0, slots = 0;
  T* cache = nullptr;                    ///< [.., 2 width]
  const int32_t* destination = nullptr;  ///< [slots], rows of the cache
};

/// Keys and values into the cache. A thread has 16 bytes. Grid: `blocks`.
template <typename T>
struct KeepKeysAndValues {
  KeepArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;

  static int blocks(int width, int slots) {
    return (slots * (2 * width / quad_size<T>)+threads - 1) / threads;
  }

  GST_GPU_CODE void run(Thread thread, char* /*shared*/) const {
    const KeepArguments<T>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int quads_of_slot = 2 * a.width / quad_size<T>;
    const int quad = thread.block_x() * threads + thread.index();
    const int slot = quad / quads_of_slot, place = quad % quads_of_slot * quad_size<T>;
    if (slot >= a.slots) return;
    const T* from = a.product + static_cast<int64_t>(slot) * 3 * a.width + a.width;
    T* to = a.cache + static_cast<int64_t>(a.destination[slot]) * 2 * a.width;
    store_quad(to + place, load_quad(from + place));
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
      if constexpr (Count == 1)
        take(scores, first, stride, best);
      else
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

 private:
  /// As `Best::take`, with fewer instructions, which are what this kernel would wait for: the best
  /// score is the largest, too, and is seldom another one's.
  GST_GPU_CODE static void take(const float (&scores)[together], int32_t first, int stride,
                                Best<1>& best) {
    constexpr float of_two = 1.44269504F;  // e to the power of 1 as one of 2
    float largest = scores[0];
    GST_GPU_UNROLL
    for (int i = 1; i < together; ++i)
      largest = fmaxf(largest, scores[i]);
    if (largest > best.most) {
      best.sum *= exp2f((best.most - largest) * of_two);
      best.most = best.score[0] = largest;
      GST_GPU_UNROLL
      for (int i = together - 1; i >= 0; --i)
        if (scores[i] == largest) best.token[0] = first + i * stride;
    }
    const float shift = best.most * of_two;
    GST_GPU_UNROLL
    for (int i = 0; i < together; ++i)
      best.sum += exp2f(scores[i] * of_two - shift);
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
