// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/rescore.h"

// The best tokens of a slot from half of the bytes, and yet exactly. The matrix of the head is most
// of what a step reads; so it is read in int8, where each score is known to within a bound
// (Cauchy-Schwarz over what rounding took from the weights and from the input), and only tokens
// that may be among the best by their bounds are scored with their weights as they were stored.
// What is chosen is what the stored matrix would have chosen.
//
// The input is held in 15 bits, as two bytes a number: with 8 slots they are the upper and the
// lower half of one factor of the tensor cores, so that the second byte costs nothing.

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

constexpr int screen_depth_of_step = 64;  ///< that a warp multiplies at a time
constexpr float largest_input = 32512;    ///< what the largest number of an input becomes

/// How far a score may be from that of the stored weights, times the length of the input: `lost`,
/// the length of what rounding took from the row's weights; `length`, that of the rounded row. A
/// number of the input is rounded by at most half of a step, which is at most its length divided by
/// `largest_input`. The rest is for sums in float32.
template <typename Number>
Number screen_error(const Number& lost, const Number& length, int depth) {
  constexpr float sums = 1e-5F;
  const float input = std::sqrt(static_cast<float>(depth)) / (2 * largest_input);
  return 1.0001F * (lost + (input + sums) * length);
}

/// The matrix of the head in int8.
struct ScreenView {
  const int8_t* weight = nullptr;   ///< [vocabulary, `row_stride`]; none: no screen
  const ScreenRow* rows = nullptr;  ///< [vocabulary]
  const float* scale = nullptr;     ///< [vocabulary], that of `rows` once more, without tiles
};

template <typename T>
struct ScreenArguments {
  ScreenView matrix;
  int vocabulary = 0, depth = 0;
  int slots = 0;
  const float* residual = nullptr;  ///< [slots, depth]
  NormArguments<T> norm;
  T* normalised = nullptr;      ///< [slots, depth]
  ScreenTile* tiles = nullptr;  ///< [slots, `tiles_of_slot`]
  float* floors = nullptr;      ///< [slots, blocks]: some token of the block scores at least this
};

/// What all tiles score to within their bounds. As `Head`: each block takes a part of the
/// vocabulary, each thread has some of its weights on their way while it multiplies others. Grid:
/// as many blocks as run at once, slots / `Slots`.
template <typename T, int Slots>
struct Screen {
  ScreenArguments<T> arguments;

  static constexpr int parts = Slots / 8;  // of the slots, that are multiplied at a time
  // With many slots, more rows of the matrix share what is read of them.
  static constexpr int row_tiles = parts > 1 ? 2 : 1;
  static constexpr int rows_of_warp = row_tiles * rows_of_tile;
  static constexpr int padding = quad_size<T>;  // of a slot's row, so that lanes meet no bank twice
  static constexpr int most_threads = 512, blocks_together = 1;
  static constexpr int quads_of_load = 4;  // of a thread, that are fetched together
  static constexpr int steps_of_load = quads_of_load / row_tiles;
  static constexpr int loads = 4;  // for which there is room

  static size_t shared_bytes(int threads, int depth) {
    const auto ring = static_cast<size_t>(threads * quads_of_load * loads) * sizeof(Quad);
    const auto floors = static_cast<size_t>(Slots * (threads / 32)) * sizeof(float);
    return ring + static_cast<size_t>(Slots * stride_of(depth)) * sizeof(T) +
           2 * Slots * sizeof(float) + floors + RowNorm<T>::shared_bytes(depth);
  }
  /// As many as there is shared memory for; 0: there is not enough.
  static int threads(int depth, size_t shared_limit) {
    int threads = most_threads;
    while (threads >= 64 && shared_bytes(threads, depth) > shared_limit)
      threads /= 2;
    return threads >= 64 ? threads : 0;
  }

