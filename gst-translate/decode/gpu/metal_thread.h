// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/numbers.h"

namespace gst_translate::gpu {

/// See thread.h. A kernel sees what those before it have written: Metal runs one after the other.
/// Nothing here multiplies tiles, and there are no clusters.
class Thread {
 public:
  Thread(uint2 block, uint2 blocks, uint index, uint2 count)
      : block_(block), blocks_(blocks.x), index_(index), count_(count.x) {}

  int block_x() const { return static_cast<int>(block_.x); }
  int block_y() const { return static_cast<int>(block_.y); }
  int blocks() const { return static_cast<int>(blocks_); }
  int index() const { return static_cast<int>(index_); }
  int count() const { return static_cast<int>(count_); }
  int lane() const { return index() & 31; }
  int warp() const { return index() >> 5; }
  void barrier() const {
    metal::threadgroup_barrier(metal::mem_flags::mem_device | metal::mem_flags::mem_threadgroup);
  }
  void meet() const { metal::simdgroup_barrier(metal::mem_flags::mem_threadgroup); }

  float shuffle(float value, int mask) const {
    return metal::simd_shuffle_xor(value, static_cast<ushort>(mask));
  }
  int32_t shuffle(int32_t value, int mask) const {
    return metal::simd_shuffle_xor(value, static_cast<ushort>(mask));
  }
  float shuffle_from(float value, int lane) const {
    return metal::simd_shuffle(value, static_cast<ushort>(lane));
  }

  uint32_t ballot(bool value) const {
    int32_t bits = static_cast<int32_t>((value ? 1U : 0U) << lane());
    for (int mask = 16; mask > 0; mask /= 2)
      bits |= shuffle(bits, mask);
    return static_cast<uint32_t>(bits);
  }

  template <typename T>
  Quad load_once(GST_GPU_GLOBAL const T* from) const {
    return load_quad(from);
  }

  void let_next_begin() const {}
  void wait_for_previous() const {}
  /// The host looks only once a pass is over.
  void publish() const {}

  // Not for kernels that are without tiles; a compiler looks for their names all the same.
  template <typename T>
  void multiply(GST_GPU_OWN float (&sum)[4], GST_GPU_OWN const uint32_t (&a)[4],
                GST_GPU_OWN const uint32_t (&b)[2]) const;
  void copy_ahead(GST_GPU_SHARED Quad* shared, GST_GPU_GLOBAL const void* from) const;
  void wait_for_copies() const;
  void end_group() const;
  template <int Later>
  void wait_for_groups() const;

 private:
  uint2 block_;
  uint blocks_, index_, count_;
};

}  // namespace gst_translate::gpu
