// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/thread.h"

// Places in a block's shared memory and registers are counted in int, as devices do it best.
// NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result)

namespace gst_translate::gpu {

/// What the host says of a slot of a pass.
struct SlotInput {
  int32_t token = 0;
  int32_t position = -1;    ///< of the token in its text; -1: nothing is in this slot
  int32_t own = 0;          ///< the first position of the text that this pass computes
  int32_t parent = 0;       ///< the slot of the last pass that the positions before that are of
  int32_t cross_first = 0;  ///< row of the memory where its sentence begins
  int32_t cross_count = 0;  ///< tokens of its sentence
};

/// What the kernels of a pass know of its slots, on the device.
struct SlotState {
  GST_GPU_GLOBAL int32_t* destination =
      nullptr;                              ///< [slots], the row of the cache of this slot's token
  GST_GPU_GLOBAL int32_t* count = nullptr;  ///< [slots], tokens that it attends to
  GST_GPU_GLOBAL int32_t* made = nullptr;   ///< [slots], how many of them this pass makes
  GST_GPU_GLOBAL int32_t* cross_first = nullptr;
  GST_GPU_GLOBAL int32_t* cross_count = nullptr;
  GST_GPU_GLOBAL uint16_t* writer = nullptr;  ///< [slots, capacity]: which slot wrote a position
  GST_GPU_GLOBAL uint16_t* kept =
      nullptr;  ///< [2, slots, capacity]: the same, of this pass and the last
};

template <typename T>
struct EmbeddingArguments {
  GST_GPU_GLOBAL const T* table = nullptr;          ///< [vocabulary, width]
  GST_GPU_GLOBAL const float* positions = nullptr;  ///< [.., width], from position 0 on
  int width = 0;
  float scale = 1;
  int32_t padding = -1;                             ///< the token that has no position
  GST_GPU_GLOBAL const SlotInput* input = nullptr;  ///< [slots], the host's memory
  GST_GPU_GLOBAL const int32_t* pass = nullptr;  ///< the host's memory: a number that grows by one
  int cache_slots = 0, capacity = 0;
  SlotState state;
  GST_GPU_GLOBAL float* residual = nullptr;  ///< [slots, width]
};

/// Begins a pass: the embeddings of the slots, and what follows from the host's words on them. The
/// slots of one text lie together, in the order of its positions. Grid: slots.
template <typename T>
struct Embedding {
  EmbeddingArguments<T> arguments;

  static constexpr int threads = 256, most_threads = threads, blocks_together = 1;

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* /*shared*/) const {
    GST_GPU_OWN const EmbeddingArguments<T>& a = arguments;
    thread.wait_for_previous();
    const int slot = thread.block_x();
    const SlotInput input = a.input[slot];
    const bool is_there = input.position >= 0;
    if (is_there)
      write_state(thread, slot, input);
    else
      leave_empty(thread, slot);
    // What begins from here on may read it without a wait.
    thread.publish();
    thread.barrier();
    thread.let_next_begin();
    const int64_t first = static_cast<int64_t>(slot) * a.width;
    const int token = is_there ? input.token : 0, place = is_there ? input.position : 0;
    GST_GPU_GLOBAL const T* row = a.table + static_cast<int64_t>(token) * a.width;
    GST_GPU_GLOBAL const float* position = a.positions + static_cast<int64_t>(place) * a.width;
    const float scale = is_there ? a.scale : 0.0F;
    const float share = is_there && token != a.padding ? 1.0F : 0.0F;
    for (int i = thread.index(); i < a.width; i += thread.count())
      a.residual[first + i] = to_float(row[i]) * scale + share * position[i];
  }

 private:
  GST_GPU_CODE void write_state(Thread thread, int slot, GST_GPU_OWN const SlotInput& input) const {
    GST_GPU_OWN const EmbeddingArguments<T>& a = arguments;
    if (a.state.writer != nullptr) {
      const int half = *a.pass & 1;
      const int64_t size = static_cast<int64_t>(a.cache_slots) * a.capacity;
      GST_GPU_GLOBAL const uint16_t* old =
          a.state.kept + (1 - half) * size + static_cast<int64_t>(input.parent) * a.capacity;
      const int64_t mine = static_cast<int64_t>(slot) * a.capacity;
      GST_GPU_GLOBAL uint16_t* now = a.state.kept + half * size + mine;
      for (int t = thread.index(); t <= input.position; t += thread.count()) {
        now[t] = t < input.own ? old[t] : static_cast<uint16_t>(slot - (input.position - t));
        a.state.writer[mine + t] = now[t];
      }
      if (thread.index() == 0) {
        a.state.destination[slot] = input.position * a.cache_slots + slot;
        a.state.count[slot] = input.position + 1;
        a.state.made[slot] = input.position + 1 - input.own;
        a.state.cross_first[slot] = input.cross_first;
        a.state.cross_count[slot] = input.cross_count;
      }
    } else if (thread.index() == 0) {  // the encoder's: each token sees its whole sentence
      a.state.destination[slot] = slot;
      a.state.cross_first[slot] = input.cross_first;
      a.state.cross_count[slot] = input.cross_count;
    }
  }

  /// It attends to nothing, and writes behind the last position.
  GST_GPU_CODE void leave_empty(Thread thread, int slot) const {
    GST_GPU_OWN const EmbeddingArguments<T>& a = arguments;
    if (thread.index() != 0) return;
    a.state.destination[slot] = a.capacity * a.cache_slots + slot;
    if (a.state.count != nullptr) a.state.count[slot] = a.state.made[slot] = 0;
    a.state.cross_first[slot] = a.state.cross_count[slot] = 0;
  }
};

}  // namespace gst_translate::gpu

// NOLINTEND(bugprone-implicit-widening-of-multiplication-result)