  GST_GPU_CODE void run(Thread thread, char* shared) const {
    const ScreenArguments<T>& a = arguments;
    auto* ring = reinterpret_cast<Quad*>(shared);
    T* inputs = reinterpret_cast<T*>(ring + thread.count() * quads_of_load * loads);
    const int stride = stride_of(a.depth);
    const int warps = thread.count() / 32;
    auto* input_scales = reinterpret_cast<float*>(inputs + Slots * stride);
    float* lengths = input_scales + Slots;
    float* floors = lengths + Slots;
    const int first_slot = thread.block_y() * Slots;
    thread.let_next_begin();
    Place ahead(thread, steps_of(a.depth));
    for (int load = 0; load < loads - 1; ++load)
      begin_load(thread, load, ahead, ring);
    const RowNorm<T> norm(thread, a.norm, a.depth, reinterpret_cast<T*>(floors + Slots * warps));
    thread.barrier();
    thread.wait_for_previous();
    for (int slot = thread.warp(); slot < Slots; slot += warps) {
      const bool is_there = first_slot + slot < a.slots;
      T* row = inputs + slot * stride;
      if (is_there) {
        norm.apply(thread, a.residual + static_cast<int64_t>(first_slot + slot) * a.depth, row,
                   stride - padding);
      } else {
        for (int k = thread.lane() * quad_size<T>; k < stride; k += 32 * quad_size<T>)
          store_quad(row + k, zero_quad());
      }
      thread.meet();
      const Input input = to_bytes(thread, row, is_there ? first_slot + slot : -1);
      if (thread.lane() == 0) {
        input_scales[slot] = input.scale;
        lengths[slot] = input.length;
      }
    }
    thread.barrier();
    multiply(thread, first_slot, inputs, input_scales, lengths, ahead, ring, floors);
    thread.barrier();
    for (int slot = thread.index(); slot < Slots && first_slot + slot < a.slots;
         slot += thread.count()) {
      float best = -INFINITY;
      for (int warp = 0; warp < warps; ++warp) {
        const float floor = floors[slot * warps + warp];
        best = floor > best ? floor : best;
      }
      a.floors[static_cast<int64_t>(first_slot + slot) * thread.blocks() + thread.block_x()] = best;
    }
  }

 private:
  struct Input {
    float scale, length;
  };

  /// Where a warp is: in which tile, at which step. Tiles that are left over for some warps are
  /// those of different blocks.
  struct Place {
    GST_GPU_CODE Place(Thread thread, int all_steps)
        : tile(thread.warp() * thread.blocks() + thread.block_x()),
          tiles(thread.blocks() * (thread.count() / 32)),
          steps(all_steps) {}

    GST_GPU_CODE bool ends_tile() const { return step + steps_of_load >= steps; }
    /// To what is loaded next.
    GST_GPU_CODE void advance() {
      tile += ends_tile() ? tiles : 0;
      step = ends_tile() ? 0 : step + steps_of_load;
    }

    int tile, step = 0;
    int tiles, steps;  // from one of the warp's to its next; of each
  };

  static constexpr GST_GPU_BOTH int steps_of(int depth) {
    return (depth + screen_depth_of_step - 1) / screen_depth_of_step;
  }
  static constexpr GST_GPU_BOTH int stride_of(int depth) {
    return steps_of(depth) * screen_depth_of_step + padding;
  }

  /// By a warp: a normalised row becomes bytes where it lies, of each 16 numbers as the tensor
  /// cores take them: four upper bytes, the lower ones of the same four, and so on. `slot`: where
  /// the row is left for others; -1: nowhere.
  GST_GPU_CODE Input to_bytes(Thread thread, T* row, int slot) const {
    const ScreenArguments<T>& a = arguments;
    constexpr int numbers = 2 * quad_size<T>;
    const int padded = stride_of(a.depth) - padding;
    const bool leave = slot >= 0 && thread.block_x() == 0;
    float most = 0, squares = 0;
    for (int k = thread.lane() * numbers; k < padded; k += 32 * numbers) {
      GST_GPU_UNROLL
      for (int half = 0; half < 2; ++half) {
        const int at = k + half * quad_size<T>;
        const Quad quad = load_quad(row + at);
        if (leave && at < a.depth)
          store_quad(a.normalised + static_cast<int64_t>(slot) * a.depth + at, quad);
        float values[quad_size<T>];
        unpack<T>(quad, values);
        GST_GPU_UNROLL
        for (int i = 0; i < quad_size<T>; ++i) {
          const float size = values[i] < 0 ? -values[i] : values[i];
          most = size > most ? size : most;
          squares += size * size;
        }
      }
    }
    GST_GPU_UNROLL
    for (int mask = 16; mask > 0; mask /= 2) {
      const float other = thread.shuffle(most, mask);
      most = other > most ? other : most;
      squares += thread.shuffle(squares, mask);
    }
    Input input;
    input.length = sqrtf(squares);
    // Where something is no number, all scores are none.
    input.scale = most / largest_input + (input.length - input.length);
    const float inverse = input.scale > 0 ? 1 / input.scale : 0;
    for (int k = thread.lane() * numbers; k < padded; k += 32 * numbers) {
      Quad upper = zero_quad(), lower = zero_quad();
      GST_GPU_UNROLL
      for (int half = 0; half < 2; ++half) {
        float values[quad_size<T>];
        unpack<T>(load_quad(row + k + half * quad_size<T>), values);
        GST_GPU_UNROLL
        for (int i = 0; i < quad_size<T>; ++i) {
          const int number = inverse > 0 ? static_cast<int>(rintf(values[i] * inverse)) : 0;
          const int high = (number + 128) >> 8;
          const int byte = half * quad_size<T> + i;
          upper.word[byte / 4] |= static_cast<uint32_t>(high & 0xff) << byte % 4 * 8;
          lower.word[byte / 4] |= static_cast<uint32_t>((number - 256 * high) & 0xff)
                                  << byte % 4 * 8;
        }
      }
      store_quad(row + k, {{upper.word[0], lower.word[0], upper.word[1], lower.word[1]}});
      store_quad(row + k + quad_size<T>,
                 {{upper.word[2], lower.word[2], upper.word[3], lower.word[3]}});
    }
    return input;
  }

