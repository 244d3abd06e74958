// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "gst-translate/decode/gpu/grid.h"
#include "gst-translate/decode/gpu/numbers.h"

// Kernels count in int, the sizes of arrays too, which gcc warns of in templates.
#pragma GCC diagnostic ignored "-Wsign-conversion"

namespace gst_translate::gpu {

class EmulatedBlock;

/// See thread.h: a fiber of emulated blocks.
class Thread {
 public:
  Thread(EmulatedBlock& block, int fiber, int index)
      : block_(block), fiber_(fiber), index_(index) {}

  int block_x() const;
  int block_y() const;
  int blocks() const;
  int index() const { return index_; }
  int count() const;
  int lane() const { return index_ & 31; }
  int warp() const { return index_ >> 5; }
  void barrier() const;
  void meet() const { exchange({}); }
  void cluster_barrier() const;

  float shuffle(float value, int mask) const {
    return bits_as<float>(
        exchange({{bits_as<uint32_t>(value)}})[static_cast<size_t>(lane() ^ mask)].word[0]);
  }
  int32_t shuffle(int32_t value, int mask) const {
    return bits_as<int32_t>(
        exchange({{bits_as<uint32_t>(value)}})[static_cast<size_t>(lane() ^ mask)].word[0]);
  }

  float shuffle_from(float value, int lane) const {
    return bits_as<float>(
        exchange({{bits_as<uint32_t>(value)}})[static_cast<size_t>(lane)].word[0]);
  }

  template <typename T>
  void multiply(float (&sum)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) const {
    const auto& lanes = exchange({{a[0], a[1], a[2], a[3], b[0], b[1]}});
    for (int i = 0; i < 4; ++i) {
      const int row = lane() / 4 + 8 * (i / 2), column = lane() % 4 * 2 + i % 2;
      for (int k = 0; k < 16; ++k) {
        const auto& of_a =
            lanes.at(4 * static_cast<size_t>(row % 8) + static_cast<size_t>(k % 8 / 2));
        const auto& of_b =
            lanes.at(4 * static_cast<size_t>(column) + static_cast<size_t>(k % 8 / 2));
        sum[i] += number<T>(of_a.word[row / 8 + k / 8 * 2], k) * number<T>(of_b.word[4 + k / 8], k);
      }
    }
  }

  void multiply_bytes(int32_t (&sum)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) const {
    const auto& lanes = exchange({{a[0], a[1], a[2], a[3], b[0], b[1]}});
    const auto byte = [](uint32_t word, int which) {
      return static_cast<int32_t>(static_cast<int8_t>(word >> (8 * which)));
    };
    for (int i = 0; i < 4; ++i) {
      const int row = lane() / 4 + 8 * (i / 2), column = lane() % 4 * 2 + i % 2;
      for (int k = 0; k < 32; ++k) {
        const auto& of_a =
            lanes.at(4 * static_cast<size_t>(row % 8) + static_cast<size_t>(k % 16 / 4));
        const auto& of_b =
            lanes.at(4 * static_cast<size_t>(column) + static_cast<size_t>(k % 16 / 4));
        sum[i] += byte(of_a.word[row / 8 + k / 16 * 2], k % 4) * byte(of_b.word[4 + k / 16], k % 4);
      }
    }
  }

  uint32_t ballot(bool value) const {
    const auto& lanes = exchange({{value ? 1U : 0U}});
    uint32_t bits = 0;
    for (size_t i = 0; i < lanes.size(); ++i)
      bits |= lanes.at(i).word[0] << i;
    return bits;
  }

  template <typename T>
  Quad load_once(const T* from) const {
    return load_quad(from);
  }

  void copy_ahead(Quad* shared, const void* from) const {
    *shared = *static_cast<const Quad*>(from);
  }
  void wait_for_copies() const {}
  void end_group() const {}
  template <int Later>
  void wait_for_groups() const {}
  void let_next_begin() const {}
  void wait_for_previous() const {}
  void publish() const {}

 private:
  /// What a lane shows the others of its warp.
  struct Shown {
    uint32_t word[6];
  };
  friend class EmulatedBlock;

  template <typename T>
  static float number(uint32_t pair, int which) {
    return to_float(T{static_cast<uint16_t>(which % 2 == 0 ? pair : pair >> 16)});
  }

  /// What all lanes of the warp show, once all have come here.
  const std::array<Shown, 32>& exchange(const Shown& shown) const;

  EmulatedBlock& block_;
  int fiber_, index_;
};

/// Which thread of a block runs first wherever it is free to: what is right runs right both ways.
enum class Order { Ascending, Descending };

/// Runs `kernel` for all threads of the block (x, y) of a grid, or of the cluster that begins with
/// it. Shared memory is full of what is no
/// number. Throws std::logic_error where threads of a block or lanes of a warp do not meet.
void emulate_block(const Grid& grid, int x, int y, Order order,
                   const std::function<void(const Thread&, char*)>& kernel);

template <typename Kernel>
void emulate(const Kernel& kernel, const Grid& grid, Order order = Order::Ascending) {
  for (int y = 0; y < grid.y; ++y)
    for (int x = 0; x < grid.x; x += grid.cluster)
      emulate_block(grid, x, y, order,
                    [&](const Thread& thread, char* shared) { kernel.run(thread, shared); });
}

}  // namespace gst_translate::gpu
