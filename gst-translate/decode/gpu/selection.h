// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/thread.h"

// From logits to the best tokens: those of each part of the vocabulary, then those of all.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// Into how many parts a vocabulary is divided at most.
constexpr int most_vocabulary_parts = 128;

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

  /// Tokens from `first` on, `stride` from one to the next; what is behind the vocabulary has no
  /// score.
  template <int Size>
  GST_GPU_CODE void take(GST_GPU_OWN const float (&scores)[Size], int32_t first, int stride,
                         int vocabulary) {
    float largest = -INFINITY;
    GST_GPU_UNROLL
    for (int i = 0; i < Size; ++i) {
      largest = scores[i] > largest ? scores[i] : largest;
      if (first + i * stride < vocabulary) insert(scores[i], first + i * stride);
    }
    float exponentials = 0;
    GST_GPU_UNROLL
    for (int i = 0; i < Size; ++i)
      exponentials += expf(scores[i] - largest);
    add(largest, exponentials);
  }

  GST_GPU_CODE void merge(GST_GPU_OWN const Best& other) {
    GST_GPU_UNROLL
    for (int i = 0; i < Count; ++i)
      insert(other.score[i], other.token[i]);
    add(other.most, other.sum);
  }

  /// The best of all lanes of a warp, in all of them.
  GST_GPU_CODE void gather(Thread thread) {
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

  /// The best of all threads of a block, in its first warp. `of_warps`: shared, one for each warp.
  GST_GPU_CODE void gather_block(Thread thread, GST_GPU_SHARED Best* of_warps) {
    gather(thread);
    if (thread.lane() == 0) of_warps[thread.warp()] = *this;
    thread.barrier();
    if (thread.warp() != 0) return;
    clear();
    if (thread.lane() < thread.count() / 32) *this = of_warps[thread.lane()];
    gather(thread);
  }
};

template <int Count>
struct ScanArguments {
  GST_GPU_GLOBAL const float* logits = nullptr;  ///< [slots, vocabulary]
  int vocabulary = 0;
  GST_GPU_GLOBAL Best<Count>* best = nullptr;  ///< [slots, parts]
};

/// The best of a part of the vocabulary. Grid: parts, slots.
template <int Count>
struct Scan {
  ScanArguments<Count> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;
  static constexpr int together = 8;  // tokens of a thread that are fetched at once
  static size_t shared_bytes() { return threads / 32 * sizeof(Best<Count>); }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const ScanArguments<Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    GST_GPU_GLOBAL const float* logits =
        a.logits + static_cast<int64_t>(thread.block_y()) * a.vocabulary;
    Best<Count> best;
    best.clear();
    const int stride = thread.blocks() * thread.count();
    for (int first = thread.block_x() * thread.count() + thread.index(); first < a.vocabulary;
         first += together * stride) {
      float scores[together];
      GST_GPU_UNROLL
      for (int i = 0; i < together; ++i)
        scores[i] = first + i * stride < a.vocabulary ? logits[first + i * stride] : -INFINITY;
      best.take(scores, first, stride, a.vocabulary);
    }
    best.gather_block(thread, reinterpret_cast<GST_GPU_SHARED Best<Count>*>(shared));
    if (thread.index() == 0) a.best[thread.block_y() * thread.blocks() + thread.block_x()] = best;
  }
};

template <int Count>
struct SelectArguments {
  GST_GPU_GLOBAL const Best<Count>* best = nullptr;  ///< [slots, parts]
  int parts = 0;
  GST_GPU_GLOBAL const int32_t* pass = nullptr;    ///< the host's memory
  GST_GPU_GLOBAL Best<Count>* selected = nullptr;  ///< [slots], the host's memory
  GST_GPU_GLOBAL int32_t* done =
      nullptr;  ///< [slots], the host's memory: the pass, once it is over
};

/// The best of all parts, for the host. Grid: slots; a block is one warp.
template <int Count>
struct Select {
  SelectArguments<Count> arguments;

  static constexpr int threads = 32, most_threads = threads, blocks_together = 1;

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* /*shared*/) const {
    GST_GPU_OWN const SelectArguments<Count>& a = arguments;
    thread.let_next_begin();
    thread.wait_for_previous();
    const int slot = thread.block_x();
    Best<Count> best;
    best.clear();
    for (int part = thread.lane(); part < a.parts; part += 32) {
      const Best<Count> other = a.best[slot * a.parts + part];
      best.merge(other);
    }
    best.gather(thread);
    if (thread.lane() != 0) return;
    const int32_t pass = *a.pass;
    a.selected[slot] = best;
    thread.publish();
    *static_cast<GST_GPU_GLOBAL volatile int32_t*>(a.done + slot) = pass;
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
