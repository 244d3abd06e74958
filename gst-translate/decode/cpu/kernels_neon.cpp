// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <arm_neon.h>

#include "gst-translate/decode/cpu/kernels.h"

// Compiled three times: for every 64-bit processor of Arm, for those that multiply 8 bits and add
// up in one go (dotprod: since 2018), and for those that do so with small matrices (i8mm: 2021).

namespace gst_translate::cpu {
namespace {

constexpr int vector_width = 4;
// 8-bit activations have a sign here. Without dotprod they would be no faster than 16-bit ones.
#if defined(__ARM_FEATURE_DOTPROD)
constexpr int narrow_steps = 127, narrow_zero = 0;
#else
constexpr int narrow_steps = 0, narrow_zero = 0;
#endif
#include "gst-translate/decode/cpu/elementwise.h"

constexpr int quarter_panel = panel / 4;  // outputs that a vector holds

/// Adds bias and what the epilogue wants to 4 products and stores those that the matrix has.
inline void finish(float32x4_t value, const PackedWeights& weights, int output, Epilogue epilogue,
                   float* out) {
  if (weights.bias != nullptr) value = vaddq_f32(value, vld1q_f32(weights.bias + output));
  if (epilogue == Epilogue::Relu) value = vmaxq_f32(value, vdupq_n_f32(0));
  const int rest = weights.outputs - output;
  if (rest >= quarter_panel) {
    if (epilogue == Epilogue::Add) value = vaddq_f32(value, vld1q_f32(out + output));
    vst1q_f32(out + output, value);
    return;
  }
  float products[quarter_panel];
  vst1q_f32(products, value);
  for (int i = 0; i < rest; ++i)
    out[output + i] = epilogue == Epilogue::Add ? out[output + i] + products[i] : products[i];
}

/// Gives four sums of integers their scales and finishes them.
inline void finish(int32x4_t sums, const PackedWeights& weights, const Activations& x, size_t row,
                   int output, Epilogue epilogue, float* out, size_t stride) {
  const float32x4_t factor = vmulq_n_f32(vld1q_f32(weights.scale + output), x.scale[row]);
  finish(vmulq_f32(vcvtq_f32_s32(sums), factor), weights, output, epilogue, out + row * stride);
}

inline const int8_t* panel_of(const PackedWeights& weights, const Activations& x, int p) {
  return static_cast<const int8_t*>(weights.data) +
         static_cast<size_t>(p) * panel * static_cast<size_t>(x.inputs);
}

/// 16-bit activations: `Rows` rows with one panel.
template <size_t Rows>
FLATTEN void wide_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                       Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(row);
  const int8_t* data = panel_of(weights, x, p);
  const int16_t* a = x.wide + first * inputs;
  int32x4_t sums[Rows][4];
  repeat<Rows>([&](size_t r) { repeat<4>([&](size_t i) { sums[r][i] = vdupq_n_s32(0); }); });
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    const int8x16x4_t fours = vld4q_s8(data);  // all outputs of one input, four times
    int16x4_t activations[Rows];
    repeat<Rows>([&](size_t r) { activations[r] = vld1_s16(a + r * inputs + k); });
    repeat<4>([&](size_t input) {
      const int16x8_t low = vmovl_s8(vget_low_s8(fours.val[input]));
      const int16x8_t high = vmovl_s8(vget_high_s8(fours.val[input]));
      repeat<Rows>([&](size_t r) {
        const int16_t each = activations[r][input];
        sums[r][0] = vmlal_n_s16(sums[r][0], vget_low_s16(low), each);
        sums[r][1] = vmlal_n_s16(sums[r][1], vget_high_s16(low), each);
        sums[r][2] = vmlal_n_s16(sums[r][2], vget_low_s16(high), each);
        sums[r][3] = vmlal_n_s16(sums[r][3], vget_high_s16(high), each);
      });
    });
  }
  repeat<Rows>([&](size_t r) {
    repeat<4>([&](size_t i) {
      finish(sums[r][i], weights, x, first + r, p * panel + static_cast<int>(i) * quarter_panel,
             epilogue, out, stride);
    });
  });
}

