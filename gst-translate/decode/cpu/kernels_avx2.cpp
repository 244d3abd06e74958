// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <immintrin.h>

#include "gst-translate/decode/cpu/kernels.h"

// Compiled twice: for AVX2 alone, and with the instructions that multiply 8 or 16 bits and add up
// in one go (AVX-VNNI).

namespace gst_translate::cpu {
namespace {

constexpr int vector_width = 8;
constexpr int narrow_steps = 127;
#if defined(__AVXVNNI__)
constexpr int narrow_zero = 128;
#else
constexpr int narrow_zero = 0;
#endif
#include "gst-translate/decode/cpu/elementwise.h"

constexpr int half_panel = panel / 2;  // outputs that one vector of floats holds

/// Adds bias and what the epilogue wants to 8 products and stores those that the matrix has.
inline void finish(__m256 value, const PackedWeights& weights, int output, Epilogue epilogue,
                   float* out) {
  if (weights.bias != nullptr) value = _mm256_add_ps(value, _mm256_loadu_ps(weights.bias + output));
  if (epilogue == Epilogue::Relu) value = _mm256_max_ps(value, _mm256_setzero_ps());
  const int rest = weights.outputs - output;
  if (rest >= half_panel) {
    if (epilogue == Epilogue::Add) value = _mm256_add_ps(value, _mm256_loadu_ps(out + output));
    _mm256_storeu_ps(out + output, value);
    return;
  }
  float products[half_panel];
  _mm256_storeu_ps(products, value);
  for (int i = 0; i < rest; ++i)
    out[output + i] = epilogue == Epilogue::Add ? out[output + i] + products[i] : products[i];
}

/// A part of a panel that a tile covers: where its weights and its outputs begin.
struct Place {
  int row = 0, half = 0;  // the first of its rows and of its halves of panels
};

/// Adds products of 16 bits to eight sums, two to each.
inline __m256i add_products_of_16(__m256i sums, __m256i weights, __m256i activations) {
#if defined(__AVXVNNI__)
  return _mm256_dpwssd_avx_epi32(sums, weights, activations);
#else
  return _mm256_add_epi32(sums, _mm256_madd_epi16(weights, activations));
#endif
}

inline __m256i load_integers(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

/// Adds products of 8 bits to eight sums, four to each. AVX2 alone adds up two of them in 16 bits
/// first, where they saturate.
inline __m256i add_products_of_8(__m256i sums, __m256i with_sign, __m256i without_sign) {
#if defined(__AVXVNNI__)
  return _mm256_dpbusd_avx_epi32(sums, without_sign, with_sign);
#else
  return _mm256_add_epi32(
      sums, _mm256_madd_epi16(_mm256_maddubs_epi16(without_sign, with_sign), _mm256_set1_epi16(1)));
#endif
}

// 8-bit activations of AVX-VNNI have no sign and carry `narrow_zero` too much. With AVX2 it is the
// weights that have none, and carry `weight_zero` too much: then what each pair of activations has
// too much can be taken from it, when the row is made.
#if defined(__AVXVNNI__)
inline __m256i load_weights_of_8(const int8_t* from) {
  return load_integers(from);
}
inline __m256i add_products(__m256i sums, __m256i weights, __m256i activations) {
  return add_products_of_8(sums, weights, activations);
}
#else
constexpr int weight_zero = 127;
// What two activations of the same sign may be together.
constexpr int most_of_pair = 0x7fff / (2 * weight_zero);

inline __m256i load_weights_of_8(const int8_t* from) {
  return _mm256_add_epi8(load_integers(from), _mm256_set1_epi8(weight_zero));
}
inline __m256i add_products(__m256i sums, __m256i weights, __m256i activations) {
  return add_products_of_8(sums, activations, weights);
}

/// Halves the pairs whose products could saturate, so that neither half can.
Excess take_excess(uint8_t* row, int count, Four* fours) {
  auto* steps = reinterpret_cast<int8_t*>(row);
  Excess excess;
  excess.fours = fours;
  const auto take_from = [&](int first) {
    Four four;
    four.first = first;
    for (int i = 0; i < 4; i += 2) {
      int8_t* pair = steps + first + i;
      if (pair[0] + pair[1] <= most_of_pair && pair[0] + pair[1] >= -most_of_pair) continue;
      for (int j = 0; j < 2; ++j) {
        four.steps[i + j] = static_cast<int8_t>(pair[j] / 2);
        pair[j] = static_cast<int8_t>(pair[j] - four.steps[i + j]);
      }
    }
    fours[excess.count++] = four;
  };
  __m256i sums = _mm256_setzero_si256();
  const auto look_at = [&](int first, const void* numbers) {
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_set1_epi8(1), load_integers(numbers));
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, ones));
    const __m256i too_large =
        _mm256_cmpgt_epi16(_mm256_abs_epi16(pairs), _mm256_set1_epi16(most_of_pair));
    auto mask = static_cast<uint32_t>(_mm256_movemask_epi8(too_large));  // a bit a number
    while (mask != 0) {
      const int in_four = __builtin_ctz(mask) / 4 * 4;
      take_from(first + in_four);
      mask &= ~(0xfU << in_four);
    }
  };
  constexpr int together = 32;
  int i = 0;
  for (; i + together <= count; i += together)
    look_at(i, steps + i);
  if (i < count) {
    int8_t last[together] = {};
    __builtin_memcpy(last, steps + i, static_cast<size_t>(count - i));
    look_at(i, last);
  }
  int32_t each[vector_width];
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(each), sums);
  for (const int32_t sum : each)
    excess.sum += sum;
  return excess;
}
#endif

