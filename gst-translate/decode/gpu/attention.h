// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/thread.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// Where the tokens are that a slot attends to: rows of a cache, each with a token's key and value.
/// Those of the self-attention are found by who wrote them: nothing is moved when beams are
/// reordered.
struct Range {
  const int32_t* first = nullptr;   ///< [slots], a row; none: 0
  const int32_t* count = nullptr;   ///< [slots], tokens
  int stride = 1;                   ///< rows from token to token
  const uint8_t* writer = nullptr;  ///< [slots, capacity], added to a token's row; or none
  int capacity = 0;
};

template <typename T>
struct AttentionArguments {
  const T* queries = nullptr;  ///< [slots, width]
  const T* cache = nullptr;    ///< [.., 2 width], a key and a value
  int width = 0, size = 0;     ///< of a head
  float scale = 1;
  Range range;
  T* output = nullptr;  ///< [slots, width]
};

/// Each block one head of one slot. As many lanes share a token as its key has 16 bytes; each group
/// of them takes its own tokens and keeps a softmax of its own, until all are put together. Grid:
/// heads, slots.
template <typename T>
struct Attention {
  AttentionArguments<T> arguments;

  static constexpr int numbers = quad_size<T>;
  static constexpr int most_threads = 512, blocks_together = 1;

  static bool can(int size) {
    const int lanes = size / numbers;
    return size % numbers == 0 && lanes >= 1 && lanes <= 32 && (lanes & (lanes - 1)) == 0;
  }
  /// `capacity`: the most tokens.
  static int threads(int capacity) { return capacity <= 64 ? 128 : capacity <= 256 ? 256 : 512; }
  static size_t shared_bytes(int threads, int size) {
    const int groups = threads / (size / numbers);
    return sizeof(float) * static_cast<size_t>(groups * (size + 2));
  }

  GST_GPU_CODE void run(const Thread& thread, char* shared) const {
    const AttentionArguments<T>& a = arguments;
    thread.let_next_begin();
    const int lanes = a.size / numbers;
    const int groups = thread.count() / lanes;
    const int group = thread.index() / lanes;
    const int offset = thread.block_x() * a.size + thread.index() % lanes * numbers;
    const int slot = thread.block_y();
    thread.wait_for_previous();

    const Range& range = a.range;
    const int count = range.count[slot];
    const int first = range.first == nullptr ? 0 : range.first[slot];
    const uint8_t* writer = nullptr;
    if (range.writer != nullptr)
      writer = range.writer + static_cast<int64_t>(slot) * range.capacity;
    float query[numbers];
    unpack<T>(load_quad(a.queries + static_cast<int64_t>(slot) * a.width + offset), query);

    float most = -INFINITY, total = 0;
    float sum[numbers] = {};
    for (int begin = 0; begin < count; begin += groups) {
      const int token = begin + group;
      const bool inside = token < count;
      // Who has no token reads another's, so that nothing waits for `count` that need not.
      const int wrote = writer == nullptr ? 0 : writer[token < range.capacity ? token : 0];
      const int64_t row = first + (inside ? static_cast<int64_t>(token) * range.stride + wrote : 0);
      const T* at = a.cache + row * 2 * a.width + offset;
      const Quad keys = load_quad(at), values = load_quad(at + a.width);
      float key[numbers], value[numbers];
      unpack<T>(keys, key);
      unpack<T>(values, value);
      float score = 0;
      GST_GPU_UNROLL
      for (int i = 0; i < numbers; ++i)
        score += query[i] * key[i];
      for (int mask = lanes / 2; mask > 0; mask /= 2)
        score += thread.shuffle(score, mask);
      if (!inside) continue;
      score *= a.scale;
      const float larger = score > most ? score : most;
      const float keep = expf(most - larger), weight = expf(score - larger);
      total = total * keep + weight;
      GST_GPU_UNROLL
      for (int i = 0; i < numbers; ++i)
        sum[i] = sum[i] * keep + weight * value[i];
      most = larger;
    }

    auto* mosts = reinterpret_cast<float*>(shared);
    float* totals = mosts + groups;
    float* sums = totals + groups;
    if (thread.index() % lanes == 0) {
      mosts[group] = most;
      totals[group] = total;
    }
    GST_GPU_UNROLL
    for (int i = 0; i < numbers; ++i)
      sums[group * a.size + thread.index() % lanes * numbers + i] = sum[i];
    thread.barrier();
    const int used = count < groups ? count : groups;
    for (int i = thread.index(); i < a.size; i += thread.count()) {
      float best = -INFINITY;
      for (int g = 0; g < used; ++g)
        best = mosts[g] > best ? mosts[g] : best;
      float value = 0, all = 0;
      for (int g = 0; g < used; ++g) {
        const float weight = expf(mosts[g] - best);
        all += weight * totals[g];
        value += weight * sums[g * a.size + i];
      }
      from_float(used == 0 ? 0 : value / all,
                 a.output[static_cast<int64_t>(slot) * a.width + thread.block_x() * a.size + i]);
    }
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
