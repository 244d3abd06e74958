// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/attention.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// Attention of many slots, which keep a device busy though none of them is fast: as many lanes as
/// a key has 16 bytes have a head of a slot alone, some tokens at a time. So nobody waits for
/// anybody, and a block reads what lies together. Grid: `blocks`, slots.
template <typename T>
struct SlotAttention {
  AttentionArguments<T> arguments;

  static constexpr int numbers = quad_size<T>;
  static constexpr int threads = 128, most_threads = threads, blocks_together = 6;
  static constexpr int together = 4;  // tokens that are fetched at once

  static int blocks(int width) { return (width / numbers + threads - 1) / threads; }

  GST_GPU_CODE void run(Thread thread, char* /*shared*/) const {
    const AttentionArguments<T>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_y(), lanes = a.size / numbers;
    const int place = (thread.block_x() * threads + thread.index()) * numbers;
    const int offset = place < a.width ? place : place % a.size;  // nobody's is a head's once more
    const int count = a.range.count[slot];
    const int first = a.range.first == nullptr ? 0 : a.range.first[slot];
    float query[numbers];
    unpack<T>(load_quad(a.queries + static_cast<int64_t>(slot) * a.width + offset), query);

    float most = -INFINITY, total = 0;
    float sum[numbers] = {};
    for (int begin = 0; begin < count; begin += together) {
      Quad keys[together], values[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        // Behind the last token it is read again, and counts nothing.
        const int token = begin + i < count ? begin + i : count - 1;
        const T* at = a.cache + row_of(slot, first, token) * 2 * a.width + offset;
        keys[i] = load_quad(at);
        values[i] = load_quad(at + a.width);
      }
      float scores[together];
      float larger = most;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        float key[numbers];
        unpack<T>(keys[i], key);
        float score = 0;
        GST_GPU_UNROLL
        for (int j = 0; j < numbers; ++j)
          score += query[j] * key[j];
        for (int mask = lanes / 2; mask > 0; mask /= 2)
          score += thread.shuffle(score, mask);
        scores[i] = begin + i < count ? score * a.scale : -INFINITY;
        larger = scores[i] > larger ? scores[i] : larger;
      }
      const float keep = expf(most - larger);
      total *= keep;
      GST_GPU_UNROLL
      for (int j = 0; j < numbers; ++j)
        sum[j] *= keep;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        const float weight = expf(scores[i] - larger);
        total += weight;
        float value[numbers];
        unpack<T>(values[i], value);
        GST_GPU_UNROLL
        for (int j = 0; j < numbers; ++j)
          sum[j] += weight * value[j];
      }
      most = larger;
    }
    if (place >= a.width) return;
    const float share = count > 0 ? 1 / total : 0;
    GST_GPU_UNROLL
    for (int j = 0; j < numbers; ++j)
      sum[j] *= share;
    store_quad(a.output + static_cast<int64_t>(slot) * a.width + offset, pack<T>(sum));
  }

 private:
  GST_GPU_CODE int64_t row_of(int slot, int first, int token) const {
    const Range& range = arguments.range;
    const int64_t row = first + static_cast<int64_t>(token) * range.stride;
    return range.writer == nullptr
               ? row
               : row + range.writer[static_cast<int64_t>(slot) * range.capacity + token];
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
