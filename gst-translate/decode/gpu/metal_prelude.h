// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <metal_stdlib>

// What numbers.h says of a compiler, for Metal's, and what the kernels have of C's library
// elsewhere.

#define GST_GPU_CODE inline
#define GST_GPU_BOTH inline
#define GST_GPU_UNROLL _Pragma("clang loop unroll(full)")
#define GST_GPU_GLOBAL device
#define GST_GPU_SHARED threadgroup
#define GST_GPU_OWN thread

namespace gst_translate::gpu {

inline float expf(float value) {
  return metal::exp(value);
}

inline float logf(float value) {
  return metal::log(value);
}

inline float rsqrtf(float value) {
  return metal::rsqrt(value);
}

inline float sqrtf(float value) {
  return metal::sqrt(value);
}

inline int lowest_bit(uint32_t bits) {
  return static_cast<int>(metal::ctz(bits));
}

template <typename To, typename From>
inline To bits_as(From from) {
  return as_type<To>(from);
}

inline float float_of_half(uint16_t bits) {
  return static_cast<float>(as_type<half>(bits));
}

inline uint16_t half_of_float(float value) {
  return as_type<uint16_t>(static_cast<half>(value));
}

}  // namespace gst_translate::gpu
