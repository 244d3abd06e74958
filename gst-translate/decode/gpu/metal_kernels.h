// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/metal_list.h"

// The whole of what Metal's compiler is given: this file and what it includes, as one text, which
// make-metal-source.py makes.

namespace gst_translate::gpu {

// clang-format off
#define GST_METAL_KERNEL(NAME, SHARED_BYTES, ...)                                             \
  kernel void NAME(                                                                           \
      device char* b0 [[buffer(0)]], device char* b1 [[buffer(1)]],                           \
      device char* b2 [[buffer(2)]], device char* b3 [[buffer(3)]],                           \
      device char* b4 [[buffer(4)]], device char* b5 [[buffer(5)]],                           \
      device char* b6 [[buffer(6)]], device char* b7 [[buffer(7)]],                           \
      device char* b8 [[buffer(8)]], device char* b9 [[buffer(9)]],                           \
      device char* b10 [[buffer(10)]], device char* b11 [[buffer(11)]],                       \
      device char* b12 [[buffer(12)]], device char* b13 [[buffer(13)]],                       \
      device char* b14 [[buffer(14)]], device char* b15 [[buffer(15)]],                       \
      device const char* h0 [[buffer(16)]], device const char* h1 [[buffer(17)]],             \
      constant int* numbers [[buffer(18)]],                                                   \
      uint2 block [[threadgroup_position_in_grid]],                                           \
      uint2 blocks [[threadgroups_per_grid]],                                                 \
      uint index [[thread_index_in_threadgroup]],                                             \
      uint2 count [[threads_per_threadgroup]]) {                                              \
    threadgroup Quad shared[(SHARED_BYTES + 15) / 16];                                        \
    BoundFields<constant int*> fields = {                                                     \
        {b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15}, {h0, h1},     \
        numbers};                                                                             \
    __VA_ARGS__ found;                                                                        \
    visit(found.arguments, fields);                                                           \
    found.run(Thread(block, blocks, index, count),                                            \
              reinterpret_cast<threadgroup char*>(shared));                                   \
  }
// clang-format on

GST_METAL_KERNELS

}  // namespace gst_translate::gpu
