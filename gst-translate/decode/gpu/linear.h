// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/norm.h"

// Products of a matrix with few rows of activations, called slots here: what a step mostly waits
// for is the matrix. So a block takes few of the matrix's rows, its warps share their depth, and
// each thread asks for its part of the matrix before it waits for the kernel before: into shared
// memory, which has room for the parts of several kernels. In 16 bits the products are those of the
// tensor cores, which take 8 rows of the matrix at a time, with up to 16 slots, and cost the same
// for all of them. How a depth of 32 is dealt to the 4 lanes that share a row is of no matter as
// long as both factors are dealt alike: each gets 8 numbers that lie together.
//
// The matrix may be held in int8, where only half of the bytes are read: each row in steps of its
// own scale. Its numbers become those of 16 bits on the way, which is exact, and the scale is
// applied to the sum. Then a lane has 16 numbers that lie together, of a depth of 64.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

constexpr int rows_of_tile = 8;    ///< of the matrix, that the tensor cores take at a time
constexpr int depth_of_step = 32;  ///< that a warp multiplies at a time, in 16 bits
constexpr int most_slots = 32;     ///< of a block; others are another block's

/// What becomes of a product.
enum class Output {
  Store,   ///< stored as T
  Relu,    ///< likewise, what is negative as 0
  Add,     ///< added to the residual stream
  Logits,  ///< stored in float32; there is no bias
  Scatter  ///< its first third, the queries, stored; the rest, keys and values, into the cache,
           ///< each slot into its row
};

/// What a layer norm comes to behind a product of the residual stream x with a matrix W, where w
/// and b are the norm's weight and bias: W norm(x) + bias = (W (w x) - mean sums) / deviation +
/// offsets. So the moments of x are taken while the product is made.
struct FoldedNorm {
  GST_GPU_GLOBAL const float* sums = nullptr;     ///< [rows], W w
  GST_GPU_GLOBAL const float* offsets = nullptr;  ///< [rows], W b + bias
};

/// Numbers from one row of a matrix to the next: rows of int8 are filled up with zeros.
template <typename Weight>
constexpr GST_GPU_BOTH int row_stride(int depth) {
  constexpr int numbers = sizeof(Weight) == 1 ? quad_size<Weight> : 1;
  return (depth + numbers - 1) / numbers * numbers;
}

/// `Weight`: T, or int8_t.
template <typename T, typename Weight = T>
struct LinearArguments {
  GST_GPU_GLOBAL const Weight* weight = nullptr;  ///< [rows, `row_stride`]
  GST_GPU_GLOBAL const float* scale = nullptr;    ///< int8: [rows]
  GST_GPU_GLOBAL const T* bias = nullptr;         ///< [rows]
  FoldedNorm folded;  ///< with a norm: in place of `bias` and of `norm.bias`
  int rows = 0, depth = 0;
  int slots = 0;
  GST_GPU_GLOBAL const T* input = nullptr;         ///< [slots, depth], or the next two:
  GST_GPU_GLOBAL const float* residual = nullptr;  ///< [slots, depth]; Add: what is added to
  NormArguments<T> norm;
  GST_GPU_GLOBAL T* output = nullptr;   ///< [slots, rows]; Scatter: [slots, rows / 3]
  GST_GPU_GLOBAL float* sum = nullptr;  ///< Add, Logits: [slots, rows]
  GST_GPU_GLOBAL T* cache = nullptr;    ///< Scatter: [.., 2 rows / 3]
  GST_GPU_GLOBAL const int32_t* destination = nullptr;  ///< Scatter: [slots], rows of the cache
};

/// Leaves a number of a product, with its bias. `sum`: what it is added to; `destination`: the row
/// of the cache.
template <Output What, typename T, typename Weight>
GST_GPU_CODE void store_product(GST_GPU_OWN const LinearArguments<T, Weight>& a, int slot, int row,
                                float value, float sum, int32_t destination) {
  const int64_t at = static_cast<int64_t>(slot) * a.rows + row;
  if constexpr (What == Output::Add) {
    a.sum[at] = sum + value;
  } else if constexpr (What == Output::Logits) {
    a.sum[at] = value;
  } else if constexpr (What == Output::Scatter) {
    const int width = a.rows / 3;
    if (row < width)
      a.output[static_cast<int64_t>(slot) * width + row] = from_float<T>(value);
    else
      a.cache[static_cast<int64_t>(destination) * 2 * width + row - width] = from_float<T>(value);
  } else {
    a.output[at] = from_float<T>(What == Output::Relu && value < 0 ? 0.0F : value);
  }
}

