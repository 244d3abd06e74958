// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <immintrin.h>

#include "gst-translate/decode/cpu/kernels.h"

namespace gst_translate::cpu {
namespace {

constexpr int vector_width = 8;
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

/// `Rows` rows with `Halves` halves of a panel. An accumulator holds two sums for each of four
/// outputs, which are added at the end. Weights and activations have 16 bits: `maddubs` of 8 bits
/// would saturate.
template <size_t Rows, size_t Halves>
void wide_tile(const PackedWeights& weights, const Activations& x, Place place, Epilogue epilogue,
               float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs);
  const auto* data = static_cast<const int8_t*>(weights.data) +
                     static_cast<size_t>(place.half / 2) * panel * inputs +
                     static_cast<size_t>(place.half % 2 * half_panel * 4);
  const int16_t* a = x.wide + static_cast<size_t>(place.row) * inputs;
  __m256i sums[Rows][2 * Halves];
  for (size_t r = 0; r < Rows; ++r)
    for (size_t i = 0; i < 2 * Halves; ++i)
      sums[r][i] = _mm256_setzero_si256();
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
    __m256i weight[2 * Halves];
    for (size_t i = 0; i < 2 * Halves; ++i)
      weight[i] =
          _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(data + i * 16)));
    for (size_t r = 0; r < Rows; ++r) {
      long long four = 0;
      __builtin_memcpy(&four, a + r * inputs + k, sizeof four);
      const __m256i activation = _mm256_set1_epi64x(four);
      for (size_t i = 0; i < 2 * Halves; ++i)
        sums[r][i] = _mm256_add_epi32(sums[r][i], _mm256_madd_epi16(weight[i], activation));
    }
  }
  for (size_t half = 0; half < Halves; ++half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256 scale = _mm256_loadu_ps(weights.scale + output);
    for (size_t r = 0; r < Rows; ++r) {
      // The horizontal sum leaves the outputs in the order 0 1 4 5 2 3 6 7.
      const __m256i pairs = _mm256_permute4x64_epi64(
          _mm256_hadd_epi32(sums[r][2 * half], sums[r][2 * half + 1]), 0xd8);
      const __m256 factor =
          _mm256_mul_ps(scale, _mm256_set1_ps(x.scale[static_cast<size_t>(place.row) + r]));
      finish(_mm256_mul_ps(_mm256_cvtepi32_ps(pairs), factor), weights, output, epilogue,
             out + (static_cast<size_t>(place.row) + r) * stride);
    }
  }
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
void float_tile(const PackedWeights& weights, const Activations& x, Place place, Epilogue epilogue,
                float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(weights.inputs);
  const auto* data = static_cast<const Weight*>(weights.data) +
                     static_cast<size_t>(place.half / 2) * panel * inputs +
                     static_cast<size_t>(place.half % 2 * half_panel);
  const float* a = x.values + static_cast<size_t>(place.row) * static_cast<size_t>(x.inputs);
  __m256 even[Rows][Halves], odd[Rows][Halves];
  for (size_t r = 0; r < Rows; ++r)
    for (size_t i = 0; i < Halves; ++i)
      even[r][i] = odd[r][i] = _mm256_setzero_ps();
  size_t k = 0;
  for (; k + 2 <= inputs; k += 2, data += 2 * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 1024), _MM_HINT_T0);
    for (size_t i = 0; i < Halves; ++i) {
      const __m256 first = load_weights(data + i * half_panel);
      const __m256 second = load_weights(data + panel + i * half_panel);
      for (size_t r = 0; r < Rows; ++r) {
        const float* value = a + r * static_cast<size_t>(x.inputs) + k;
        even[r][i] = _mm256_fmadd_ps(first, _mm256_broadcast_ss(value), even[r][i]);
        odd[r][i] = _mm256_fmadd_ps(second, _mm256_broadcast_ss(value + 1), odd[r][i]);
      }
    }
  }
  for (size_t r = 0; r < Rows; ++r) {
    const float* last = a + r * static_cast<size_t>(x.inputs) + k;
    for (size_t i = 0; i < Halves; ++i) {
      if (k < inputs)
        even[r][i] =
            _mm256_fmadd_ps(load_weights(data + i * half_panel), _mm256_set1_ps(*last), even[r][i]);
      finish(_mm256_add_ps(even[r][i], odd[r][i]), weights,
             (place.half + static_cast<int>(i)) * half_panel, epilogue,
             out + (static_cast<size_t>(place.row) + r) * stride);
    }
  }
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

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  const Tiles& tiles = weights.type == WeightType::Float32   ? float_tiles<float>
                       : weights.type == WeightType::Float16 ? float_tiles<uint16_t>
                                                             : wide_tiles;
  for (int p = first; p < last; ++p) {
    if (x.rows <= Tiles::tallest_whole) {
      tiles.whole[x.rows - 1](weights, x, {0, 2 * p}, epilogue, out, stride);
      continue;
    }
    for (int half = 2 * p; half < 2 * p + 2; ++half)
      for (int row = 0; row < x.rows; row += Tiles::tallest_half) {
        const int rest = x.rows - row;
        const int rows = rest < Tiles::tallest_half ? rest : Tiles::tallest_half;
        tiles.half[rows - 1](weights, x, {row, half}, epilogue, out, stride);
      }
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

const Kernels avx2_kernels = {
    "avx2",          false,      multiply,   largest,      quantize_wide,
    quantize_narrow, pack_int8,  layer_norm, attend,       sum_of_exponentials,
    maximum,         find_above, dot,        from_float16, from_bfloat16,
    to_float16,
};

}  // namespace gst_translate::cpu
