// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/selection.h"

// The second half of the screen (screen.h): from what tiles of tokens score to within their bounds
// to the best tokens, exactly.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// A row of the matrix in int8.
struct alignas(8) ScreenRow {
  float scale;  ///< of its numbers
  float error;  ///< a score's error is at most this times the length of the input
};

/// What the tokens of a tile come to, `rows_of_tile` that lie together, for a slot.
struct alignas(8) ScreenTile {
  float most;  ///< none of them scores more
  float all;   ///< the logarithm of the sum of the exponentials of their scores, about
};

/// Tiles of a slot, of which two are written at once.
constexpr GST_GPU_BOTH int tiles_of_slot(int vocabulary) {
  return (vocabulary + 2 * rows_of_tile - 1) / (2 * rows_of_tile) * 2;
}

template <typename T>
struct FloorArguments {
  GST_GPU_GLOBAL const ScreenRow* rows = nullptr;  ///< [vocabulary]
  int vocabulary = 0, depth = 0;
  GST_GPU_GLOBAL const T* normalised = nullptr;  ///< [slots, depth]
  GST_GPU_GLOBAL const float* scores = nullptr;  ///< [slots, vocabulary], to within their bounds
  GST_GPU_GLOBAL ScreenTile* tiles = nullptr;    ///< [slots, `tiles_of_slot`]
  GST_GPU_GLOBAL float* floors = nullptr;        ///< [slots, parts]
};

/// What tiles come to, and what some token of a part of them scores at least, where a `Linear` has
/// made the scores from the matrix in int8. Grid: parts, slots.
template <typename T>
struct Floor {
  FloorArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;
  static size_t shared_bytes() { return threads / 32 * sizeof(float); }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const FloorArguments<T>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_y();
    const float length = length_of(thread, slot);
    float floor = -INFINITY;
    for (int tile = thread.block_x() * thread.count() + thread.index();
         tile * rows_of_tile < a.vocabulary; tile += thread.blocks() * thread.count())
      take(slot, tile, length, floor);
    GST_GPU_UNROLL
    for (int mask = 16; mask > 0; mask /= 2) {
      const float other = thread.shuffle(floor, mask);
      floor = other > floor ? other : floor;
    }
    auto of_warps = reinterpret_cast<GST_GPU_SHARED float*>(shared);
    if (thread.lane() == 0) of_warps[thread.warp()] = floor;
    thread.barrier();
    if (thread.index() != 0) return;
    for (int warp = 0; warp < thread.count() / 32; ++warp)
      floor = of_warps[warp] > floor ? of_warps[warp] : floor;
    a.floors[static_cast<int64_t>(slot) * thread.blocks() + thread.block_x()] = floor;
  }

 private:
  GST_GPU_CODE void take(int slot, int tile, float length, GST_GPU_OWN float& floor) const {
    GST_GPU_OWN const FloorArguments<T>& a = arguments;
    const int first = tile * rows_of_tile;
    GST_GPU_GLOBAL const float* at = a.scores + static_cast<int64_t>(slot) * a.vocabulary + first;
    float scores[rows_of_tile];
    float most = -INFINITY, largest = -INFINITY;
    GST_GPU_UNROLL
    for (int i = 0; i < rows_of_tile; ++i) {
      const bool is_there = first + i < a.vocabulary;
      scores[i] = is_there ? at[i] : -INFINITY;
      const float bound = is_there ? a.rows[first + i].error * length : 0.0F;
      most = scores[i] + bound > most ? scores[i] + bound : most;
      floor = scores[i] - bound > floor ? scores[i] - bound : floor;
      largest = scores[i] > largest ? scores[i] : largest;
    }
    float sum = 0;
    GST_GPU_UNROLL
    for (int i = 0; i < rows_of_tile; ++i)
      sum += expf(scores[i] - largest);
    a.tiles[static_cast<int64_t>(slot) * tiles_of_slot(a.vocabulary) + tile] = {
        most, largest + logf(sum)};
  }

  /// By a warp.
  GST_GPU_CODE float length_of(Thread thread, int slot) const {
    GST_GPU_GLOBAL const T* row =
        arguments.normalised + static_cast<int64_t>(slot) * arguments.depth;
    float squares = 0;
    for (int k = thread.lane() * quad_size<T>; k < arguments.depth; k += 32 * quad_size<T>) {
      float values[quad_size<T>];
      unpack<T>(load_quad(row + k), values);
      GST_GPU_UNROLL
      for (int i = 0; i < quad_size<T>; ++i)
        squares += values[i] * values[i];
    }
    return sqrtf(sum_of_warp(thread, squares));
  }
};