/// `Slots`: 8, 16 or 32, of a block. A block has rows that lie together; with Scatter, a tile of
/// each third, so that blocks that lie together have all of a head. Grid: `blocks`, slots /
/// `Slots`.
template <typename T, int Slots, bool Norm, Output What, typename Weight = T>
struct Linear {
  LinearArguments<T, Weight> arguments;

  static constexpr bool products = HasTiles<T>::value;
  static constexpr bool rounded = sizeof(Weight) < sizeof(T);
  static_assert(sizeof(T) == 2 || !Norm, "in float32 a norm is applied apart, to lose no digits");
  static constexpr int tiles = Slots <= 8 ? 1 : Slots / 16;
  static constexpr int halves = Slots <= 8 ? 1 : 2;  // of a tile's 16 slots, that there are
  static_assert(!Norm || halves == 1, "a lane folds the norm of one slot");
  // The larger matrices have as many blocks as the smaller ones, about as many as a large device
  // has multiprocessors.
  static constexpr int row_tiles = What == Output::Scatter            ? 3
                                   : What == Output::Relu && products ? 4
                                                                      : 1;
  static constexpr int rows_of_block = row_tiles * rows_of_tile;
  // From a slot's sums to the next one's, so that lanes meet no bank twice.
  static constexpr int partial_stride = rows_of_block % 32 == 0 ? rows_of_block + 8 : rows_of_block;
  static constexpr int most_threads = 512,
                       blocks_together =
                           Slots <= 8 && (What == Output::Add || What == Output::Relu) ? 2 : 1;
  // Quads of an input for one of the matrix, and the depth that a warp multiplies at a time.
  static constexpr int pieces = quad_size<Weight> / quad_size<T>;
  static constexpr int step_depth = 4 * quad_size<Weight>;
  // Steps of a warp whose inputs are fetched together.
  static constexpr int together =
      (row_tiles == 1 || (Slots <= 8 && What == Output::Scatter) ? 4 : 2) / (rounded ? 2 : 1);
  static constexpr int most_ahead = 64 << 10;  // bytes of the matrix that a block has ahead
  // What is fetched ahead in int8 becomes numbers of 16 bits before the wait for the kernel before,
  // where there is room for them. With more slots the kernels wait for memory, and not for that.
  static constexpr bool widens = rounded && Slots <= 8;
  static constexpr int places = widens ? pieces : 1;  // of a quad that is fetched ahead

  static int threads(int depth) {
    if (!products) {
      constexpr int depth_of_warp = 32 * quad_size<Weight>;
      const int warps = (depth + depth_of_warp - 1) / depth_of_warp;
      return warps > 16 ? most_threads : 32 * warps;
    }
    const int steps = (depth + step_depth - 1) / step_depth;
    // With more slots a warp has more to read of each step, so that more warps share them.
    constexpr bool wide = What == Output::Relu || (Slots > 8 && !rounded);
    const int each = (wide ? 2 : 4) / pieces;
    const int warps = (steps + each - 1) / each;
    return warps > 16 ? most_threads : 32 * warps;
  }
  static int blocks(int rows) {
    const int each = What == Output::Scatter ? rows_of_tile : rows_of_block;
    return ((What == Output::Scatter ? rows / 3 : rows) + each - 1) / each;
  }
  static size_t shared_bytes(int threads, int depth) {
    const auto ahead = sizeof(Quad) * static_cast<size_t>(threads * quads_ahead(threads, depth));
    const auto partial = sizeof(float) * static_cast<size_t>(threads / 32 * Slots * partial_stride);
    const auto moments = sizeof(Moments) * static_cast<size_t>(threads / 32 * Slots);
    return (products ? ahead : 0) + partial + (Norm ? moments : 0);
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    NobodyElse nobody;
    run(thread, shared, nobody);
  }

