// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/linear.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

// Where all slots attend to one sentence, its keys and values are folded into the weights once: the
// score of a head's query for a token is k . (Q norm(x)) = (k Q) . norm(x), and what the output
// layer O makes of the values is O (sum of p v) = sum of p (O v). So cross-attention is two
// matrices a sentence, with a row or a column a head and token, and the softmax between them.
//
// The norm is folded as well, with its mean taken from the matrix instead of from x. And as
// x = before + W a + bias, where a is what the self-attention leaves, a score is made of `before`
// and a, in the kernel that makes x; the next one needs but the moments of x to put it right. All
// that is folded is in float32, so that nothing is rounded twice.

constexpr int most_folded_tokens = 32;  ///< of a sentence, which has 1.5 times the bytes of Q and O
constexpr int most_folded_heads = 16;
constexpr int most_folded_slots = 4;

/// A sentence, folded. Tokens behind the last one are of no matter, but numbers.
struct FoldedSentence {
  GST_GPU_GLOBAL const float* scores = nullptr;     ///< [heads, most tokens, 2, width]
  GST_GPU_GLOBAL const float* constants = nullptr;  ///< [heads, 2, most tokens]: what a score has
                                                    ///< besides, before the norm and behind it
  GST_GPU_GLOBAL const float* outputs = nullptr;    ///< [heads, width, most tokens]
  GST_GPU_GLOBAL const int32_t* tokens = nullptr;   ///< one number, at least 1
};

template <typename T, typename Weight = T>
struct OutputAndScoresArguments {
  LinearArguments<T, Weight> output;
  GST_GPU_GLOBAL const float* folded = nullptr;  ///< of the sentence
  GST_GPU_GLOBAL const int32_t* tokens = nullptr;
  GST_GPU_GLOBAL float* scores = nullptr;  ///< [2, `Slots`, heads, most tokens]
  int heads = 0;
};

/// The output of the self-attention, added to the residual stream, and both parts of the raw scores
/// of the cross-attention. `Slots`: that there is room for, and of which all are computed. Grid:
/// `blocks`; those whose tokens the sentence does not have leave.
template <typename T, int Slots, typename Weight = T>
struct OutputAndScores {
  using OurOutput = Linear<T, 8, false, Output::Add, Weight>;

  OutputAndScoresArguments<T, Weight> arguments;

  static constexpr int most_threads = OurOutput::most_threads,
                       blocks_together = OurOutput::blocks_together;
  static constexpr int tiles = most_folded_tokens / rows_of_tile;
  static constexpr int numbers = quad_size<float>;  // of each row of a tile, that a thread has

  static bool can(int width) { return width <= most_threads * numbers; }
  static int threads(int width) {
    constexpr int of_warp = 32 * numbers;
    return (width + of_warp - 1) / of_warp * 32;
  }
  static int blocks(int width, int heads) { return OurOutput::blocks(width) + tiles * heads * 2; }
  static size_t shared_bytes(int threads, int width) {
    return OurOutput::shared_bytes(threads, width);
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    const int outputs = (arguments.output.rows + rows_of_tile - 1) / rows_of_tile;
    if (thread.block_x() < outputs) {
      const OurOutput output = {arguments.output};
      output.run(thread, shared);
    } else {
      score(thread, thread.block_x() - outputs, reinterpret_cast<GST_GPU_SHARED float*>(shared));
    }
  }

