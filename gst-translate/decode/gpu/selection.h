// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"

// From the residual stream to the best tokens: logits, the best of each part of the vocabulary, the
// best of all.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

template <typename T>
struct HeadArguments {
  const T* weight = nullptr;  ///< [vocabulary, depth]
  int vocabulary = 0, depth = 0;
  int slots = 0;
  const float* residual = nullptr;  ///< [slots, depth]
  NormArguments<T> norm;
  float* logits = nullptr;  ///< [slots, vocabulary]
};

/// Each block takes a part of the vocabulary, its warps 8 tokens at a time. Every thread has some
/// of its weights on their way into shared memory while it multiplies others: nobody else reads
/// them, so nobody waits for anybody. Grid: as many blocks as run at once, slots / `Slots`.
template <typename T, int Slots>
struct Head {
  HeadArguments<T> arguments;

  static constexpr bool products = sizeof(T) == 2;
  static constexpr int tiles = Slots <= 8 ? 1 : Slots / 16;
  static constexpr int halves = Slots <= 8 ? 1 : 2;
  static constexpr int padding = quad_size<T>;  // of a slot's row, so that lanes meet no bank twice
  static constexpr int most_threads = 512, blocks_together = 1;
  static constexpr int steps_of_load = 4;  // whose weights are fetched together
  static constexpr int loads = 4;          // for which there is room

  static size_t shared_bytes(int threads, int depth) {
    const int stride = (depth + depth_of_step - 1) / depth_of_step * depth_of_step + padding;
    const auto ring = static_cast<size_t>(threads * steps_of_load * loads) * sizeof(Quad);
    return (products ? ring : 0) + static_cast<size_t>(Slots * stride) * sizeof(T) +
           RowNorm<T>::shared_bytes(depth);
  }
  /// As many as there is shared memory for; 0: there is not enough.
  static int threads(int depth, size_t shared_limit) {
    int threads = most_threads;
    while (threads >= 64 && shared_bytes(threads, depth) > shared_limit)
      threads /= 2;
    return threads >= 64 ? threads : 0;
  }

  GST_GPU_CODE void run(const Thread& thread, char* shared) const {
    const HeadArguments<T>& a = arguments;
    auto* ring = reinterpret_cast<Quad*>(shared);
    T* inputs =
        reinterpret_cast<T*>(ring + (products ? thread.count() * steps_of_load * loads : 0));
    const int padded = (a.depth + depth_of_step - 1) / depth_of_step * depth_of_step;
    const int stride = padded + padding;
    const int warps = thread.count() / 32;
    const int first_slot = thread.block_y() * Slots;
    thread.let_next_begin();
    if constexpr (products) {
      for (int load = 0; load < loads - 1; ++load)
        begin_load(thread, load, ring);
    }
    const RowNorm<T> norm(thread, a.norm, a.depth, inputs + Slots * stride);
    thread.barrier();
    thread.wait_for_previous();
    for (int slot = thread.warp(); slot < Slots; slot += warps) {
      T* to = inputs + slot * stride;
      if (first_slot + slot < a.slots) {
        norm.apply(thread, a.residual + static_cast<int64_t>(first_slot + slot) * a.depth, to,
                   padded);
        continue;
      }
      for (int k = thread.lane(); k < padded; k += 32)
        from_float(0, to[k]);
    }
    thread.barrier();
    if constexpr (products) {
      multiply_by_tensor_cores(thread, first_slot, inputs, stride, ring);
    } else {
      for (int tile = first_tile(thread); tile < all_tiles(); tile += thread.blocks() * warps)
        multiply_one_by_one(thread, tile, first_slot, inputs, stride);
    }
  }

 private:
  GST_GPU_CODE int all_tiles() const {
    return (arguments.vocabulary + rows_of_tile - 1) / rows_of_tile;
  }
  GST_GPU_CODE static int first_tile(const Thread& thread) {
    return thread.block_x() * (thread.count() / 32) + thread.warp();
  }
  GST_GPU_CODE int loads_of_tile() const {
    const int steps = (arguments.depth + depth_of_step - 1) / depth_of_step;
    return (steps + steps_of_load - 1) / steps_of_load;
  }
  /// The tile of a warp's load.
  GST_GPU_CODE int tile_of(const Thread& thread, int load) const {
    return first_tile(thread) + load / loads_of_tile() * thread.blocks() * (thread.count() / 32);
  }