#if defined(__ARM_FEATURE_MATMUL_INT8)
/// Eight 8-bit activations of each of two rows; zeros where there are no more than four.
inline int8x16_t load_pair(const uint8_t* row, const uint8_t* next, size_t count) {
  uint64_t eight[2] = {0, 0};
  if (count == 8) {
    __builtin_memcpy(eight, row, 8);
    __builtin_memcpy(eight + 1, next, 8);
  } else {
    __builtin_memcpy(eight, row, 4);
    __builtin_memcpy(eight + 1, next, 4);
  }
  return vreinterpretq_s8_u64(vcombine_u64(vcreate_u64(eight[0]), vcreate_u64(eight[1])));
}

/// 8-bit activations: `Rows` rows with one panel, two rows with two outputs at a time over eight
/// inputs. An odd last row is multiplied twice.
template <size_t Rows>
FLATTEN void narrow_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                         Epilogue epilogue, float* out, size_t stride) {
  constexpr size_t pairs = (Rows + 1) / 2;
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(row);
  const int8_t* data = panel_of(weights, x, p);
  const uint8_t* a = x.narrow + first * inputs;
  int32x4_t sums[pairs][8];
  repeat<pairs>([&](size_t r) { repeat<8>([&](size_t i) { sums[r][i] = vdupq_n_s32(0); }); });
  const auto add = [&](size_t k, size_t count) {
    int8x16_t activations[pairs];
    repeat<pairs>([&](size_t r) {
      const size_t next = 2 * r + 1 < Rows ? 2 * r + 1 : 2 * r;
      activations[r] = load_pair(a + 2 * r * inputs + k, a + next * inputs + k, count);
    });
    repeat<4>([&](size_t i) {
      const int32x4_t four = vreinterpretq_s32_s8(vld1q_s8(data + 16 * i));
      const int32x4_t more =
          count == 8 ? vreinterpretq_s32_s8(vld1q_s8(data + 4 * panel + 16 * i)) : vdupq_n_s32(0);
      const int8x16_t low = vreinterpretq_s8_s32(vzip1q_s32(four, more));
      const int8x16_t high = vreinterpretq_s8_s32(vzip2q_s32(four, more));
      repeat<pairs>([&](size_t r) {
        sums[r][2 * i] = vmmlaq_s32(sums[r][2 * i], activations[r], low);
        sums[r][2 * i + 1] = vmmlaq_s32(sums[r][2 * i + 1], activations[r], high);
      });
    });
  };
  size_t k = 0;
  for (; k + 8 <= inputs; k += 8, data += std::ptrdiff_t{8} * panel)
    add(k, 8);
  if (k < inputs) add(k, 4);
  repeat<Rows>([&](size_t r) {
    repeat<4>([&](size_t i) {
      // A sum holds two outputs of the first row, then those of the second.
      const int64x2_t low = vreinterpretq_s64_s32(sums[r / 2][2 * i]);
      const int64x2_t high = vreinterpretq_s64_s32(sums[r / 2][2 * i + 1]);
      const int64x2_t four = r % 2 == 0 ? vzip1q_s64(low, high) : vzip2q_s64(low, high);
      finish(vreinterpretq_s32_s64(four), weights, x, first + r,
             p * panel + static_cast<int>(i) * quarter_panel, epilogue, out, stride);
    });
  });
}
#elif defined(__ARM_FEATURE_DOTPROD)
/// 8-bit activations: `Rows` rows with one panel.
template <size_t Rows>
FLATTEN void narrow_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                         Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(row);
  const int8_t* data = panel_of(weights, x, p);
  const uint8_t* a = x.narrow + first * inputs;
  int32x4_t sums[Rows][4];
  repeat<Rows>([&](size_t r) { repeat<4>([&](size_t i) { sums[r][i] = vdupq_n_s32(0); }); });
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    int8x16_t weight[4];
    repeat<4>([&](size_t i) { weight[i] = vld1q_s8(data + 16 * i); });
    repeat<Rows>([&](size_t r) {
      int32_t four = 0;
      __builtin_memcpy(&four, a + r * inputs + k, sizeof four);
      const int8x16_t activation = vreinterpretq_s8_s32(vdupq_n_s32(four));
      repeat<4>([&](size_t i) { sums[r][i] = vdotq_s32(sums[r][i], weight[i], activation); });
    });
  }
  repeat<Rows>([&](size_t r) {
    repeat<4>([&](size_t i) {
      finish(sums[r][i], weights, x, first + r, p * panel + static_cast<int>(i) * quarter_panel,
             epilogue, out, stride);
    });
  });
}
#endif