 private:
  /// A tile of a head's tokens, times what was before or what is attended.
  GST_GPU_CODE void score(Thread thread, int block, GST_GPU_SHARED float* partial) const {
    GST_GPU_OWN const OutputAndScoresArguments<T, Weight>& a = arguments;
    const int half = block % 2, head = block / 2 % a.heads;
    const int first = block / 2 / a.heads * rows_of_tile;
    const int depth = a.output.depth;
    const bool inside = thread.index() * numbers < depth;
    const int k = inside ? thread.index() * numbers : 0;
    thread.let_next_begin();
    if (first >= *a.tokens) return;
    Quad weights[rows_of_tile];
    GST_GPU_UNROLL
    for (int r = 0; r < rows_of_tile; ++r) {
      const int64_t row = (head * most_folded_tokens + first + r) * 2 + half;
      weights[r] = thread.load_once(a.folded + row * depth + k);
    }
    thread.wait_for_previous();
    float inputs[Slots][numbers] = {};
    GST_GPU_UNROLL
    for (int slot = 0; slot < Slots; ++slot) {
      if (inside) fetch_input(half, static_cast<int64_t>(slot) * depth + k, inputs[slot]);
    }
    GST_GPU_UNROLL
    for (int slot = 0; slot < Slots; ++slot) {
      float sums[rows_of_tile] = {};
      GST_GPU_UNROLL
      for (int r = 0; r < rows_of_tile; ++r) {
        GST_GPU_UNROLL
        for (int i = 0; i < numbers; ++i)
          sums[r] += number_of<float>(weights[r], i) * inputs[slot][i];
      }
      const float sum = sum_of_row(thread, sums);
      if (thread.lane() % 4 == 0)
        partial[(thread.warp() * Slots + slot) * rows_of_tile + thread.lane() / 4] = sum;
    }
    thread.barrier();
    for (int i = thread.index(); i < Slots * rows_of_tile; i += thread.count()) {
      float sum = 0;
      for (int warp = 0; warp < thread.count() / 32; ++warp)
        sum += partial[warp * Slots * rows_of_tile + i];
      const int row = (half * Slots + i / rows_of_tile) * a.heads + head;
      a.scores[row * most_folded_tokens + first + i % rows_of_tile] = sum;
    }
  }

  GST_GPU_CODE void fetch_input(int half, int64_t at, GST_GPU_OWN float (&input)[numbers]) const {
    if (half == 0) {
      unpack<float>(load_quad(arguments.output.residual + at), input);
    } else {
      const Four<T> four = load_four(arguments.output.input + at);
      GST_GPU_UNROLL
      for (int i = 0; i < numbers; ++i)
        input[i] = to_float(four.number[i]);
    }
  }

  /// The warp's sum of the row that is the lane's number / 4: lanes give each other half of what
  /// they have until each has one.
  GST_GPU_CODE static float sum_of_row(Thread thread, GST_GPU_OWN float (&sums)[rows_of_tile]) {
    GST_GPU_UNROLL
    for (int kept = rows_of_tile / 2; kept > 0; kept /= 2) {
      const bool upper = (thread.lane() & kept * 4) != 0;
      GST_GPU_UNROLL
      for (int i = 0; i < kept; ++i) {
        const float given = upper ? sums[i] : sums[kept + i];
        sums[i] = (upper ? sums[kept + i] : sums[i]) + thread.shuffle(given, kept * 4);
      }
    }
    sums[0] += thread.shuffle(sums[0], 2);
    return sums[0] + thread.shuffle(sums[0], 1);
  }
};

template <typename T>
struct FoldedAttentionArguments {
  FoldedSentence sentence;
  GST_GPU_GLOBAL const T* bias = nullptr;        ///< [width], of the output layer
  GST_GPU_GLOBAL const float* scores = nullptr;  ///< [2, `Slots`, heads, most tokens]
  GST_GPU_GLOBAL const float* before = nullptr;  ///< [`Slots`, width]: x
  GST_GPU_GLOBAL float* residual = nullptr;      ///< [slots, width]: x and what is added to it
  int width = 0, heads = 0, slots = 0;
};