  /// A group of copies, an empty one behind the last tile.
  GST_GPU_CODE void begin_load(const Thread& thread, int load, Quad* ring) const {
    const HeadArguments<T>& a = arguments;
    const int tile = tile_of(thread, load);
    if (tile < all_tiles()) {
      const int token = tile * rows_of_tile + thread.lane() / 4;
      const int row = token < a.vocabulary ? token : a.vocabulary - 1;
      const T* matrix = a.weight + static_cast<int64_t>(row) * a.depth;
      const int first = load % loads_of_tile() * steps_of_load;
      Quad* to = ring + load % loads * steps_of_load * thread.count() + thread.index();
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

  GST_GPU_CODE void multiply_by_tensor_cores(const Thread& thread, int first_slot, const T* inputs,
                                             int stride, Quad* ring) const {
    const int steps = stride / depth_of_step;
    const T* mine = inputs + thread.lane() / 4 * stride + thread.lane() % 4 * 8;
    float sum[tiles][4] = {};
    for (int load = 0; tile_of(thread, load) < all_tiles(); ++load) {
      begin_load(thread, load + loads - 1, ring);
      thread.template wait_for_groups<loads - 1>();
      const Quad* weights = ring + load % loads * steps_of_load * thread.count() + thread.index();
      const int first = load % loads_of_tile() * steps_of_load;
      GST_GPU_UNROLL
      for (int i = 0; i < steps_of_load; ++i) {
        if (first + i >= steps) break;
        const Quad weight = weights[i * thread.count()];
        GST_GPU_UNROLL
        for (int part = 0; part < tiles; ++part) {
          const T* at = mine + part * 16 * stride + (first + i) * depth_of_step;
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
  GST_GPU_CODE void store(const Thread& thread, int tile, int first_slot,
                          float (&sum)[tiles][4]) const {
    const HeadArguments<T>& a = arguments;
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

  GST_GPU_CODE void multiply_one_by_one(const Thread& thread, int tile, int first_slot,
                                        const T* inputs, int stride) const {
    const HeadArguments<T>& a = arguments;
    const int first = tile * rows_of_tile;
    for (int token = first; token < first + rows_of_tile && token < a.vocabulary; ++token) {
      for (int slot = 0; slot < Slots && first_slot + slot < a.slots; ++slot) {
        float sum = 0;
        for (int k = thread.lane(); k < a.depth; k += 32)
          sum += to_float(a.weight[static_cast<int64_t>(token) * a.depth + k]) *
                 to_float(inputs[slot * stride + k]);
        sum = sum_of_warp(thread, sum);
        if (thread.lane() == 0)
          a.logits[static_cast<int64_t>(first_slot + slot) * a.vocabulary + token] = sum;
      }
    }
  }
};

/// The best tokens of a slot, best first, of equal ones the smaller token first; and the logarithm
/// of the sum of all exponentials, as a maximum and a sum.
template <int Count>
struct Best {
  float score[Count];
  int32_t token[Count];
  float most, sum;

  GST_GPU_CODE void clear() {
    GST_GPU_UNROLL
    for (int i = 0; i < Count; ++i) {
      score[i] = -INFINITY;
      token[i] = -1;
    }
    most = -INFINITY;
    sum = 0;
  }

  GST_GPU_CODE static bool precedes(float score, int32_t token, float other, int32_t other_token) {
    return score > other ||
           (score == other && static_cast<uint32_t>(token) < static_cast<uint32_t>(other_token));
  }

  GST_GPU_CODE void insert(float new_score, int32_t new_token) {
    if (!precedes(new_score, new_token, score[Count - 1], token[Count - 1])) return;
    score[Count - 1] = new_score;
    token[Count - 1] = new_token;
    GST_GPU_UNROLL
    for (int i = Count - 1; i > 0; --i) {
      if (precedes(score[i], token[i], score[i - 1], token[i - 1])) {
        const float s = score[i];
        const int32_t t = token[i];
        score[i] = score[i - 1];
        token[i] = token[i - 1];
        score[i - 1] = s;
        token[i - 1] = t;
      }
    }
  }

  /// A sum that is no number stays so.
  GST_GPU_CODE void add(float other_most, float other_sum) {
    if (other_most != other_most) {
      sum = other_most;
      return;
    }
    const float larger = other_most > most ? other_most : most;
    if (larger == -INFINITY) {
      sum += other_sum;
      return;
    }
    sum = sum * expf(most - larger) + other_sum * expf(other_most - larger);
    most = larger;
  }

  /// The best of all lanes of a warp, in all of them.
  GST_GPU_CODE void gather(const Thread& thread) {
    Best all;
    all.clear();
    GST_GPU_UNROLL
    for (int mask = 16; mask > 0; mask /= 2) {
      const float other_most = thread.shuffle(most, mask);
      const float other_sum = thread.shuffle(sum, mask);
      add(other_most, other_sum);
    }
    int taken = 0;
    GST_GPU_UNROLL
    for (int i = 0; i < Count; ++i) {
      float candidate = -INFINITY;
      int32_t candidate_token = -1;
      GST_GPU_UNROLL
      for (int j = 0; j < Count; ++j) {
        if (j == taken) {
          candidate = score[j];
          candidate_token = token[j];
        }
      }
      float best = candidate;
      int32_t best_token = candidate_token;
      GST_GPU_UNROLL
      for (int mask = 16; mask > 0; mask /= 2) {
        const float other = thread.shuffle(best, mask);
        const int32_t other_token = thread.shuffle(best_token, mask);
        if (precedes(other, other_token, best, best_token)) {
          best = other;
          best_token = other_token;
        }
      }
      all.score[i] = best;
      all.token[i] = best_token;
      if (candidate_token == best_token && best_token >= 0) ++taken;
    }
    GST_GPU_UNROLL
    for (int i = 0; i < Count; ++i) {
      score[i] = all.score[i];
      token[i] = all.token[i];
    }
  }
};

template <int Count>
struct ScanArguments {
  const float* logits = nullptr;  ///< [slots, vocabulary]
  int vocabulary = 0;
  Best<Count>* best = nullptr;  ///< [slots, parts]
};

/// The best of a part of the vocabulary. Grid: parts, slots.
template <int Count>
struct Scan {
  ScanArguments<Count> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;
  static constexpr int together = 8;  // tokens of a thread that are fetched at once
  static size_t shared_bytes() { return threads / 32 * sizeof(Best<Count>); }

  GST_GPU_CODE void run(const Thread& thread, char* shared) const {
    const ScanArguments<Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const float* logits = a.logits + static_cast<int64_t>(thread.block_y()) * a.vocabulary;
    Best<Count> best;
    best.clear();
    const int stride = thread.blocks() * thread.count();
    for (int first = thread.block_x() * thread.count() + thread.index(); first < a.vocabulary;
         first += together * stride) {
      float scores[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i)
        scores[i] = first + i * stride < a.vocabulary ? logits[first + i * stride] : -INFINITY;
      float most = -INFINITY;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i) {
        most = scores[i] > most ? scores[i] : most;
        if (first + i * stride < a.vocabulary) best.insert(scores[i], first + i * stride);
      }
      float sum = 0;
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i)
        sum += expf(scores[i] - most);
      best.add(most, sum);
    }
    best.gather(thread);
    auto* of_warps = reinterpret_cast<Best<Count>*>(shared);
    if (thread.lane() == 0) of_warps[thread.warp()] = best;
    thread.barrier();
    if (thread.warp() != 0) return;
    best.clear();
    if (thread.lane() < thread.count() / 32) best = of_warps[thread.lane()];
    best.gather(thread);
    if (thread.lane() == 0) a.best[thread.block_y() * thread.blocks() + thread.block_x()] = best;
  }
};

template <int Count>
struct SelectArguments {
  const Best<Count>* best = nullptr;  ///< [slots, parts]
  int parts = 0;
  const int32_t* pass = nullptr;    ///< the host's memory
  Best<Count>* selected = nullptr;  ///< [slots], the host's memory
  int32_t* done = nullptr;          ///< [slots], the host's memory: the pass, once it is over
};

/// The best of all parts, for the host. Grid: slots; a block is one warp.
template <int Count>
struct Select {
  SelectArguments<Count> arguments;

  static constexpr int threads = 32, most_threads = threads, blocks_together = 1;

  GST_GPU_CODE void run(const Thread& thread, char* /*shared*/) const {
    const SelectArguments<Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_x();
    Best<Count> best;
    best.clear();
    for (int part = thread.lane(); part < a.parts; part += 32) {
      const Best<Count> other = a.best[slot * a.parts + part];
      GST_GPU_UNROLL
      for (int i = 0; i < Count; ++i)
        best.insert(other.score[i], other.token[i]);
      best.add(other.most, other.sum);
    }
    best.gather(thread);
    if (thread.lane() != 0) return;
    const int32_t pass = *a.pass;
    a.selected[slot] = best;
    thread.publish();
    *const_cast<volatile int32_t*>(a.done + slot) = pass;
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
