// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#if !defined(__METAL_VERSION__)
#include <cmath>
#include <cstdint>
#include <cstring>
#endif

// What a compiler wants to be told of kernels:
//
// - GST_GPU_CODE: a function of theirs. GST_GPU_BOTH: one that the host calls, too.
// - GST_GPU_GLOBAL, GST_GPU_SHARED, GST_GPU_OWN: where that lies to which a pointer or a reference
//   points: in the memory of the device, in that of a block, in a thread's own. Metal has no
//   pointer that does not say so, and converts none to another; elsewhere nobody asks. `this` is a
//   thread's own. What kernels read of another memory they copy as a value, so a `Thread` and
//   numbers are passed as values.
// - GST_GPU_UNROLL: a loop whose turns are known.
#if defined(__METAL_VERSION__)
#include "gst-translate/decode/gpu/metal_prelude.h"
#elif defined(__CUDACC__)
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#define GST_GPU_CODE __device__ __forceinline__
#define GST_GPU_BOTH __host__ __device__ __forceinline__
#define GST_GPU_UNROLL _Pragma("unroll")
#else
#define GST_GPU_CODE inline
#define GST_GPU_BOTH inline
#define GST_GPU_UNROLL
#endif
#if !defined(__METAL_VERSION__)
#define GST_GPU_GLOBAL
#define GST_GPU_SHARED
#define GST_GPU_OWN
#endif

// Numbers as kernels hold them, for every compiler that compiles kernels: see thread.h.

namespace gst_translate::gpu {

#if !defined(__METAL_VERSION__)

/// The number of the lowest bit of those that are set; there is one.
GST_GPU_CODE int lowest_bit(uint32_t bits) {
#if defined(__CUDACC__)
  return __ffs(static_cast<int>(bits)) - 1;
#else
  return __builtin_ctz(bits);
#endif
}

template <typename To, typename From>
GST_GPU_CODE To bits_as(From from) {
  static_assert(sizeof(To) == sizeof(From), "bits do not change their number");
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}

#endif

/// 16 bytes that are read or written at once.
struct alignas(16) Quad {
  uint32_t word[4];
};

struct Bfloat16 {
  uint16_t bits;
};

struct Float16 {
  uint16_t bits;
};

/// The same numbers on a device whose warps multiply no tiles, or not by instructions that we know.
template <typename T>
struct Untiled {
  uint16_t bits;
};

/// Whether tiles of such numbers are multiplied by a warp, as `Thread::multiply` does.
template <typename T>
struct HasTiles {
  static constexpr bool value = sizeof(T) == 2;
};
template <typename T>
struct HasTiles<Untiled<T>> {
  static constexpr bool value = false;
};

GST_GPU_CODE float to_float(float value) {
  return value;
}

GST_GPU_CODE float to_float(Bfloat16 value) {
  return bits_as<float>(static_cast<uint32_t>(value.bits) << 16);
}

/// To the nearest, ties to even, as all below.
template <typename T>
GST_GPU_CODE T from_float(float value);

template <>
GST_GPU_CODE float from_float<float>(float value) {
  return value;
}

#if defined(__CUDACC__)

template <>
GST_GPU_CODE Bfloat16 from_float<Bfloat16>(float value) {
  return {bits_as<uint16_t>(__float2bfloat16_rn(value))};
}

GST_GPU_CODE float to_float(Float16 value) {
  return __half2float(bits_as<__half>(value.bits));
}

template <>
GST_GPU_CODE Float16 from_float<Float16>(float value) {
  return {bits_as<uint16_t>(__float2half_rn(value))};
}

#else

template <>
inline Bfloat16 from_float<Bfloat16>(float value) {
  const auto bits = bits_as<uint32_t>(value);
  return {value != value ? uint16_t{0x7fff}
                         : static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16)};
}

#if defined(__METAL_VERSION__)

inline float to_float(Float16 value) {
  return float_of_half(value.bits);
}

template <>
inline Float16 from_float<Float16>(float value) {
  return {half_of_float(value)};
}

#else

inline float rsqrtf(float value) {
  return 1.0F / std::sqrt(value);
}

inline float to_float(Float16 value) {
  const uint32_t sign = static_cast<uint32_t>(value.bits & 0x8000) << 16;
  const uint32_t rest = static_cast<uint32_t>(value.bits & 0x7fff) << 13;
  // The exponent's bias is put right by a product, which does subnormals and zero, too.
  float result = bits_as<float>(rest) * bits_as<float>(uint32_t{0x77800000});
  if ((value.bits & 0x7c00) == 0x7c00) result = bits_as<float>(rest | 0x7f800000);
  return bits_as<float>(bits_as<uint32_t>(result) | sign);
}

