// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/attention.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

template <typename T>
struct SlotAttentionArguments {
  AttentionArguments<T> of;
  int query_stride = 0, cache_stride = 0;  ///< numbers from row to row of `queries` and of `cache`
};

/// Attention of many slots, which keep a device busy though none of them is fast: as many lanes as
/// a key has 16 bytes have a head of a slot alone, some tokens at a time. So nobody waits for
/// anybody, and a block reads what lies together. `Slots`: of a block, which read keys and values
/// once where they attend to the same ones. `Together`: tokens that are fetched at once. Grid:
/// `blocks`, slots / `Slots`.
template <typename T, int Slots, int Together>
struct SlotAttention {
  SlotAttentionArguments<T> arguments;

  static constexpr int numbers = quad_size<T>;
  static constexpr int threads = 128, most_threads = threads;
  static constexpr int blocks_together = Slots > 1 || Together > 4 ? 4 : Together > 2 ? 6 : 8;

  static int blocks(int width) { return (width / numbers + threads - 1) / threads; }

  GST_GPU_CODE void run(Thread thread, char* /*shared*/) const {
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_y() * Slots;
    if (are_alike(slot)) {
      attend<Slots>(thread, slot);
    } else {
      for (int i = 0; i < Slots; ++i)
        attend<1>(thread, slot + i);
    }
  }

 private:
  /// Whether the slots of a block attend to the same rows.
  GST_GPU_CODE bool are_alike(int slot) const {
    const Range& range = arguments.of.range;
    if (Slots > 1 && (range.first == nullptr || range.writer != nullptr)) return false;
    for (int i = 1; i < Slots; ++i)
      if (range.first[slot + i] != range.first[slot] || range.count[slot + i] != range.count[slot])
        return false;
    return true;
  }

  /// Some slots from `slot` on.
  template <int Count>
  GST_GPU_CODE void attend(Thread thread, int slot) const {
    const AttentionArguments<T>& a = arguments.of;
    const int lanes = a.size / numbers;
    const int place = (thread.block_x() * threads + thread.index()) * numbers;
    const int offset = place < a.width ? place : place % a.size;  // nobody's is a head's once more
    const int count = a.range.count[slot];
    const int first = a.range.first == nullptr ? 0 : a.range.first[slot];
    float query[Count][numbers], sum[Count][numbers] = {};
    float most[Count], total[Count] = {};
    GST_GPU_UNROLL
    for (int s = 0; s < Count; ++s) {
      const int64_t row = static_cast<int64_t>(slot + s) * arguments.query_stride;
      unpack<T>(load_quad(a.queries + row + offset), query[s]);
      most[s] = -INFINITY;
    }
    for (int begin = 0; begin < count; begin += Together) {
      Quad keys[Together], values[Together];
      GST_GPU_UNROLL
      for (int i = 0; i < Together; ++i) {
        // Behind the last token it is read again, and counts nothing.
        const int token = begin + i < count ? begin + i : count - 1;
        const T* at = a.cache + row_of(slot, first, token) * arguments.cache_stride + offset;
        keys[i] = load_quad(at);
        values[i] = load_quad(at + a.width);
      }
      float scores[Count][Together];
      GST_GPU_UNROLL
      for (int i = 0; i < Together; ++i) {
        float key[numbers];
        unpack<T>(keys[i], key);
        GST_GPU_UNROLL
        for (int s = 0; s < Count; ++s) {
          float score = 0;
          GST_GPU_UNROLL
          for (int j = 0; j < numbers; ++j)
            score += query[s][j] * key[j];
          for (int mask = lanes / 2; mask > 0; mask /= 2)
            score += thread.shuffle(score, mask);
          scores[s][i] = begin + i < count ? score * a.scale : -INFINITY;
        }
      }
      GST_GPU_UNROLL
      for (int s = 0; s < Count; ++s) {
        float larger = most[s];
        GST_GPU_UNROLL
        for (int i = 0; i < Together; ++i)
          larger = scores[s][i] > larger ? scores[s][i] : larger;
        const float keep = expf(most[s] - larger);
        most[s] = larger;
        total[s] *= keep;
        GST_GPU_UNROLL
        for (int j = 0; j < numbers; ++j)
          sum[s][j] *= keep;
        GST_GPU_UNROLL
        for (int i = 0; i < Together; ++i) {
          scores[s][i] = expf(scores[s][i] - larger);
          total[s] += scores[s][i];
        }
      }
      GST_GPU_UNROLL
      for (int i = 0; i < Together; ++i) {
        float value[numbers];
        unpack<T>(values[i], value);
        GST_GPU_UNROLL
        for (int s = 0; s < Count; ++s) {
          GST_GPU_UNROLL
          for (int j = 0; j < numbers; ++j)
            sum[s][j] += scores[s][i] * value[j];
        }
      }
    }
    if (place >= a.width) return;
    GST_GPU_UNROLL
    for (int s = 0; s < Count; ++s) {
      const float share = count > 0 ? 1 / total[s] : 0;
      GST_GPU_UNROLL
      for (int j = 0; j < numbers; ++j)
        sum[s][j] *= share;
      store_quad(a.output + static_cast<int64_t>(slot + s) * a.width + offset, pack<T>(sum[s]));
    }
  }

  GST_GPU_CODE int64_t row_of(int slot, int first, int token) const {
    const Range& range = arguments.of.range;
    const int64_t row = first + static_cast<int64_t>(token) * range.stride;
    return range.writer == nullptr
               ? row
               : row + range.writer[static_cast<int64_t>(slot) * range.capacity + token];
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