inline float32x4_t load_weights(const float* data) {
  return vld1q_f32(data);
}
inline float32x4_t load_weights(const uint16_t* data) {
  return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(data)));
}

/// Float weights: `Rows` rows with one panel.
template <typename Weight, size_t Rows>
FLATTEN void float_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                        Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(weights.inputs), first = static_cast<size_t>(row);
  const auto* data =
      static_cast<const Weight*>(weights.data) + static_cast<size_t>(p) * panel * inputs;
  const float* a = x.values + first * static_cast<size_t>(x.inputs);
  float32x4_t sums[Rows][4];
  repeat<Rows>([&](size_t r) { repeat<4>([&](size_t i) { sums[r][i] = vdupq_n_f32(0); }); });
  for (size_t k = 0; k < inputs; ++k, data += panel) {
    float32x4_t weight[4];
    repeat<4>([&](size_t i) { weight[i] = load_weights(data + 4 * i); });
    repeat<Rows>([&](size_t r) {
      const float each = a[r * static_cast<size_t>(x.inputs) + k];
      repeat<4>([&](size_t i) { sums[r][i] = vfmaq_n_f32(sums[r][i], weight[i], each); });
    });
  }
  repeat<Rows>([&](size_t r) {
    repeat<4>([&](size_t i) {
      finish(sums[r][i], weights, p * panel + static_cast<int>(i) * quarter_panel, epilogue,
             out + (first + r) * stride);
    });
  });
}

using Tile = void (*)(const PackedWeights&, const Activations&, int, int, Epilogue, float*, size_t);

// As many rows as 32 registers hold.
constexpr Tile wide_tiles[] = {wide_tile<1>, wide_tile<2>, wide_tile<3>, wide_tile<4>};
#if defined(__ARM_FEATURE_MATMUL_INT8)
constexpr Tile narrow_tiles[] = {narrow_tile<1>, narrow_tile<2>, narrow_tile<3>,
                                 narrow_tile<4>, narrow_tile<5>, narrow_tile<6>};
#elif defined(__ARM_FEATURE_DOTPROD)
constexpr Tile narrow_tiles[] = {narrow_tile<1>, narrow_tile<2>, narrow_tile<3>, narrow_tile<4>,
                                 narrow_tile<5>};
#endif
constexpr Tile half_tiles[] = {float_tile<uint16_t, 1>, float_tile<uint16_t, 2>,
                               float_tile<uint16_t, 3>, float_tile<uint16_t, 4>,
                               float_tile<uint16_t, 5>};
constexpr Tile float_tiles[] = {float_tile<float, 1>, float_tile<float, 2>, float_tile<float, 3>,
                                float_tile<float, 4>, float_tile<float, 5>};

/// All rows with the panels `first` to `last`.
template <size_t Tallest>
void multiply_by(const Tile (&tiles)[Tallest], const PackedWeights& weights, const Activations& x,
                 int first, int last, Epilogue epilogue, float* out, size_t stride) {
  for (int p = first; p < last; ++p)
    for_blocks(x.rows, static_cast<int>(Tallest), [&](int row, int rows) {
      tiles[rows - 1](weights, x, row, p, epilogue, out, stride);
    });
}

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  if (weights.type == WeightType::Float32)
    multiply_by(float_tiles, weights, x, first, last, epilogue, out, stride);
  else if (weights.type == WeightType::Float16)
    multiply_by(half_tiles, weights, x, first, last, epilogue, out, stride);
