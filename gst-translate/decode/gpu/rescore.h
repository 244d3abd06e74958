// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"
#include "gst-translate/decode/gpu/selection.h"

// The second half of the screen (screen.h): from scores that are known to within their bounds to
// the best tokens, exactly.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// A row of the matrix in int8.
struct ScreenRow {
  float scale;  ///< of its numbers
  float error;  ///< a score's error is at most this times the length of the input
};

template <typename T>
struct FloorArguments {
  GST_GPU_GLOBAL const ScreenRow* rows = nullptr;  ///< [vocabulary]
  int vocabulary = 0, depth = 0;
  GST_GPU_GLOBAL const T* normalised = nullptr;  ///< [slots, depth]
  GST_GPU_GLOBAL const float* scores = nullptr;  ///< [slots, vocabulary], to within their bounds
  GST_GPU_GLOBAL float* lengths = nullptr;       ///< [slots], of the normalised rows
  GST_GPU_GLOBAL float* floors = nullptr;        ///< [slots, parts]
};

/// What some token of a part of the vocabulary scores at least, where a `Linear` has made the
/// scores from the matrix in int8. Grid: parts, slots.
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
    GST_GPU_GLOBAL const float* scores = a.scores + static_cast<int64_t>(slot) * a.vocabulary;
    float floor = -INFINITY;
    for (int token = thread.block_x() * thread.count() + thread.index(); token < a.vocabulary;
         token += thread.blocks() * thread.count()) {
      const float least = scores[token] - a.rows[token].error * length;
      floor = least > floor ? least : floor;
    }
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
    if (thread.block_x() == 0) a.lengths[slot] = length;
  }

 private:
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
  GST_GPU_GLOBAL const T* weight = nullptr;        ///< [vocabulary, depth], as it was stored
  GST_GPU_GLOBAL const ScreenRow* rows = nullptr;  ///< [vocabulary]
  float most_error = 0;                            ///< of all rows
  int vocabulary = 0, depth = 0;
  GST_GPU_GLOBAL const T* normalised = nullptr;   ///< [slots, depth]
  GST_GPU_GLOBAL const float* lengths = nullptr;  ///< [slots]
  GST_GPU_GLOBAL const float* scores = nullptr;   ///< [slots, vocabulary], to within their bounds
  GST_GPU_GLOBAL const float* floors = nullptr;   ///< [slots, floors_of_slot]
  int floors_of_slot = 0;
  GST_GPU_GLOBAL Best<Count>* best = nullptr;  ///< [slots, parts]
};

/// The best of a part of the vocabulary, their scores exact. `Blocks`: that a multiprocessor has
/// room for, at least. Grid: parts, slots.
template <typename T, int Count, int Blocks = 1>
struct Rescore {
  RescoreArguments<T, Count> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = Blocks;
  static constexpr int together = 8;  // tokens of a thread that are fetched at once
  static size_t shared_bytes() { return threads / 32 * sizeof(Best<Count>); }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const RescoreArguments<T, Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_y();
    GST_GPU_GLOBAL const float* slot_scores = a.scores + static_cast<int64_t>(slot) * a.vocabulary;
    const float length = a.lengths[slot], widest = a.most_error * length;
    const int stride = thread.blocks() * thread.count();
    float threshold = 0;
    Best<Count> best;
    best.clear();
    for (int first = 0; first < a.vocabulary; first += together * stride) {
      const int own = first + thread.block_x() * thread.count() + thread.index();
      float scores[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i)
        scores[i] = own + i * stride < a.vocabulary ? slot_scores[own + i * stride] : -INFINITY;
      if (first == 0) threshold = threshold_of(thread, slot);
      float most = -INFINITY;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        const int token = own + i * stride;
        const bool may_be_best = token < a.vocabulary && scores[i] + widest >= threshold &&
                                 scores[i] + a.rows[token].error * length >= threshold;
        for (uint32_t left = thread.ballot(may_be_best); left != 0; left &= left - 1) {
          const int lane = lowest_bit(left);
          const float score = exact(thread, slot, token - thread.lane() + lane);
          if (thread.lane() == lane) scores[i] = score;
        }
        if (may_be_best) best.insert(scores[i], token);
        most = scores[i] > most ? scores[i] : most;
      }
      float sum = 0;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i)
        sum += expf(scores[i] - most);
      if (own < a.vocabulary) best.add(most, sum);
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

  /// By a warp.
  GST_GPU_CODE float exact(Thread thread, int slot, int token) const {
    GST_GPU_OWN const RescoreArguments<T, Count>& a = arguments;
    GST_GPU_GLOBAL const T* row = a.weight + static_cast<int64_t>(token) * a.depth;
    GST_GPU_GLOBAL const T* input = a.normalised + static_cast<int64_t>(slot) * a.depth;
    float sum = 0;
    for (int k = thread.lane() * quad_size<T>; k < a.depth; k += 32 * quad_size<T>) {
      float weights[quad_size<T>], inputs[quad_size<T>];
      unpack<T>(load_quad(row + k), weights);
      unpack<T>(load_quad(input + k), inputs);
      GST_GPU_UNROLL
      for (int i = 0; i < quad_size<T>; ++i)
        sum += weights[i] * inputs[i];
    }
    return sum_of_warp(thread, sum);
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