template <>
inline Float16 from_float<Float16>(float value) {
  auto bits = bits_as<uint32_t>(value);
  const uint32_t sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  uint32_t half = 0;
  if (bits >= 0x47800000) {
    half = bits > 0x7f800000 ? 0x7e00 : 0x7c00;
  } else if (bits < 0x38800000) {  // subnormal: the sum's last bit is the smallest half
    half = bits_as<uint32_t>(bits_as<float>(bits) + 0.5F) - 0x3f000000;
  } else {
    half = (bits - 0x38000000 + 0xfff + (bits >> 13 & 1)) >> 13;
  }
  return {static_cast<uint16_t>(sign | half)};
}

#endif
#endif

template <typename T>
GST_GPU_CODE float to_float(Untiled<T> value) {
  return to_float(T{value.bits});
}

template <>
GST_GPU_CODE Untiled<Bfloat16> from_float<Untiled<Bfloat16>>(float value) {
  return {from_float<Bfloat16>(value).bits};
}

template <>
GST_GPU_CODE Untiled<Float16> from_float<Untiled<Float16>>(float value) {
  return {from_float<Float16>(value).bits};
}

/// Numbers in a `Quad`.
template <typename T>
constexpr int quad_size = 16 / static_cast<int>(sizeof(T));

/// The number of this place.
template <typename T>
GST_GPU_CODE float number_of(Quad quad, int i) {
  if constexpr (sizeof(T) == 4)
    return bits_as<float>(quad.word[i]);
  else if constexpr (sizeof(T) == 1)  // int8: the last bits of 2^23 + 128, as conversions are slow
    return bits_as<float>(0x4b000000U | ((quad.word[i / 4] >> (i % 4 * 8) & 0xff) ^ 0x80)) -
           8388736.0F;
  else
    return to_float(T{static_cast<uint16_t>(quad.word[i / 2] >> (i % 2 * 16))});
}

template <typename T>
GST_GPU_CODE void unpack(Quad quad, GST_GPU_OWN float (&values)[quad_size<T>]) {
  GST_GPU_UNROLL
  for (int i = 0; i < quad_size<T>; ++i)
    values[i] = number_of<T>(quad, i);
}

GST_GPU_CODE Quad zero_quad() {
  return {{0, 0, 0, 0}};
}

template <typename T>
GST_GPU_CODE Quad pack(GST_GPU_OWN const float (&values)[quad_size<T>]) {
  Quad quad = zero_quad();
  GST_GPU_UNROLL
  for (int i = 0; i < quad_size<T>; ++i) {
    if constexpr (sizeof(T) == 4)
      quad.word[i] = bits_as<uint32_t>(values[i]);
    else
      quad.word[i / 2] |= static_cast<uint32_t>(from_float<T>(values[i]).bits) << (i % 2 * 16);
  }
  return quad;
}

/// Four numbers that are read or written at once.
template <typename T>
struct alignas(4 * sizeof(T)) Four {
  T number[4];
};

// For each memory that the compiler tells apart.
#define GST_GPU_LOADS(MEMORY)                                \
  template <typename T>                                      \
  GST_GPU_CODE void store_quad(MEMORY T* to, Quad quad) {    \
    *reinterpret_cast<MEMORY Quad*>(to) = quad;              \
  }                                                          \
  template <typename T>                                      \
  GST_GPU_CODE Quad load_quad(MEMORY const T* from) {        \
    return *reinterpret_cast<MEMORY const Quad*>(from);      \
  }                                                          \
  template <typename T>                                      \
  GST_GPU_CODE void store_four(MEMORY T* to, Four<T> four) { \
    *reinterpret_cast<MEMORY Four<T>*>(to) = four;           \
  }                                                          \
  template <typename T>                                      \
  GST_GPU_CODE Four<T> load_four(MEMORY const T* from) {     \
    return *reinterpret_cast<MEMORY const Four<T>*>(from);   \
  }
GST_GPU_LOADS(GST_GPU_GLOBAL)
#if defined(__METAL_VERSION__)
GST_GPU_LOADS(GST_GPU_SHARED)
#endif
#undef GST_GPU_LOADS

}  // namespace gst_translate::gpu
