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
  GST_GPU_GLOBAL const int32_t* first = nullptr;  ///< [slots], a row; none: 0
  GST_GPU_GLOBAL const int32_t* count = nullptr;  ///< [slots], tokens
  GST_GPU_GLOBAL const int32_t* made =
      nullptr;     ///< [slots], how many of them, the last ones, this pass makes
  int stride = 1;  ///< rows from token to token
  GST_GPU_GLOBAL const uint16_t* writer =
      nullptr;  ///< [slots, capacity], added to a token's row; or none
  int capacity = 0;
  bool kept = false;  ///< all but those that this pass makes were there before it
};

template <typename T>
struct AttentionArguments {
  GST_GPU_GLOBAL const T* queries = nullptr;  ///< [slots, width]
  GST_GPU_GLOBAL const T* cache = nullptr;    ///< [.., 2 width], a key and a value
  int width = 0, size = 0;                    ///< of a head
  float scale = 1;
  Range range;
  GST_GPU_GLOBAL T* output = nullptr;  ///< [slots, width]
};

/// Each block one head of one slot. As many lanes share a token as its key has 16 bytes; each group
/// of them takes its own tokens and keeps a softmax of its own, until those of a warp are put
/// together, and then those of all warps. Grid: heads, slots.
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
    return sizeof(float) * static_cast<size_t>(threads / 32 * (size + 2));
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    thread.let_next_begin();
    const int head = thread.block_x(), slot = thread.block_y();
    FirstTokens tokens(*this, thread, head, slot);
    if (arguments.range.kept) tokens.fetch(thread);
    thread.wait_for_previous();
    if (!arguments.range.kept) tokens.fetch(thread);
    attend(thread, shared, head, slot, tokens);
  }

  /// The tokens of a slot that the groups of a block take first. What was there before the pass can
  /// be asked for before the wait for the kernel before, as it begins behind `Embedding`, which
  /// says where it is.
  class FirstTokens {
   public:
    GST_GPU_CODE FirstTokens(GST_GPU_OWN const Attention& attention, Thread thread, int head,
                             int slot)
        : a_(attention.arguments),
          lanes_(a_.size / numbers),
          token_(thread.index() / lanes_),
          offset_(head * a_.size + thread.index() % lanes_ * numbers),
          slot_(slot) {}

    GST_GPU_CODE void fetch(Thread) {
      count_ = a_.range.count[slot_];
      first_ = a_.range.first == nullptr ? 0 : a_.range.first[slot_];
      made_ = a_.range.made == nullptr ? 0 : a_.range.made[slot_];
      wrote_ = wrote(token_);
      if (token_ < count_ - made_) read(token_, wrote_);
    }

   private:
    friend Attention;

    /// Who has no token reads another's, so that nothing waits for the count that need not.
    GST_GPU_CODE int wrote(int token) const {
      GST_GPU_OWN const Range& range = a_.range;
      if (range.writer == nullptr) return 0;
      return range.writer[static_cast<int64_t>(slot_) * range.capacity +
                          (token < range.capacity ? token : 0)];
    }
    GST_GPU_CODE void read(int token, int wrote) {
      const int64_t row = first_ + static_cast<int64_t>(token) * a_.range.stride + wrote;
      GST_GPU_GLOBAL const T* at = a_.cache + row * 2 * a_.width + offset_;
      keys_ = load_quad(at);
      values_ = load_quad(at + a_.width);
    }

    GST_GPU_OWN const AttentionArguments<T>& a_;
    int lanes_, token_, offset_, slot_;
    int count_ = 0, first_ = 0, made_ = 0, wrote_ = 0;
    Quad keys_ = zero_quad(), values_ = zero_quad();
  };

  /// By a block, when all tokens are there. `shared`: of `shared_bytes`.
  GST_GPU_CODE void attend(Thread thread, GST_GPU_SHARED char* shared, int head, int slot,
                           GST_GPU_OWN FirstTokens& tokens) const {
    GST_GPU_OWN const AttentionArguments<T>& a = arguments;
    const int lanes = tokens.lanes_, count = tokens.count_;
    const int groups = thread.count() / lanes;
    const int group = tokens.token_, offset = thread.index() % lanes * numbers;
    float query[numbers];
    unpack<T>(load_quad(a.queries + static_cast<int64_t>(slot) * a.width + head * a.size + offset),
              query);
    if (group < count && group >= count - tokens.made_) tokens.read(group, tokens.wrote_);

    float most = -INFINITY, total = 0;
    float sum[numbers] = {};
    for (int begin = 0; begin < count; begin += groups) {
      const int token = begin + group;
      const bool inside = token < count;
      if (begin > 0 && inside) tokens.read(token, tokens.wrote(token));
      float key[numbers], value[numbers];
      unpack<T>(tokens.keys_, key);
      unpack<T>(tokens.values_, value);
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
    for (int mask = lanes; mask < 32; mask *= 2) {
      const float other = thread.shuffle(most, mask);
      const float larger = other > most ? other : most;
      // Who had no token has nothing to keep.
      const float keep = most == -INFINITY && total == 0 ? 0.0F : expf(most - larger);
      total *= keep;
      total += thread.shuffle(total, mask);
      GST_GPU_UNROLL
      for (int i = 0; i < numbers; ++i) {
        sum[i] *= keep;
        sum[i] += thread.shuffle(sum[i], mask);
      }
      most = larger;
    }

    const int warps = thread.count() / 32, groups_of_warp = 32 / lanes;
    auto mosts = reinterpret_cast<GST_GPU_SHARED float*>(shared);
    GST_GPU_SHARED float* totals = mosts + warps;
    GST_GPU_SHARED float* sums = totals + warps;
    if (thread.lane() == 0) {
      mosts[thread.warp()] = most;
      totals[thread.warp()] = total;
    }
    if (thread.lane() < lanes) {
      GST_GPU_UNROLL
      for (int i = 0; i < numbers; ++i)
        sums[thread.warp() * a.size + offset + i] = sum[i];
    }
    thread.barrier();
    const int with_tokens = (count + groups_of_warp - 1) / groups_of_warp;
    const int used = with_tokens < warps ? with_tokens : warps;
    for (int i = thread.index(); i < a.size; i += thread.count()) {
      float best = -INFINITY;
      for (int warp = 0; warp < used; ++warp)
        best = mosts[warp] > best ? mosts[warp] : best;
      float value = 0, all = 0;
      for (int warp = 0; warp < used; ++warp) {
        const float weight = expf(mosts[warp] - best);
        all += weight * totals[warp];
        value += weight * sums[warp * a.size + i];
      }
      a.output[static_cast<int64_t>(slot) * a.width + head * a.size + i] =
          from_float<T>(used == 0 ? 0 : value / all);
    }
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
