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

#include "gst-translate/decode/cpu/products_of_8_avx2.h"

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

/// The tiles of 8-bit activations.
struct NarrowTiles {
  const Tile* tiles;  // of one row, two ...
  int tallest;
};

constexpr Tile short_sum_tiles[] = {narrow_tile<1>, narrow_tile<2>, narrow_tile<3>,
                                    narrow_tile<4>, narrow_tile<5>, narrow_tile<6>};
constexpr NarrowTiles short_sums = {short_sum_tiles, sizeof short_sum_tiles / sizeof(Tile)};

void multiply_with(NarrowTiles narrow_tiles, const PackedWeights& weights, const Activations& x,
                   int first, int last, Epilogue epilogue, float* out, size_t stride) {
  const Tiles& tiles = weights.type == WeightType::Float32   ? float_tiles<float>
                       : weights.type == WeightType::Float16 ? float_tiles<uint16_t>
                                                             : wide_tiles;
  const bool narrow = weights.type == WeightType::Int8 && x.narrow != nullptr;
  for (int p = first; p < last; ++p) {
    if (narrow) {
      for_blocks(x.rows, narrow_tiles.tallest, [&](int row, int rows) {
        narrow_tiles.tiles[rows - 1](weights, x, {row, 2 * p}, epilogue, out, stride);
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

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  multiply_with(short_sums, weights, x, first, last, epilogue, out, stride);
}

#if !defined(__AVXVNNI__)
constexpr Tile long_sum_tiles[] = {long_sum_tile<1>, long_sum_tile<2>};
constexpr NarrowTiles long_sums = {long_sum_tiles, sizeof long_sum_tiles / sizeof(Tile)};

void multiply_with_long_sums(const PackedWeights& weights, const Activations& x, int first,
                             int last, Epilogue epilogue, float* out, size_t stride) {
  multiply_with(long_sums, weights, x, first, last, epilogue, out, stride);
}
#endif

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
constexpr Kernels avxvnni_kernels = {
    "avxvnni",
#else
constexpr Kernels avx2_kernels = {
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

#if !defined(__AVXVNNI__)
constexpr Kernels with_long_sums(Kernels kernels) {
  kernels.name = "znver1";
  kernels.multiply = multiply_with_long_sums;
  return kernels;
}
constexpr Kernels znver1_kernels = with_long_sums(avx2_kernels);
#endif

}  // namespace gst_translate::cpu
