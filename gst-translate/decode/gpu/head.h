// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

template <typename T>
struct HeadArguments {
  GST_GPU_GLOBAL const T* weight = nullptr;  ///< [vocabulary, depth]
  int vocabulary = 0, depth = 0;
  int slots = 0;
  GST_GPU_GLOBAL const float* residual = nullptr;  ///< [slots, depth]
  NormArguments<T> norm;
  GST_GPU_GLOBAL float* logits = nullptr;  ///< [slots, vocabulary]
};

/// Of tensor cores. Each block takes a part of the vocabulary, its warps 8 tokens at a time. Every
/// thread has some of its weights on their way into shared memory while it multiplies others:
/// nobody else reads them, so nobody waits for anybody. Grid: as many blocks as run at once, slots
/// / `Slots`.
template <typename T, int Slots>
struct Head {
  HeadArguments<T> arguments;

  static_assert(HasTiles<T>::value, "elsewhere it is a `Linear` of `Output::Logits`");
  static constexpr int tiles = Slots <= 8 ? 1 : Slots / 16;
  static constexpr int halves = Slots <= 8 ? 1 : 2;
  static constexpr int padding = quad_size<T>;  // of a slot's row, so that lanes meet no bank twice
  static constexpr int most_threads = 512, blocks_together = 1;
  static constexpr int steps_of_load = 4;  // whose weights are fetched together
  static constexpr int loads = 4;          // for which there is room

  static size_t shared_bytes(int threads, int depth) {
    const int stride = (depth + depth_of_step - 1) / depth_of_step * depth_of_step + padding;
    const auto ring = static_cast<size_t>(threads * steps_of_load * loads) * sizeof(Quad);
    return ring + static_cast<size_t>(Slots * stride) * sizeof(T) + RowNorm<T>::shared_bytes(depth);
  }
  /// As many as there is shared memory for; 0: there is not enough.
  static int threads(int depth, size_t shared_limit) {
    int threads = most_threads;
    while (threads >= 64 && shared_bytes(threads, depth) > shared_limit)
      threads /= 2;
    return threads >= 64 ? threads : 0;
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const HeadArguments<T>& a = arguments;
    auto ring = reinterpret_cast<GST_GPU_SHARED Quad*>(shared);
    GST_GPU_SHARED T* inputs =
        reinterpret_cast<GST_GPU_SHARED T*>(ring + thread.count() * steps_of_load * loads);
    const int padded = (a.depth + depth_of_step - 1) / depth_of_step * depth_of_step;
    const int stride = padded + padding;
    const int warps = thread.count() / 32;
    const int first_slot = thread.block_y() * Slots;
    thread.let_next_begin();
    for (int load = 0; load < loads - 1; ++load)
      begin_load(thread, load, ring);
    const RowNorm<T> norm(thread, a.norm, a.depth, inputs + Slots * stride);
    thread.barrier();
    thread.wait_for_previous();
    for (int slot = thread.warp(); slot < Slots; slot += warps) {
      GST_GPU_SHARED T* to = inputs + slot * stride;
      if (first_slot + slot < a.slots) {
        norm.apply(thread, a.residual + static_cast<int64_t>(first_slot + slot) * a.depth, to,
                   padded);
        continue;
      }
      for (int k = thread.lane(); k < padded; k += 32)
        to[k] = from_float<T>(0);
    }
    thread.barrier();
    multiply(thread, first_slot, inputs, stride, ring);
  }

 private:
  GST_GPU_CODE int all_tiles() const {
    return (arguments.vocabulary + rows_of_tile - 1) / rows_of_tile;
  }
  /// Tiles that are left over for some warps are those of different blocks.
  GST_GPU_CODE static int first_tile(Thread thread) {
    return thread.warp() * thread.blocks() + thread.block_x();
  }
  GST_GPU_CODE int loads_of_tile() const {
    const int steps = (arguments.depth + depth_of_step - 1) / depth_of_step;
    return (steps + steps_of_load - 1) / steps_of_load;
  }
  /// The tile of a warp's load.
  GST_GPU_CODE int tile_of(Thread thread, int load) const {
    return first_tile(thread) + load / loads_of_tile() * thread.blocks() * (thread.count() / 32);
  }