/// 16-bit activations: `Rows` rows with `Halves` halves of a panel. An accumulator holds two sums
/// for each of four outputs, which are added at the end.
template <size_t Rows, size_t Halves>
FLATTEN void wide_tile(const PackedWeights& weights, const Activations& x, Place place,
                       Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs);
  const auto* data = static_cast<const int8_t*>(weights.data) +
                     static_cast<size_t>(place.half / 2) * panel * inputs +
                     static_cast<size_t>(place.half % 2 * half_panel * 4);
  const int16_t* a = x.wide + static_cast<size_t>(place.row) * inputs;
  __m256i sums[Rows][2 * Halves];
  repeat<Rows>([&](size_t r) {
    repeat<2 * Halves>([&](size_t i) { sums[r][i] = _mm256_setzero_si256(); });
  });
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
    __m256i weight[2 * Halves];
    repeat<2 * Halves>([&](size_t i) {
      weight[i] =
          _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(data + i * 16)));
    });
    repeat<Rows>([&](size_t r) {
      long long four = 0;
      __builtin_memcpy(&four, a + r * inputs + k, sizeof four);
      const __m256i activation = _mm256_set1_epi64x(four);
      repeat<2 * Halves>(
          [&](size_t i) { sums[r][i] = add_products_of_16(sums[r][i], weight[i], activation); });
    });
  }
  repeat<Halves>([&](size_t half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256 scale = _mm256_loadu_ps(weights.scale + output);
    repeat<Rows>([&](size_t r) {
      // The horizontal sum leaves the outputs in the order 0 1 4 5 2 3 6 7.
      const __m256i pairs = _mm256_permute4x64_epi64(
          _mm256_hadd_epi32(sums[r][2 * half], sums[r][2 * half + 1]), 0xd8);
      const __m256 factor =
          _mm256_mul_ps(scale, _mm256_set1_ps(x.scale[static_cast<size_t>(place.row) + r]));
      finish(_mm256_mul_ps(_mm256_cvtepi32_ps(pairs), factor), weights, output, epilogue,
             out + (static_cast<size_t>(place.row) + r) * stride);
    });
  });
}

/// 8-bit activations: `Rows` rows with a whole panel.
template <size_t Rows>
FLATTEN void narrow_tile(const PackedWeights& weights, const Activations& x, Place place,
                         Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(place.row);
  const auto* begin = static_cast<const int8_t*>(weights.data) +
                      static_cast<size_t>(place.half / 2) * panel * inputs;
  const uint8_t* a = x.narrow + first * inputs;
  __m256i sums[Rows][2];
  repeat<Rows>([&](size_t r) { sums[r][0] = sums[r][1] = _mm256_setzero_si256(); });
  const auto add = [&](size_t r, __m256i low, __m256i high, const void* four) {
    int32_t steps = 0;
    __builtin_memcpy(&steps, four, sizeof steps);
    const __m256i activation = _mm256_set1_epi32(steps);
    sums[r][0] = add_products(sums[r][0], low, activation);
    sums[r][1] = add_products(sums[r][1], high, activation);
  };
  const int8_t* data = begin;
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
    const __m256i low = load_weights_of_8(data), high = load_weights_of_8(data + 32);
    repeat<Rows>([&](size_t r) { add(r, low, high, a + r * inputs + k); });
  }
  __m256i too_much[Rows][2];