/// The softmax of the scores, which each block makes for itself, and what the output layer makes of
/// the values. A warp has a row of the output layer. Grid: `blocks`.
template <typename T, int Slots>
struct FoldedAttention {
  FoldedAttentionArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 2;
  static constexpr int warps = threads / 32;
  static constexpr int numbers = quad_size<float>;
  static constexpr int lanes = most_folded_tokens / numbers;  // that share a head
  static constexpr int columns = most_folded_heads * most_folded_tokens;
  static constexpr int quads = columns / numbers / 32;  // of a lane, of a row
  // In which all softmaxes are made.
  static constexpr int turns = (Slots * most_folded_heads * lanes + threads - 1) / threads;
  static constexpr int sharing = warps / Slots;  // warps that have a slot's moments

  static int blocks(int width) { return width / warps; }
  static size_t shared_bytes() {
    return sizeof(float) * static_cast<size_t>(Slots * columns + warps * 2);
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    GST_GPU_OWN const FoldedAttentionArguments<T>& a = arguments;
    auto shares = reinterpret_cast<GST_GPU_SHARED float*>(shared);  // [slots, columns]
    GST_GPU_SHARED float* moments = shares + Slots * columns;       // [warps, 2]
    thread.let_next_begin();
    const int tokens = *a.sentence.tokens;
    const int first = thread.lane() % lanes * numbers;  // token
    const int row = thread.block_x() * warps + thread.warp();
    // Who has no head or no token asks for another's, which then counts nothing.
    Quad outputs[quads];
    GST_GPU_UNROLL
    for (int i = 0; i < quads; ++i) {
      const int head = (i * 32 + thread.lane()) / lanes;
      const int64_t place = static_cast<int64_t>(head < a.heads ? head : 0) * a.width + row;
      outputs[i] = thread.load_once(a.sentence.outputs + place * most_folded_tokens +
                                    (first < tokens ? first : 0));
    }
    Quad constants[turns][2], raw[turns][2];
    GST_GPU_UNROLL
    for (int turn = 0; turn < turns; ++turn) {
      GST_GPU_UNROLL
      for (int i = 0; i < 2; ++i)
        constants[turn][i] = load_quad(
            a.sentence.constants + (head_of(thread, turn) * 2 + i) * most_folded_tokens + first);
    }
    const float bias = to_float(a.bias[row]);
    const int64_t at = static_cast<int64_t>(thread.lane() % Slots) * a.width + row;
    thread.wait_for_previous();
    GST_GPU_UNROLL
    for (int turn = 0; turn < turns; ++turn) {
      GST_GPU_UNROLL
      for (int i = 0; i < 2; ++i) {
        const int place = (i * Slots + slot_of(thread, turn)) * a.heads + head_of(thread, turn);
        raw[turn][i] = load_quad(a.scores + place * most_folded_tokens + first);
      }
    }
    const float before = a.before[at];
    take_moments(thread, moments);
    thread.barrier();
    GST_GPU_UNROLL
    for (int turn = 0; turn < turns; ++turn)
      make_shares(thread, turn, tokens - first, constants[turn], raw[turn], moments, shares);
    thread.barrier();
    float sums[Slots] = {};
    GST_GPU_UNROLL
    for (int i = 0; i < quads; ++i) {
      GST_GPU_UNROLL
      for (int slot = 0; slot < Slots; ++slot) {
        const Quad quad = load_quad(shares + slot * columns + (i * 32 + thread.lane()) * numbers);
        GST_GPU_UNROLL
        for (int j = 0; j < numbers; ++j)
          sums[slot] += number_of<float>(outputs[i], j) * number_of<float>(quad, j);
      }
    }
    GST_GPU_UNROLL
    for (int slot = 0; slot < Slots; ++slot) {
      const float sum = sum_of_warp(thread, sums[slot]);
      if (thread.lane() == slot && slot < a.slots) a.residual[at] = before + sum + bias;
    }
  }

 private:
  /// Whose softmax a thread makes; some make another's once more.
  GST_GPU_CODE static int pair_of(Thread thread, int turn) {
    return (turn * threads + thread.index()) / lanes;
  }
  GST_GPU_CODE static int slot_of(Thread thread, int turn) {
    return pair_of(thread, turn) / most_folded_heads % Slots;
  }
  GST_GPU_CODE int head_of(Thread thread, int turn) const {
    const int head = pair_of(thread, turn) % most_folded_heads;
    return head < arguments.heads ? head : 0;
  }

