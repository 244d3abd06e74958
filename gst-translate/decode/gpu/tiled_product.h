// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"

// Products of a matrix with many slots, where the tensor cores are what a product waits for. A
// block makes a square of the product: it fetches some of the depth of the square's slots and of
// its rows into shared memory, several parts ahead, where all warps read them. Large squares read
// less; small ones are more, and half of the warps have one half of each part, so that they are
// over sooner.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// Of 16 bits with tiles. `Side`: 64 or 128, slots of a square, and rows of the matrix. Grid:
/// `blocks`.
template <typename T, Output What, int Side>
struct TiledProduct {
  LinearArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads;
  static constexpr int blocks_together = Side == 64 ? 2 : 1;

  static int blocks(int rows, int slots) { return squares(rows) * squares(slots); }
  static size_t shared_bytes() { return sizeof(Quad) * parts * quads_of_part; }

  GST_GPU_CODE void run(Thread thread, char* shared) const {
    const LinearArguments<T>& a = arguments;
    auto* ring = reinterpret_cast<Quad*>(shared);
    // The squares of all slots lie together, so that a large matrix is read once.
    const int first_slot = thread.block_x() % squares(a.slots) * Side;
    const int first_row = thread.block_x() / squares(a.slots) * Side;
    const int count = (a.depth + depth_of_part - 1) / depth_of_part;
    thread.let_next_begin();
    for (int part = 0; part < parts - 1; ++part)
      fetch(thread, part, count, Side, a.weight, first_row, a.rows, ring);
    thread.wait_for_previous();
    for (int part = 0; part < parts - 1; ++part) {
      fetch(thread, part, count, 0, a.input, first_slot, a.slots, ring);
      thread.end_group();
    }
    Sums sum = {};
    for (int part = 0; part < count; ++part) {
      thread.template wait_for_groups<parts - 2>();
      thread.barrier();
      const int next = part + parts - 1;
      fetch(thread, next, count, Side, a.weight, first_row, a.rows, ring);
      fetch(thread, next, count, 0, a.input, first_slot, a.slots, ring);
      thread.end_group();
      multiply(thread, ring + part % parts * quads_of_part, sum);
    }
    thread.template wait_for_groups<0>();
    thread.barrier();
    finish(thread, first_slot, first_row, sum, reinterpret_cast<float*>(shared));
  }

 private:
  static constexpr int parts = Side == 64 ? 4 : 3;  // for which there is room
  static constexpr int steps_of_part = 2;           // of a depth of 32
  static constexpr int depth_of_part = steps_of_part * depth_of_step;
  static constexpr int quads_of_step = depth_of_step / quad_size<T>;  // of a row
  static constexpr int rows_of_part = 2 * Side;                       // slots, then rows
  static constexpr int quads_of_part = steps_of_part * rows_of_part * quads_of_step;
  // What a warp has: some slots and rows of the square, of a share of the depth.
  static constexpr int shares = Side == 64 ? 2 : 1;
  static constexpr int warps_along_slots = 2, warps_along_rows = threads / 32 / shares / 2;
  static constexpr int slots_of_warp = Side / warps_along_slots;
  static constexpr int rows_of_warp = Side / warps_along_rows;
  static constexpr int slot_tiles = slots_of_warp / 16, row_tiles = rows_of_warp / rows_of_tile;
  static constexpr int padded = Side + 8;  // sums of a slot, so that lanes share few banks

  using Sums = float[slot_tiles][row_tiles][4];

  static constexpr GST_GPU_BOTH int squares(int count) { return (count + Side - 1) / Side; }

  GST_GPU_CODE static int warp_slot(Thread thread) {
    return thread.warp() % warps_along_slots * slots_of_warp;
  }
  GST_GPU_CODE static int warp_row(Thread thread) {
    return thread.warp() / warps_along_slots % warps_along_rows * rows_of_warp;
  }
  GST_GPU_CODE static int warp_share(Thread thread) {
    return thread.warp() / (warps_along_slots * warps_along_rows);
  }

  /// Where 16 bytes of a row lie in a part: those of a step lie together, and lanes that read or
  /// write at the same time meet no bank twice.
  GST_GPU_CODE static int place(int step, int row, int quad) {
    return (step * rows_of_part + (row ^ (step & 1))) * quads_of_step + quad;
  }