#if defined(__AVXVNNI__)
  repeat<2>([&](size_t half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256i of_outputs =
        _mm256_mullo_epi32(load_integers(weights.sum + output), _mm256_set1_epi32(narrow_zero));
    repeat<Rows>([&](size_t r) { too_much[r][half] = of_outputs; });
  });
#else
  repeat<Rows>([&](size_t r) {
    const Excess& excess = x.excess[first + r];
    for (const Four* four = excess.fours; four != excess.fours + excess.count; ++four) {
      const int8_t* from = begin + static_cast<std::ptrdiff_t>(four->first) * panel;
      add(r, load_weights_of_8(from), load_weights_of_8(from + 32), four->steps);
    }
    too_much[r][0] = too_much[r][1] = _mm256_set1_epi32(weight_zero * excess.sum);
  });
#endif
  repeat<2>([&](size_t half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256 scale = _mm256_loadu_ps(weights.scale + output);
    repeat<Rows>([&](size_t r) {
      const __m256 factor = _mm256_mul_ps(scale, _mm256_set1_ps(x.scale[first + r]));
      const __m256i exact = _mm256_sub_epi32(sums[r][half], too_much[r][half]);
      finish(_mm256_mul_ps(_mm256_cvtepi32_ps(exact), factor), weights, output, epilogue,
             out + (first + r) * stride);
    });
  });
}

inline __m256 load_weights(const float* data) {
  return _mm256_loadu_ps(data);
}
inline __m256 load_weights(const uint16_t* data) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(data)));
}

/// Float weights: `Rows` rows with `Halves` halves of a panel, even and odd inputs in sums that do
/// not wait for each other.
template <typename Weight, size_t Rows, size_t Halves>
FLATTEN void float_tile(const PackedWeights& weights, const Activations& x, Place place,
                        Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(weights.inputs);
  const auto* data = static_cast<const Weight*>(weights.data) +
                     static_cast<size_t>(place.half / 2) * panel * inputs +
                     static_cast<size_t>(place.half % 2 * half_panel);
  const float* a = x.values + static_cast<size_t>(place.row) * static_cast<size_t>(x.inputs);
  __m256 even[Rows][Halves], odd[Rows][Halves];
  repeat<Rows>([&](size_t r) {
    repeat<Halves>([&](size_t i) { even[r][i] = odd[r][i] = _mm256_setzero_ps(); });
  });
  size_t k = 0;
  for (; k + 2 <= inputs; k += 2, data += 2 * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 1024), _MM_HINT_T0);
    repeat<Halves>([&](size_t i) {
      const __m256 first = load_weights(data + i * half_panel);
      const __m256 second = load_weights(data + panel + i * half_panel);
      repeat<Rows>([&](size_t r) {
        const float* value = a + r * static_cast<size_t>(x.inputs) + k;
        even[r][i] = _mm256_fmadd_ps(first, _mm256_broadcast_ss(value), even[r][i]);
        odd[r][i] = _mm256_fmadd_ps(second, _mm256_broadcast_ss(value + 1), odd[r][i]);
      });
    });
  }
  repeat<Rows>([&](size_t r) {
    const float* last = a + r * static_cast<size_t>(x.inputs) + k;
    repeat<Halves>([&](size_t i) {
      if (k < inputs)
        even[r][i] =
            _mm256_fmadd_ps(load_weights(data + i * half_panel), _mm256_set1_ps(*last), even[r][i]);
      finish(_mm256_add_ps(even[r][i], odd[r][i]), weights,
             (place.half + static_cast<int>(i)) * half_panel, epilogue,
             out + (static_cast<size_t>(place.row) + r) * stride);
    });
  });
}

using Tile = void (*)(const PackedWeights&, const Activations&, Place, Epilogue, float*, size_t);

/// The tiles of one weight type: what sixteen registers hold. A few rows take the panel whole, so
/// that memory is read in one stream; more rows take it in halves that stay in the first cache.
struct Tiles {
  static constexpr int tallest_whole = 2, tallest_half = 5;
  Tile whole[tallest_whole];
  Tile half[tallest_half];
};

constexpr Tiles wide_tiles = {
    {wide_tile<1, 2>, wide_tile<2, 2>},
    {wide_tile<1, 1>, wide_tile<2, 1>, wide_tile<3, 1>, wide_tile<4, 1>, wide_tile<5, 1>}};