  /// A group of copies, an empty one behind the last tile.
  GST_GPU_CODE void begin_load(Thread thread, int load, GST_GPU_SHARED Quad* ring) const {
    GST_GPU_OWN const HeadArguments<T>& a = arguments;
    const int tile = tile_of(thread, load);
    if (tile < all_tiles()) {
      const int token = tile * rows_of_tile + thread.lane() / 4;
      const int row = token < a.vocabulary ? token : a.vocabulary - 1;
      GST_GPU_GLOBAL const T* matrix = a.weight + static_cast<int64_t>(row) * a.depth;
      const int first = load % loads_of_tile() * steps_of_load;
      GST_GPU_SHARED Quad* to =
          ring + load % loads * steps_of_load * thread.count() + thread.index();
      GST_GPU_UNROLL
      for (int i = 0; i < steps_of_load; ++i) {
        const int k = (first + i) * depth_of_step + thread.lane() % 4 * 8;
        if (k < a.depth)
          thread.copy_ahead(to + i * thread.count(), matrix + k);
        else
          to[i * thread.count()] = zero_quad();
      }
    }
    thread.end_group();
  }

  GST_GPU_CODE void multiply(Thread thread, int first_slot, GST_GPU_SHARED const T* inputs,
                             int stride, GST_GPU_SHARED Quad* ring) const {
    const int steps = stride / depth_of_step;
    GST_GPU_SHARED const T* mine = inputs + thread.lane() / 4 * stride + thread.lane() % 4 * 8;
    float sum[tiles][4] = {};
    for (int load = 0; tile_of(thread, load) < all_tiles(); ++load) {
      begin_load(thread, load + loads - 1, ring);
      thread.template wait_for_groups<loads - 1>();
      GST_GPU_SHARED const Quad* weights =
          ring + load % loads * steps_of_load * thread.count() + thread.index();
      const int first = load % loads_of_tile() * steps_of_load;
      GST_GPU_UNROLL
      for (int i = 0; i < steps_of_load; ++i) {
        if (first + i >= steps) break;
        const Quad weight = weights[i * thread.count()];
        GST_GPU_UNROLL
        for (int part = 0; part < tiles; ++part) {
          GST_GPU_SHARED const T* at = mine + part * 16 * stride + (first + i) * depth_of_step;
          const Quad low = load_quad(at);
          const Quad high = halves > 1 ? load_quad(at + 8 * stride) : zero_quad();
          thread.template multiply<T>(sum[part],
                                      {low.word[0], high.word[0], low.word[1], high.word[1]},
                                      {weight.word[0], weight.word[1]});
          thread.template multiply<T>(sum[part],
                                      {low.word[2], high.word[2], low.word[3], high.word[3]},
                                      {weight.word[2], weight.word[3]});
        }
      }
      if ((load + 1) % loads_of_tile() == 0) store(thread, tile_of(thread, load), first_slot, sum);
    }
  }

  /// The logits of a tile; `sum` begins anew.
  GST_GPU_CODE void store(Thread thread, int tile, int first_slot,
                          GST_GPU_OWN float (&sum)[tiles][4]) const {
    GST_GPU_OWN const HeadArguments<T>& a = arguments;
    GST_GPU_UNROLL
    for (int part = 0; part < tiles; ++part) {
      GST_GPU_UNROLL
      for (int i = 0; i < 4; ++i) {
        const int slot = first_slot + part * 16 + i / 2 * 8 + thread.lane() / 4;
        const int token = tile * rows_of_tile + thread.lane() % 4 * 2 + i % 2;
        if (i < 2 * halves && slot < a.slots && token < a.vocabulary)
          a.logits[static_cast<int64_t>(slot) * a.vocabulary + token] = sum[part][i];
        sum[part][i] = 0;
      }
    }
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