  /// A part of `Side` rows of a matrix from `first` on, of `rows`; they lie from `to` on. Who has
  /// no row reads another's, which is of no matter to anybody; behind the depth are zeros.
  GST_GPU_CODE void fetch(Thread thread, int part, int count, int to, const T* matrix, int first,
                          int rows, Quad* ring) const {
    if (part >= count) return;
    constexpr int quads_of_row = steps_of_part * quads_of_step;
    Quad* at = ring + part % parts * quads_of_part;
    GST_GPU_UNROLL
    for (int i = 0; i < Side * quads_of_row / threads; ++i) {
      const int row = (i * threads + thread.index()) / quads_of_row;
      const int quad = thread.index() % quads_of_row;
      const int k = part * depth_of_part + quad * quad_size<T>;
      Quad* place_of = at + place(quad / quads_of_step, to + row, quad % quads_of_step);
      const int found = first + row < rows ? first + row : rows - 1;
      if (k < arguments.depth)
        thread.copy_ahead(place_of, matrix + static_cast<int64_t>(found) * arguments.depth + k);
      else
        *place_of = zero_quad();
    }
  }

  GST_GPU_CODE void multiply(Thread thread, const Quad* part, Sums& sum) const {
    const int slot = warp_slot(thread) + thread.lane() / 4;
    const int row = Side + warp_row(thread) + thread.lane() / 4;
    const int quad = thread.lane() % 4;
    GST_GPU_UNROLL
    for (int i = 0; i < steps_of_part / shares; ++i) {
      const int step = warp_share(thread) * (steps_of_part / shares) + i;
      Quad inputs[slot_tiles][2], weights[row_tiles];
      GST_GPU_UNROLL
      for (int tile = 0; tile < slot_tiles; ++tile) {
        GST_GPU_UNROLL
        for (int half = 0; half < 2; ++half)
          inputs[tile][half] = part[place(step, slot + tile * 16 + half * 8, quad)];
      }
      GST_GPU_UNROLL
      for (int r = 0; r < row_tiles; ++r)
        weights[r] = part[place(step, row + r * rows_of_tile, quad)];
      GST_GPU_UNROLL
      for (int word = 0; word < 4; word += 2) {
        GST_GPU_UNROLL
        for (int tile = 0; tile < slot_tiles; ++tile) {
          GST_GPU_UNROLL
          for (int r = 0; r < row_tiles; ++r)
            thread.template multiply<T>(
                sum[tile][r],
                {inputs[tile][0].word[word], inputs[tile][1].word[word],
                 inputs[tile][0].word[word + 1], inputs[tile][1].word[word + 1]},
                {weights[r].word[word], weights[r].word[word + 1]});
        }
      }
    }
  }

  /// The square is put together in shared memory, and written in the order of its rows.
  GST_GPU_CODE void finish(Thread thread, int first_slot, int first_row, const Sums& sum,
                           float* square) const {
    const LinearArguments<T>& a = arguments;
    const int slot = warp_slot(thread) + thread.lane() / 4;
    const int row = warp_row(thread) + thread.lane() % 4 * 2;
    for (int share = 0; share < shares; ++share) {
      if (warp_share(thread) == share) {
        GST_GPU_UNROLL
        for (int tile = 0; tile < slot_tiles; ++tile) {
          GST_GPU_UNROLL
          for (int r = 0; r < row_tiles; ++r) {
            GST_GPU_UNROLL
            for (int i = 0; i < 4; ++i) {
              float* at =
                  square + (slot + tile * 16 + i / 2 * 8) * padded + row + r * rows_of_tile + i % 2;
              *at = share == 0 ? sum[tile][r][i] : *at + sum[tile][r][i];
            }
          }
        }
      }
      thread.barrier();
    }
    const int of_row = first_row + thread.index() % Side;
    if (of_row >= a.rows) return;
    const float bias = What == Output::Logits ? 0 : to_float(a.bias[of_row]);
    GST_GPU_UNROLL
    for (int i = 0; i < Side * Side / threads; ++i) {
      const int of_square = i * (threads / Side) + thread.index() / Side;
      const int of_slot = first_slot + of_square;
      if (of_slot >= a.slots) return;
      const int64_t at = static_cast<int64_t>(of_slot) * a.rows + of_row;
      store_product<What>(a, of_slot, of_row,
                          square[of_square * padded + thread.index() % Side] + bias,
                          What == Output::Add ? a.sum[at] : 0,
                          What == Output::Scatter ? a.destination[of_slot] : 0);
    }
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