  /// Of the residual stream: some warps share a slot's row, and ask for much of it at once.
  GST_GPU_CODE void take_moments(Thread thread, GST_GPU_SHARED float* moments) const {
    constexpr int part = 1024, step = sharing * 32 * numbers;
    const int width = arguments.width;
    const int place = (thread.warp() % sharing * 32 + thread.lane()) * numbers;
    GST_GPU_GLOBAL const float* x =
        arguments.before + static_cast<int64_t>(thread.warp() / sharing) * width;
    float sum = 0, squares = 0;
    for (int begin = 0; begin < width; begin += part) {
      Quad fetched[part / step];
      GST_GPU_UNROLL
      for (int i = 0; i < part / step; ++i) {
        const int k = begin + i * step + place;
        fetched[i] = k < width ? load_quad(x + k) : zero_quad();
      }
      GST_GPU_UNROLL
      for (int i = 0; i < part / step * numbers; ++i) {
        const float value = number_of<float>(fetched[i / numbers], i % numbers);
        sum += value;
        squares += value * value;
      }
    }
    sum = sum_of_warp(thread, sum);
    squares = sum_of_warp(thread, squares);
    if (thread.lane() == 0) {
      moments[thread.warp() * 2] = sum;
      moments[thread.warp() * 2 + 1] = squares;
    }
  }

  /// Leaves the weights of a head's tokens, of which a lane has some; the first `count` of them are
  /// there.
  GST_GPU_CODE void make_shares(Thread thread, int turn, int count,
                                GST_GPU_OWN const Quad (&constants)[2],
                                GST_GPU_OWN const Quad (&raw)[2],
                                GST_GPU_SHARED const float* moments,
                                GST_GPU_SHARED float* shares) const {
    const int slot = slot_of(thread, turn);
    float sum = 0, squares = 0;
    GST_GPU_UNROLL
    for (int i = 0; i < sharing; ++i) {
      sum += moments[(slot * sharing + i) * 2];
      squares += moments[(slot * sharing + i) * 2 + 1];
    }
    const float mean = sum / static_cast<float>(arguments.width);
    const float variance = squares / static_cast<float>(arguments.width) - mean * mean;
    const float scale = rsqrtf((variance > 0 ? variance : 0) + norm_epsilon);
    float scores[numbers], most = -INFINITY, total = 0;
    GST_GPU_UNROLL
    for (int i = 0; i < numbers; ++i) {
      const float before_norm = number_of<float>(raw[0], i) + number_of<float>(raw[1], i) +
                                number_of<float>(constants[0], i);
      scores[i] = i < count ? before_norm * scale + number_of<float>(constants[1], i) : -INFINITY;
      most = scores[i] > most ? scores[i] : most;
    }
    GST_GPU_UNROLL
    for (int mask = lanes / 2; mask > 0; mask /= 2) {
      const float other = thread.shuffle(most, mask);
      most = other > most ? other : most;
    }
    GST_GPU_UNROLL
    for (int i = 0; i < numbers; ++i) {
      scores[i] = expf(scores[i] - most);
      total += scores[i];
    }
    GST_GPU_UNROLL
    for (int mask = lanes / 2; mask > 0; mask /= 2)
      total += thread.shuffle(total, mask);
    const int pair = pair_of(thread, turn);
    if (pair >= Slots * most_folded_heads) return;
    const float share = pair % most_folded_heads < arguments.heads ? 1 / total : 0;
    GST_GPU_UNROLL
    for (int i = 0; i < numbers; ++i)
      scores[i] *= share;
    store_quad(shares + pair * most_folded_tokens + thread.lane() % lanes * numbers,
               pack<float>(scores));
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