  /// `companion`: what else the thread asks for ahead.
  template <typename Companion>
  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared,
                        GST_GPU_OWN Companion& companion) const {
    auto ahead = reinterpret_cast<GST_GPU_SHARED Quad*>(shared);
    auto partial = reinterpret_cast<GST_GPU_SHARED float*>(
        ahead + (products ? thread.count() * quads_ahead(thread.count(), arguments.depth) : 0));
    GST_GPU_SHARED float* behind = partial + thread.count() / 32 * Slots * partial_stride;
    auto moments = reinterpret_cast<GST_GPU_SHARED Moments*>(behind);
    const int first_slot = thread.block_y() * Slots;
    const int slots = arguments.slots - first_slot < Slots ? arguments.slots - first_slot : Slots;
    thread.let_next_begin();
    Finish finish(*this, thread.block_x(), first_slot, slots);
    finish.fetch_constant(thread.index());
    if constexpr (products)
      multiply_by_tensor_cores(thread, first_slot, slots, ahead, partial, moments, finish,
                               companion);
    else
      multiply_one_by_one(thread, first_slot, slots, partial, moments, finish, companion);
    thread.barrier();
    const int warps = thread.count() / 32;
    for (int i = thread.index(); i < slots * rows_of_block; i += thread.count()) {
      float value = 0;
      Moments total = {0, 0};
      for (int warp = 0; warp < warps; ++warp) {
        value += partial[(warp * Slots + i / rows_of_block) * partial_stride + i % rows_of_block];
        if constexpr (Norm) {
          total.sum += moments[warp * Slots + i / rows_of_block].sum;
          total.squares += moments[warp * Slots + i / rows_of_block].squares;
        }
      }
      if (i != thread.index()) {
        finish.fetch_constant(i);
        finish.fetch(i);
      }
      finish.write(i, value, total);
    }
  }

 private:
  struct NobodyElse {
    GST_GPU_CODE void fetch(Thread) {}
  };

  /// Of a part of a slot's row.
  struct Moments {
    float sum, squares;
  };

  /// What becomes of the sums that a thread ends with. What else that needs is fetched while the
  /// products are made.
  class Finish {
   public:
    GST_GPU_CODE Finish(GST_GPU_OWN const Linear& linear, int block, int first_slot, int slots)
        : linear_(linear),
          a_(linear.arguments),
          block_(block),
          first_slot_(first_slot),
          slots_(slots) {}

    GST_GPU_CODE void fetch_constant(int i) {
      if (!is_there(i)) return;
      if constexpr (rounded) scale_ = a_.scale[row(i)];
      if constexpr (Norm) {
        bias_ = a_.folded.offsets[row(i)];
        norm_sum_ = a_.folded.sums[row(i)];
      } else {
        bias_ = What == Output::Logits ? 0 : to_float(a_.bias[row(i)]);
      }
    }
    GST_GPU_CODE void fetch(int i) {
      if (!is_there(i)) return;
      if constexpr (What == Output::Add) sum_ = a_.residual[at(i)];
      if constexpr (What == Output::Scatter) destination_ = a_.destination[slot(i)];
    }
    GST_GPU_CODE void write(int i, float value, GST_GPU_OWN const Moments& total) const {
      if (!is_there(i)) return;
      if constexpr (rounded) value *= scale_;
      if constexpr (Norm) {
        const float mean = total.sum / static_cast<float>(a_.depth);
        const float variance = total.squares / static_cast<float>(a_.depth) - mean * mean;
        value = (value - mean * norm_sum_) * rsqrtf((variance > 0 ? variance : 0) + norm_epsilon);
      }
      store_product<What>(a_, slot(i), row(i), value + bias_, sum_, destination_);
    }

   private:
    GST_GPU_CODE int row(int i) const { return linear_.row_of(block_, i % rows_of_block); }
    GST_GPU_CODE int slot(int i) const { return first_slot_ + i / rows_of_block; }
    GST_GPU_CODE int64_t at(int i) const {
      return static_cast<int64_t>(slot(i)) * a_.rows + row(i);
    }
    GST_GPU_CODE bool is_there(int i) const { return i < slots_ * rows_of_block && row(i) >= 0; }

    GST_GPU_OWN const Linear& linear_;
    GST_GPU_OWN const LinearArguments<T, Weight>& a_;
    int block_, first_slot_, slots_;
    float scale_ = 1, bias_ = 0, norm_sum_ = 0, sum_ = 0;
    int32_t destination_ = 0;
  };

  static constexpr GST_GPU_BOTH int quads_ahead(int threads, int depth) {
    const int steps = (depth + step_depth - 1) / step_depth;
    constexpr int of_step = row_tiles * places;
    const int quads = (steps + threads / 32 - 1) / (threads / 32) * of_step;
    const int most = most_ahead / static_cast<int>(sizeof(Quad)) / threads;
    return quads < most ? quads : most / of_step * of_step;
  }
  /// Where the numbers begin that a lane has of a step.
  GST_GPU_CODE static int place(Thread thread, int step) {
    return step * step_depth + thread.lane() % 4 * quad_size<Weight>;
  }

  /// Waits for the kernel before.
  template <typename Companion>
  GST_GPU_CODE void begin(Thread thread, GST_GPU_OWN Finish& finish,
                          GST_GPU_OWN Companion& companion) const {
    companion.fetch(thread);
    thread.wait_for_previous();
    finish.fetch(thread.index());
  }

  template <typename Companion>
  GST_GPU_CODE void multiply_by_tensor_cores(Thread thread, int first_slot, int slots,
                                             GST_GPU_SHARED Quad* ahead,
                                             GST_GPU_SHARED float* partial,
                                             GST_GPU_SHARED Moments* moments,
                                             GST_GPU_OWN Finish& finish,
                                             GST_GPU_OWN Companion& companion) const {
    const int warps = thread.count() / 32;
    const int steps = (arguments.depth + step_depth - 1) / step_depth;
    const int first = thread.warp() * steps / warps;
    const int last = (thread.warp() + 1) * steps / warps;
    const int steps_ahead = quads_ahead(thread.count(), arguments.depth) / (row_tiles * places);
    const int group = thread.lane() / 4;
    const int column = thread.lane() % 4 * 2;

    // Each thread its own, so that nobody else has to wait for them.
    GST_GPU_SHARED Quad* mine = ahead + thread.index();
    for (int i = 0; i < steps_ahead && first + i < last; ++i) {
      GST_GPU_UNROLL
      for (int r = 0; r < row_tiles; ++r) {
        const int k = place(thread, first + i);
        GST_GPU_SHARED Quad* to = mine + (i * row_tiles + r) * places * thread.count();
        if (k < arguments.depth)
          thread.copy_ahead(to, matrix_row(thread, r) + k);
        else
          *to = zero_quad();
      }
    }
    Quad norm_weights[Norm ? together * pieces : 1];
    if constexpr (Norm) load_norm_weights(thread, first, last, norm_weights);
    if constexpr (widens) widen(thread, steps_ahead * row_tiles, mine);
    begin(thread, finish, companion);
    thread.wait_for_copies();
    Moments lanes = {0, 0};
    float sum[row_tiles][tiles][4] = {};
    for (int step = first; step < last; step += together) {
      Quad inputs[together * pieces][tiles][2];
      if constexpr (Norm) {
        if (step > first) load_norm_weights(thread, step, last, norm_weights);
        weigh_inputs(thread, step, last, first_slot, slots, norm_weights, lanes, inputs);
      } else {
        load_inputs(thread, step, last, first_slot, slots, inputs);
      }
      multiply(thread, step, first, last, mine, inputs, sum);
    }
    if constexpr (Norm) {
      GST_GPU_UNROLL
      for (int mask = 1; mask < 4; mask *= 2) {
        lanes.sum += thread.shuffle(lanes.sum, mask);
        lanes.squares += thread.shuffle(lanes.squares, mask);
      }
      if (thread.lane() % 4 == 0) moments[thread.warp() * Slots + group] = lanes;
    }

    GST_GPU_SHARED float* sums = partial + thread.warp() * Slots * partial_stride;
    GST_GPU_UNROLL
    for (int r = 0; r < row_tiles; ++r) {
      GST_GPU_UNROLL
      for (int tile = 0; tile < tiles; ++tile) {
        GST_GPU_UNROLL
        for (int half = 0; half < halves; ++half) {
          GST_GPU_SHARED float* at =
              sums + (tile * 16 + half * 8 + group) * partial_stride + r * rows_of_tile + column;
          at[0] = sum[r][tile][half * 2];
          at[1] = sum[r][tile][half * 2 + 1];
        }
      }
    }
  }

  /// The row of the matrix that a block has as its `i`th; -1: there is none.
  GST_GPU_CODE int row_of(int block, int i) const {
    if constexpr (What == Output::Scatter) {
      const int third = arguments.rows / 3, place = block * rows_of_tile + i % rows_of_tile;
      return place < third ? i / rows_of_tile * third + place : -1;
    } else {
      const int row = block * rows_of_block + i;
      return row < arguments.rows ? row : -1;
    }
  }

  /// The row of the matrix that a lane reads of the block's tile `r`.
  GST_GPU_CODE GST_GPU_GLOBAL const Weight* matrix_row(Thread thread, int r) const {
    int row = row_of(thread.block_x(), r * rows_of_tile + thread.lane() / 4);
    if (row < 0) row = 0;  // of no matter to anybody
    return arguments.weight + static_cast<int64_t>(row) * row_stride<Weight>(arguments.depth);
  }

  /// Where the `i`th quad of an input begins that a lane has of the steps from `step` on.
  GST_GPU_CODE static int input_place(Thread thread, int step, int i) {
    return place(thread, step + i / pieces) + i % pieces * quad_size<T>;
  }

  GST_GPU_CODE void load_norm_weights(Thread thread, int step, int last,
                                      GST_GPU_OWN Quad (&weights)[together * pieces]) const {
    GST_GPU_UNROLL
    for (int i = 0; i < together * pieces; ++i) {
      const int k = input_place(thread, step, i);
      weights[i] = step + i / pieces < last && k < arguments.depth
                       ? load_quad(arguments.norm.weight + k)
                       : zero_quad();
    }
  }

  /// The residual stream of some steps times the norm's weight, and its moments.
  GST_GPU_CODE void weigh_inputs(Thread thread, int step, int last, int first_slot, int slots,
                                 GST_GPU_OWN const Quad (&norm_weights)[together * pieces],
                                 GST_GPU_OWN Moments& lanes,
                                 GST_GPU_OWN Quad (&inputs)[together * pieces][tiles][2]) const {
    GST_GPU_OWN const LinearArguments<T, Weight>& a = arguments;
    const int slot = thread.lane() / 4;
    GST_GPU_GLOBAL const float* row =
        a.residual + static_cast<int64_t>(first_slot + slot) * a.depth;
    float values[together * pieces][2][4];
    GST_GPU_UNROLL
    for (int i = 0; i < together * pieces; ++i) {
      const int k = input_place(thread, step, i);
      const bool inside = step + i / pieces < last && k < a.depth && slot < slots;
      unpack<float>(inside ? load_quad(row + k) : zero_quad(), values[i][0]);
      unpack<float>(inside ? load_quad(row + k + 4) : zero_quad(), values[i][1]);
    }
    GST_GPU_UNROLL
    for (int i = 0; i < together * pieces; ++i) {
      float weights[8], weighed[8];
      unpack<T>(norm_weights[i], weights);
      GST_GPU_UNROLL
      for (int j = 0; j < 8; ++j) {
        const float value = values[i][j / 4][j % 4];
        lanes.sum += value;
        lanes.squares += value * value;
        weighed[j] = value * weights[j];
      }
      inputs[i][0][0] = pack<T>(weighed);
      inputs[i][0][1] = zero_quad();
    }
  }

  /// The inputs of some steps, all asked for at once.
  GST_GPU_CODE void load_inputs(Thread thread, int step, int last, int first_slot, int slots,
                                GST_GPU_OWN Quad (&inputs)[together * pieces][tiles][2]) const {
    const int group = thread.lane() / 4;
    GST_GPU_UNROLL
    for (int i = 0; i < together * pieces; ++i) {
      const int k = input_place(thread, step, i);
      GST_GPU_UNROLL
      for (int tile = 0; tile < tiles; ++tile) {
        GST_GPU_UNROLL
        for (int half = 0; half < 2; ++half) {
          const int slot = tile * 16 + half * 8 + group;
          inputs[i][tile][half] =
              half < halves && slot < slots && step + i / pieces < last && k < arguments.depth
                  ? load_quad(arguments.input +
                              static_cast<int64_t>(first_slot + slot) * arguments.depth + k)
                  : zero_quad();
        }
      }
    }
  }

  GST_GPU_CODE void multiply(Thread thread, int step, int first, int last,
                             GST_GPU_SHARED const Quad* ahead,
                             GST_GPU_OWN const Quad (&inputs)[together * pieces][tiles][2],
                             GST_GPU_OWN float (&sum)[row_tiles][tiles][4]) const {
    const int steps_ahead = quads_ahead(thread.count(), arguments.depth) / (row_tiles * places);
    GST_GPU_UNROLL
    for (int i = 0; i < together; ++i) {
      const int at = step - first + i;
      const int k = place(thread, step + i);
      GST_GPU_UNROLL
      for (int r = 0; r < row_tiles; ++r) {
        const bool is_ahead = at < steps_ahead && step + i < last;
        Quad stored = zero_quad();
        if (is_ahead)
          stored = ahead[(at * row_tiles + r) * places * thread.count()];
        else if (step + i < last && k < arguments.depth)
          stored = thread.load_once(matrix_row(thread, r) + k);
        GST_GPU_UNROLL
        for (int piece = 0; piece < pieces; ++piece) {
          Quad weight = zero_quad();
          if (widens && is_ahead)
            weight = ahead[((at * row_tiles + r) * places + piece) * thread.count()];
          else
            weight = weights_of(stored, piece);
          GST_GPU_UNROLL
          for (int tile = 0; tile < tiles; ++tile) {
            GST_GPU_OWN const Quad& low = inputs[i * pieces + piece][tile][0];
            GST_GPU_OWN const Quad& high = inputs[i * pieces + piece][tile][1];
            thread.template multiply<T>(sum[r][tile],
                                        {low.word[0], high.word[0], low.word[1], high.word[1]},
                                        {weight.word[0], weight.word[1]});
            thread.template multiply<T>(sum[r][tile],
                                        {low.word[2], high.word[2], low.word[3], high.word[3]},
                                        {weight.word[2], weight.word[3]});
          }
        }
      }
    }
  }

  /// What a thread has fetched ahead becomes numbers of 16 bits, of which each quad fills two.
  GST_GPU_CODE static void widen(Thread thread, int quads, GST_GPU_SHARED Quad* mine) {
    thread.wait_for_copies();
    for (int i = 0; i < quads; ++i) {
      GST_GPU_SHARED Quad* to = mine + i * places * thread.count();
      const Quad stored = *to;
      GST_GPU_UNROLL
      for (int piece = 0; piece < pieces; ++piece)
        to[piece * thread.count()] = weights_of(stored, piece);
    }
  }

  /// A piece of what was stored, as numbers of 16 bits.
  GST_GPU_CODE static Quad weights_of(Quad stored, int piece) {
    if constexpr (rounded) {
      float values[quad_size<T>];
      GST_GPU_UNROLL
      for (int i = 0; i < quad_size<T>; ++i)
        values[i] = number_of<Weight>(stored, piece * quad_size<T> + i);
      return pack<T>(values);
    } else {
      return stored;
    }
  }

  /// Numbers of a slot from `k` on, a quad of them; with a norm, times its weight, and their
  /// moments.
  GST_GPU_CODE void read_input(int slot, int k, GST_GPU_OWN float (&values)[quad_size<T>],
                               GST_GPU_OWN Moments& moments) const {
    const int64_t at = static_cast<int64_t>(slot) * arguments.depth + k;
    if constexpr (Norm) {
      float weights[quad_size<T>];
      unpack<T>(load_quad(arguments.norm.weight + k), weights);
      GST_GPU_UNROLL
      for (int half = 0; half < 2; ++half) {
        const Quad quad = load_quad(arguments.residual + at + half * 4);
        GST_GPU_UNROLL
        for (int i = 0; i < 4; ++i) {
          const float value = number_of<float>(quad, i);
          moments.sum += value;
          moments.squares += value * value;
          values[half * 4 + i] = value * weights[half * 4 + i];
        }
      }
    } else {
      unpack<T>(load_quad(arguments.input + at), values);
    }
  }

  /// Where there are no tiles. A warp has 32 quads of the depth at a time, of 8 rows that are asked
  /// for at once.
  template <typename Companion>
  GST_GPU_CODE void multiply_one_by_one(Thread thread, int first_slot, int slots,
                                        GST_GPU_SHARED float* partial,
                                        GST_GPU_SHARED Moments* moments, GST_GPU_OWN Finish& finish,
                                        GST_GPU_OWN Companion& companion) const {
    begin(thread, finish, companion);
    for (int tile = 0; tile < row_tiles; ++tile) {
      if (slots == 1) {
        multiply_slots<1>(thread, tile, first_slot, 0, slots, partial, moments);
        continue;
      }
      for (int slot = 0; slot < slots; slot += 4)
        multiply_slots<4>(thread, tile, first_slot, slot, slots, partial, moments);
    }
  }

  /// Some slots from `slot` on.
  template <int Together>
  GST_GPU_CODE void multiply_slots(Thread thread, int tile, int first_slot, int slot, int slots,
                                   GST_GPU_SHARED float* partial,
                                   GST_GPU_SHARED Moments* moments) const {
    constexpr int numbers = quad_size<Weight>;
    const int stride = thread.count() * numbers;
    float sum[rows_of_tile][Together] = {};
    Moments lanes[Together] = {};
    for (int k = thread.index() * numbers; k < arguments.depth; k += stride) {
      Quad weights[rows_of_tile];
      GST_GPU_UNROLL
      for (int r = 0; r < rows_of_tile; ++r) {
        int row = row_of(thread.block_x(), tile * rows_of_tile + r);
        if (row < 0) row = 0;  // of no matter to anybody
        weights[r] = load_quad(arguments.weight +
                               static_cast<int64_t>(row) * row_stride<Weight>(arguments.depth) + k);
      }
      GST_GPU_UNROLL
      for (int piece = 0; piece < pieces; ++piece) {
        const int at = k + piece * quad_size<T>;
        float inputs[Together][quad_size<T>] = {};
        GST_GPU_UNROLL
        for (int s = 0; s < Together; ++s)
          if (slot + s < slots && at < arguments.depth)
            read_input(first_slot + slot + s, at, inputs[s], lanes[s]);
        GST_GPU_UNROLL
        for (int r = 0; r < rows_of_tile; ++r) {
          GST_GPU_UNROLL
          for (int i = 0; i < quad_size<T>; ++i) {
            const float weight = number_of<Weight>(weights[r], piece * quad_size<T> + i);
            GST_GPU_UNROLL
            for (int s = 0; s < Together; ++s)
              sum[r][s] += weight * inputs[s][i];
          }
        }
      }
    }
    GST_GPU_UNROLL
    for (int s = 0; s < Together; ++s) {
      const int place = thread.warp() * Slots + slot + s;
      const bool writes = thread.lane() == 0 && slot + s < slots;
      GST_GPU_UNROLL
      for (int r = 0; r < rows_of_tile; ++r) {
        const float value = sum_of_warp(thread, sum[r][s]);
        if (writes) partial[place * partial_stride + tile * rows_of_tile + r] = value;
      }
      if constexpr (Norm) {
        const Moments total = {sum_of_warp(thread, lanes[s].sum),
                               sum_of_warp(thread, lanes[s].squares)};
        if (writes) moments[place] = total;
      }
    }
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