  GST_GPU_CODE int all_tiles() const {
    return (arguments.vocabulary + rows_of_warp - 1) / rows_of_warp;
  }

  /// A group of copies, an empty one behind the last tile; on to the next. `load`: their number.
  GST_GPU_CODE void begin_load(Thread thread, int load, Place& place, Quad* ring) const {
    const ScreenArguments<T>& a = arguments;
    const int depth = row_stride<int8_t>(a.depth);
    if (place.tile < all_tiles()) {
      Quad* to = ring + load % loads * quads_of_load * thread.count() + thread.index();
      GST_GPU_UNROLL
      for (int r = 0; r < row_tiles; ++r) {
        const int token = place.tile * rows_of_warp + r * rows_of_tile + thread.lane() / 4;
        const int8_t* row =
            a.matrix.weight +
            static_cast<int64_t>(token < a.vocabulary ? token : a.vocabulary - 1) * depth;
        GST_GPU_UNROLL
        for (int i = 0; i < steps_of_load; ++i) {
          const int k = (place.step + i) * screen_depth_of_step + thread.lane() % 4 * 16;
          Quad* quad = to + (i * row_tiles + r) * thread.count();
          if (k < depth)
            thread.copy_ahead(quad, row + k);
          else
            *quad = zero_quad();
        }
      }
    }
    thread.end_group();
    place.advance();
  }

  /// `ahead`: what is to be loaded next.
  GST_GPU_CODE void multiply(Thread thread, int first_slot, const T* inputs,
                             const float* input_scales, const float* lengths, Place ahead,
                             Quad* ring, float* floors) const {
    const int stride = stride_of(arguments.depth);
    const T* mine = inputs + thread.lane() / 4 * stride + thread.lane() % 4 * 16;
    int32_t sum[row_tiles][parts][4] = {};
    ScreenRow rows[row_tiles][2];
    float floor[parts];
    GST_GPU_UNROLL
    for (int part = 0; part < parts; ++part)
      floor[part] = -INFINITY;
    Place place(thread, steps_of(arguments.depth));
    for (int load = 0; place.tile < all_tiles(); ++load, place.advance()) {
      begin_load(thread, load + loads - 1, ahead, ring);
      if (place.step == 0) fetch_rows(thread, place.tile, rows);
      thread.template wait_for_groups<loads - 1>();
      const Quad* weights = ring + load % loads * quads_of_load * thread.count() + thread.index();
      GST_GPU_UNROLL
      for (int i = 0; i < steps_of_load; ++i) {
        if (place.step + i >= place.steps) break;
        Quad of_rows[row_tiles];
        GST_GPU_UNROLL
        for (int r = 0; r < row_tiles; ++r)
          of_rows[r] = weights[(i * row_tiles + r) * thread.count()];
        GST_GPU_UNROLL
        for (int part = 0; part < parts; ++part) {
          const T* at = mine + part * 8 * stride + (place.step + i) * screen_depth_of_step;
          const Quad first = load_quad(at), second = load_quad(at + quad_size<T>);
          GST_GPU_UNROLL
          for (int r = 0; r < row_tiles; ++r) {
            thread.multiply_bytes(sum[r][part], first.word,
                                  {of_rows[r].word[0], of_rows[r].word[1]});
            thread.multiply_bytes(sum[r][part], second.word,
                                  {of_rows[r].word[2], of_rows[r].word[3]});
          }
        }
      }
      if (place.ends_tile())
        store(thread, place.tile, first_slot, input_scales, lengths, rows, sum, floor);
    }
    GST_GPU_UNROLL
    for (int part = 0; part < parts; ++part) {
      floor[part] = most_of_group(thread, floor[part]);
      if (thread.lane() % 4 == 0)
        floors[(part * 8 + thread.lane() / 4) * (thread.count() / 32) + thread.warp()] =
            floor[part];
    }
  }