template <typename Weight>
constexpr Tiles float_tiles = {
    {float_tile<Weight, 1, 2>, float_tile<Weight, 2, 2>},
    {float_tile<Weight, 1, 1>, float_tile<Weight, 2, 1>, float_tile<Weight, 3, 1>,
     float_tile<Weight, 4, 1>, float_tile<Weight, 5, 1>}};

constexpr Tile narrow_tiles[] = {narrow_tile<1>, narrow_tile<2>, narrow_tile<3>,
                                 narrow_tile<4>, narrow_tile<5>, narrow_tile<6>};
constexpr int tallest_narrow = sizeof narrow_tiles / sizeof *narrow_tiles;

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  const Tiles& tiles = weights.type == WeightType::Float32   ? float_tiles<float>
                       : weights.type == WeightType::Float16 ? float_tiles<uint16_t>
                                                             : wide_tiles;
  const bool narrow = weights.type == WeightType::Int8 && x.narrow != nullptr;
  for (int p = first; p < last; ++p) {
    if (narrow) {
      for_blocks(x.rows, tallest_narrow, [&](int row, int rows) {
        narrow_tiles[rows - 1](weights, x, {row, 2 * p}, epilogue, out, stride);
      });
    } else if (x.rows <= Tiles::tallest_whole) {
      tiles.whole[x.rows - 1](weights, x, {0, 2 * p}, epilogue, out, stride);
    } else {
      for (int half = 2 * p; half < 2 * p + 2; ++half)
        for_blocks(x.rows, Tiles::tallest_half, [&](int row, int rows) {
          tiles.half[rows - 1](weights, x, {row, half}, epilogue, out, stride);
        });
    }
  }
}

void multiply_nibbles(const uint8_t* data, uint8_t turned, const int8_t* x, int inputs, int panels,
                      int32_t* sums) {
  const auto half = static_cast<size_t>(inputs) / 2;
  const __m256i low_bits = _mm256_set1_epi8(15);
  const __m256i turn = _mm256_set1_epi8(static_cast<char>(turned));
  for (int p = 0; p < panels; ++p, sums += panel) {
    // Of both halves of the panel, with the upper and the lower bits.
    __m256i above[2], below[2];
    repeat<2>([&](size_t i) { above[i] = below[i] = _mm256_setzero_si256(); });
    for (size_t k = 0; k < half; k += 4, data += std::ptrdiff_t{4} * panel) {
      _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
      int32_t four = 0, next = 0;
      __builtin_memcpy(&four, x + k, sizeof four);
      __builtin_memcpy(&next, x + half + k, sizeof next);
      const __m256i first_half = _mm256_set1_epi32(four), second_half = _mm256_set1_epi32(next);
      repeat<2>([&](size_t i) {
        const __m256i both = _mm256_xor_si256(
            _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + 32 * i)), turn);
        above[i] = add_products_of_8(above[i], first_half,
                                     _mm256_and_si256(_mm256_srli_epi16(both, 4), low_bits));
        below[i] = add_products_of_8(below[i], second_half, _mm256_and_si256(both, low_bits));
      });
    }
    repeat<2>([&](size_t i) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + 8 * i),
                          _mm256_add_epi32(above[i], below[i]));
    });
  }
}

void from_float16(const void* from, int count, float* to) {
  const auto* halves = static_cast<const char*>(from);
  int i = 0;
  for (; i + 8 <= count; i += 8)
    _mm256_storeu_ps(to + i, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(
                                 halves + std::ptrdiff_t{2} * i))));
  for (; i < count; ++i) {
    uint16_t half = 0;
    __builtin_memcpy(&half, halves + std::ptrdiff_t{2} * i, sizeof half);
    to[i] = _cvtsh_ss(half);
  }
}

void to_float16(const float* from, int count, uint16_t* to) {
  for (int i = 0; i < count; ++i)
    to[i] = static_cast<uint16_t>(_cvtss_sh(from[i], _MM_FROUND_TO_NEAREST_INT));
}

}  // namespace

#if defined(__AVXVNNI__)
const Kernels avxvnni_kernels = {
    "avxvnni",
#else
const Kernels avx2_kernels = {
    "avx2",
#endif
    narrow_steps,    narrow_zero,         multiply,         largest,        quantize_wide,
    quantize_narrow,
#if defined(__AVXVNNI__)
    nullptr,
#else
    take_excess,
#endif
    pack_int8,       transpose_nibbles,   multiply_nibbles, bound_products, layer_norm,
    attend,          sum_of_exponentials, maximum,          find_above,     dot,
    from_float16,    from_bfloat16,       to_float16,
};

}  // namespace gst_translate::cpu