#if defined(__ARM_FEATURE_DOTPROD)
  else if (x.narrow != nullptr)
    multiply_by(narrow_tiles, weights, x, first, last, epilogue, out, stride);
#endif
  else
    multiply_by(wide_tiles, weights, x, first, last, epilogue, out, stride);
}

/// Adds products of four outputs' nibbles, four each of both halves of the inputs.
inline int32x4_t add_nibbles(int32x4_t sums, uint8x16_t both, int8x16_t first, int8x16_t second) {
  const int8x16_t above = vreinterpretq_s8_u8(vshrq_n_u8(both, 4));
  const int8x16_t below = vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15)));
#if defined(__ARM_FEATURE_DOTPROD)
  return vdotq_s32(vdotq_s32(sums, above, first), below, second);
#else
  const int16x8_t low = vmlal_s8(vmull_s8(vget_low_s8(above), vget_low_s8(first)),
                                 vget_low_s8(below), vget_low_s8(second));
  const int16x8_t high = vmlal_s8(vmull_s8(vget_high_s8(above), vget_high_s8(first)),
                                  vget_high_s8(below), vget_high_s8(second));
  return vaddq_s32(sums, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
#endif
}

void multiply_nibbles(const uint8_t* data, uint8_t turned, const int8_t* x, int inputs, int panels,
                      int32_t* sums) {
  const auto half = static_cast<size_t>(inputs) / 2;
  const uint8x16_t turn = vdupq_n_u8(turned);
  for (int p = 0; p < panels; ++p, sums += panel) {
    int32x4_t each[4];
    repeat<4>([&](size_t i) { each[i] = vdupq_n_s32(0); });
    for (size_t k = 0; k < half; k += 4, data += std::ptrdiff_t{4} * panel) {
      int32_t four = 0, next = 0;
      __builtin_memcpy(&four, x + k, sizeof four);
      __builtin_memcpy(&next, x + half + k, sizeof next);
      const int8x16_t first_half = vreinterpretq_s8_s32(vdupq_n_s32(four));
      const int8x16_t second_half = vreinterpretq_s8_s32(vdupq_n_s32(next));
      repeat<4>([&](size_t i) {
        each[i] =
            add_nibbles(each[i], veorq_u8(vld1q_u8(data + 16 * i), turn), first_half, second_half);
      });
    }
    repeat<4>([&](size_t i) { vst1q_s32(sums + 4 * i, each[i]); });
  }
}

void from_float16(const void* from, int count, float* to) {
  const auto* halves = static_cast<const char*>(from);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    uint16_t four[4];
    __builtin_memcpy(four, halves + std::ptrdiff_t{2} * i, sizeof four);
    vst1q_f32(to + i, load_weights(four));
  }
  for (; i < count; ++i) {
    uint16_t half = 0;
    __builtin_memcpy(&half, halves + std::ptrdiff_t{2} * i, sizeof half);
    to[i] = half_to_float(half);
  }
}

void to_float16(const float* from, int count, uint16_t* to) {
  int i = 0;
  for (; i + 4 <= count; i += 4)
    vst1_u16(to + i, vreinterpret_u16_f16(vcvt_f16_f32(vld1q_f32(from + i))));
  for (; i < count; ++i)
    to[i] = vget_lane_u16(vreinterpret_u16_f16(vcvt_f16_f32(vdupq_n_f32(from[i]))), 0);
}

}  // namespace

#if defined(__ARM_FEATURE_MATMUL_INT8)
const Kernels i8mm_kernels = {
    "i8mm",
#elif defined(__ARM_FEATURE_DOTPROD)
const Kernels dotprod_kernels = {
    "dotprod",
#else
const Kernels neon_kernels = {
    "neon",
#endif
    narrow_steps,
    narrow_zero,
    multiply,
    largest,
    quantize_wide,
    quantize_narrow,
    nullptr,
    pack_int8,
    transpose_nibbles,
    multiply_nibbles,
    bound_products,
    layer_norm,
    attend,
    sum_of_exponentials,
    maximum,
    find_above,
    dot,
    from_float16,
    from_bfloat16,
    to_float16,
};

}  // namespace gst_translate::cpu