  /// The token that a lane has as its `i`th of a tile.
  GST_GPU_CODE static int token_of(Thread thread, int tile, int r, int i) {
    return tile * rows_of_warp + r * rows_of_tile + thread.lane() % 4 * 2 + i;
  }

  /// Those of a lane's tokens, as long before they are needed as there is room for them.
  GST_GPU_CODE void fetch_rows(Thread thread, int tile, ScreenRow (&rows)[row_tiles][2]) const {
    GST_GPU_UNROLL
    for (int r = 0; r < row_tiles; ++r) {
      GST_GPU_UNROLL
      for (int i = 0; i < 2; ++i) {
        const int token = token_of(thread, tile, r, i);
        rows[r][i] =
            arguments.matrix.rows[token < arguments.vocabulary ? token : arguments.vocabulary - 1];
      }
    }
  }

  /// Of the four lanes that have tokens of one slot.
  GST_GPU_CODE static float most_of_group(Thread thread, float value) {
    GST_GPU_UNROLL
    for (int mask = 1; mask < 4; mask *= 2) {
      const float other = thread.shuffle(value, mask);
      value = other > value ? other : value;
    }
    return value;
  }

  /// What a tile comes to; `sum` begins anew. A lane of each group writes that of one part.
  GST_GPU_CODE void store(Thread thread, int tile, int first_slot, const float* input_scales,
                          const float* lengths, const ScreenRow (&rows)[row_tiles][2],
                          int32_t (&sum)[row_tiles][parts][4], float (&floor)[parts]) const {
    const ScreenArguments<T>& a = arguments;
    ScreenTile mine[row_tiles];
    GST_GPU_UNROLL
    for (int part = 0; part < parts; ++part) {
      const int slot = part * 8 + thread.lane() / 4;
      GST_GPU_UNROLL
      for (int r = 0; r < row_tiles; ++r) {
        float scores[2], most = -INFINITY;
        GST_GPU_UNROLL
        for (int i = 0; i < 2; ++i) {
          const float score = (static_cast<float>(sum[r][part][i]) * 256 +
                               static_cast<float>(sum[r][part][2 + i])) *
                              input_scales[slot] * rows[r][i].scale;
          const float bound = rows[r][i].error * lengths[slot];
          scores[i] = token_of(thread, tile, r, i) < a.vocabulary ? score : -INFINITY;
          most = scores[i] + bound > most ? scores[i] + bound : most;
          floor[part] = scores[i] - bound > floor[part] ? scores[i] - bound : floor[part];
          sum[r][part][i] = sum[r][part][2 + i] = 0;
        }
        most = most_of_group(thread, most);
        const float largest = most_of_group(thread, scores[0] > scores[1] ? scores[0] : scores[1]);
        float all = expf(scores[0] - largest) + expf(scores[1] - largest);
        GST_GPU_UNROLL
        for (int mask = 1; mask < 4; mask *= 2)
          all += thread.shuffle(all, mask);
        if (thread.lane() % 4 == part) mine[r] = {most, largest + logf(all)};
      }
    }
    const int slot = first_slot + thread.lane() % 4 * 8 + thread.lane() / 4;
    if (thread.lane() % 4 >= parts || slot >= a.slots) return;
    ScreenTile* to = a.tiles + static_cast<int64_t>(slot) * tiles_of_slot(a.vocabulary) +
                     static_cast<int64_t>(tile) * row_tiles;
    GST_GPU_UNROLL
    for (int r = 0; r < row_tiles; ++r)
      to[r] = mine[r];
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