template <typename T, int Count>
struct RescoreArguments {
  GST_GPU_GLOBAL const T* weight = nullptr;  ///< [vocabulary, depth], as it was stored
  int vocabulary = 0, depth = 0;
  GST_GPU_GLOBAL const T* normalised = nullptr;      ///< [slots, depth]
  GST_GPU_GLOBAL const ScreenTile* tiles = nullptr;  ///< [slots, `tiles_of_slot`]
  GST_GPU_GLOBAL const float* floors = nullptr;      ///< [slots, floors_of_slot]
  int floors_of_slot = 0;
  GST_GPU_GLOBAL Best<Count>* best = nullptr;  ///< [slots, parts]
};

/// The best of a part of the vocabulary, their scores exact. `Blocks`: that a multiprocessor has
/// room for, at least. Grid: parts, slots.
template <typename T, int Count, int Blocks = 1>
struct Rescore {
  RescoreArguments<T, Count> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = Blocks;
  static constexpr int together = 4;  // tiles of a thread that are fetched at once
  static size_t shared_bytes() { return threads / 32 * sizeof(Best<Count>); }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const RescoreArguments<T, Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_y();
    const int all = (a.vocabulary + rows_of_tile - 1) / rows_of_tile;
    const int stride = thread.blocks() * thread.count();
    GST_GPU_GLOBAL const ScreenTile* tiles =
        a.tiles + static_cast<int64_t>(slot) * tiles_of_slot(a.vocabulary);
    float threshold = 0;
    Best<Count> best;
    best.clear();
    for (int first = 0; first < all; first += together * stride) {
      const int own = first + thread.block_x() * thread.count() + thread.index();
      ScreenTile tile[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        tile[i] = {-INFINITY, -INFINITY};
        if (own + i * stride < all) tile[i] = tiles[own + i * stride];
      }
      if (first == 0) threshold = threshold_of(thread, slot);
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        const bool is_there = own + i * stride < all;
        const bool may_be_best = is_there && tile[i].most >= threshold;
        for (uint32_t left = thread.ballot(may_be_best); left != 0; left &= left - 1)
          take(thread, slot, own + i * stride - thread.lane() + lowest_bit(left), best);
        if (is_there && !may_be_best) best.add(tile[i].all, 1);
      }
    }
    best.gather_block(thread, reinterpret_cast<GST_GPU_SHARED Best<Count>*>(shared));
    if (thread.index() == 0) a.best[slot * thread.blocks() + thread.block_x()] = best;
  }

 private:
  /// What as many tokens as are wanted score at least: each of so many blocks has one of them.
  GST_GPU_CODE float threshold_of(Thread thread, int slot) const {
    GST_GPU_OWN const RescoreArguments<T, Count>& a = arguments;
    Best<Count> floors;
    floors.clear();
    for (int i = thread.lane(); i < a.floors_of_slot; i += 32)
      floors.insert(a.floors[static_cast<int64_t>(slot) * a.floors_of_slot + i], i);
    floors.gather(thread);
    return floors.score[Count - 1];
  }

  /// The tokens of a tile by their stored weights. By a warp, in which each becomes a lane's.
  GST_GPU_CODE void take(Thread thread, int slot, int tile, GST_GPU_OWN Best<Count>& best) const {
    GST_GPU_OWN const RescoreArguments<T, Count>& a = arguments;
    const int first = tile * rows_of_tile;
    GST_GPU_GLOBAL const T* input = a.normalised + static_cast<int64_t>(slot) * a.depth;
    float sums[rows_of_tile] = {};
    for (int k = thread.lane() * quad_size<T>; k < a.depth; k += 32 * quad_size<T>) {
      Quad rows[rows_of_tile];
      GST_GPU_UNROLL
      for (int r = 0; r < rows_of_tile; ++r) {
        const int row = first + r < a.vocabulary ? first + r : first;
        rows[r] = load_quad(a.weight + static_cast<int64_t>(row) * a.depth + k);
      }
      float inputs[quad_size<T>];
      unpack<T>(load_quad(input + k), inputs);
      GST_GPU_UNROLL
      for (int r = 0; r < rows_of_tile; ++r) {
        float weights[quad_size<T>];
        unpack<T>(rows[r], weights);
        GST_GPU_UNROLL
        for (int i = 0; i < quad_size<T>; ++i)
          sums[r] += weights[i] * inputs[i];
      }
    }
    float score = 0;
    GST_GPU_UNROLL
    for (int r = 0; r < rows_of_tile; ++r) {
      const float sum = sum_of_warp(thread, sums[r]);
      score = thread.lane() == r ? sum : score;
    }
    const int token = first + thread.lane();
    if (thread.lane() >= rows_of_tile || token >= a.vocabulary) return;
    best.insert(score, token);
    best.add(score, 1);
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
