// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <immintrin.h>

#include "gst-translate/decode/cpu/kernels.h"

// Compiled twice: for AVX-512 alone, and with the instructions that multiply matrices of 8 bits
// (AMX), of which clang before 15 says so by the second name.
#if defined(__AMX_INT8__) || defined(__AMXINT8__)
#define GST_TRANSLATE_AMX 1
#else
#define GST_TRANSLATE_AMX 0
#endif

namespace gst_translate::cpu {
namespace {

constexpr int vector_width = 16;
constexpr int narrow_steps = 127, narrow_zero = 128;
#include "gst-translate/decode/cpu/elementwise.h"

/// Adds bias and what the epilogue wants to 16 products and stores those that the matrix has.
inline void finish(__m512 value, const PackedWeights& weights, int output, Epilogue epilogue,
                   float* out) {
  const int rest = weights.outputs - output;
  const auto mask = static_cast<__mmask16>(rest >= panel ? 0xffff : (1 << rest) - 1);
  if (weights.bias != nullptr) value = _mm512_add_ps(value, _mm512_loadu_ps(weights.bias + output));
  if (epilogue == Epilogue::Relu) value = _mm512_max_ps(value, _mm512_setzero_ps());
  if (epilogue == Epilogue::Add)
    value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(mask, out + output));
  _mm512_mask_storeu_ps(out + output, mask, value);
}

/// Asks for one line of a stream of weights that is read from front to back: early into the second
/// cache, and again into the first. With both, two threads read a matrix as fast as memory gives it
/// (36.8 GB/s, plain reads 36.7, without any 21.2).
inline void prefetch(const void* data) {
  const auto* line = static_cast<const char*>(data);
  _mm_prefetch(line + 6144, _MM_HINT_T1);
  _mm_prefetch(line + 1024, _MM_HINT_T0);
}

/// 16-bit activations: `Rows` rows with one panel. An accumulator holds two sums for each of eight
/// outputs, which are added at the end. A few rows have two pairs of accumulators, for every other
/// four inputs: with one pair each product waits for the one before it, which memory that is fast
/// enough would show (one row with a matrix of 512 KB in the second cache: 33 and 57 GB/s).
template <size_t Rows>
FLATTEN void wide_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                       Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs);
  const auto* data =
      static_cast<const int8_t*>(weights.data) + static_cast<size_t>(p) * panel * inputs;
  const int16_t* a = x.wide + static_cast<size_t>(row) * inputs;
  constexpr size_t pairs = Rows <= 3 ? 2 : 1;
  __m512i low[pairs * Rows], high[pairs * Rows];
  repeat<pairs * Rows>([&](size_t i) { low[i] = high[i] = _mm512_setzero_si512(); });
  const auto add_four = [&](size_t k, size_t pair) {
    prefetch(data);
    const __m512i weight_low =
        _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data)));
    const __m512i weight_high =
        _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + 32)));
    repeat<Rows>([&](size_t r) {
      int64_t four = 0;
      __builtin_memcpy(&four, a + r * inputs + k, sizeof four);
      const __m512i activation = _mm512_set1_epi64(four);
      const size_t i = pair * Rows + r;
      low[i] = _mm512_dpwssd_epi32(low[i], weight_low, activation);
      high[i] = _mm512_dpwssd_epi32(high[i], weight_high, activation);
    });
    data += std::ptrdiff_t{4} * panel;
  };
  size_t k = 0;
  for (; k + 4 * pairs <= inputs; k += 4 * pairs)
    repeat<pairs>([&](size_t pair) { add_four(k + 4 * pair, pair); });
  if (k < inputs) add_four(k, 0);
  repeat<(pairs - 1) * Rows>([&](size_t r) {
    low[r] = _mm512_add_epi32(low[r], low[Rows + r]);
    high[r] = _mm512_add_epi32(high[r], high[Rows + r]);
  });
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  const __m512 scale = _mm512_loadu_ps(weights.scale + std::ptrdiff_t{panel} * p);
  repeat<Rows>([&](size_t r) {
    const __m512i sum = _mm512_add_epi32(_mm512_permutex2var_epi32(low[r], even, high[r]),
                                         _mm512_permutex2var_epi32(low[r], odd, high[r]));
    const __m512 factor =
        _mm512_mul_ps(scale, _mm512_set1_ps(x.scale[static_cast<size_t>(row) + r]));
    finish(_mm512_mul_ps(_mm512_cvtepi32_ps(sum), factor), weights, p * panel, epilogue,
           out + (static_cast<size_t>(row) + r) * stride);
  });
}

/// 8-bit activations: `Rows` rows with `Panels` panels; two of them use an activation twice where
/// it was loaded once. They carry `narrow_zero` too much, which is taken away with the sums of the
/// weights.
template <size_t Rows, size_t Panels>
FLATTEN void narrow_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                         Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs);
  const size_t panel_bytes = panel * inputs;
  const auto* data =
      static_cast<const int8_t*>(weights.data) + static_cast<size_t>(p) * panel_bytes;
  const uint8_t* a = x.narrow + static_cast<size_t>(row) * inputs;
  __m512i sums[Panels][Rows];
  repeat<Panels>(
      [&](size_t i) { repeat<Rows>([&](size_t r) { sums[i][r] = _mm512_setzero_si512(); }); });
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    __m512i weight[Panels];
    repeat<Panels>([&](size_t i) {
      prefetch(data + i * panel_bytes);
      weight[i] = _mm512_loadu_si512(data + i * panel_bytes);
    });
    repeat<Rows>([&](size_t r) {
      int32_t four = 0;
      __builtin_memcpy(&four, a + r * inputs + k, sizeof four);
      const __m512i activation = _mm512_set1_epi32(four);
      repeat<Panels>(
          [&](size_t i) { sums[i][r] = _mm512_dpbusd_epi32(sums[i][r], activation, weight[i]); });
    });
  }
  repeat<Panels>([&](size_t i) {
    const int output = (p + static_cast<int>(i)) * panel;
    const __m512 scale = _mm512_loadu_ps(weights.scale + output);
    const __m512i excess = _mm512_mullo_epi32(_mm512_loadu_si512(weights.sum + output),
                                              _mm512_set1_epi32(narrow_zero));
    repeat<Rows>([&](size_t r) {
      const __m512 factor =
          _mm512_mul_ps(scale, _mm512_set1_ps(x.scale[static_cast<size_t>(row) + r]));
      finish(_mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sums[i][r], excess)), factor),
             weights, output, epilogue, out + (static_cast<size_t>(row) + r) * stride);
    });
  });
}

inline __m512 load_weights(const float* data) {
  return _mm512_loadu_ps(data);
}
inline __m512 load_weights(const uint16_t* data) {
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data)));
}

/// Float weights: `Rows` rows with one panel, the inputs in two halves whose sums do not wait for
/// each other.
template <typename Weight, size_t Rows>
FLATTEN void float_tile(const PackedWeights& weights, const Activations& x, int row, int p,
                        Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(weights.inputs);
  const auto* data =
      static_cast<const Weight*>(weights.data) + static_cast<size_t>(p) * panel * inputs;
  const float* a = x.values + static_cast<size_t>(row) * static_cast<size_t>(x.inputs);
  __m512 even[Rows], odd[Rows];
  repeat<Rows>([&](size_t r) { even[r] = odd[r] = _mm512_setzero_ps(); });
  size_t k = 0;
  for (; k + 2 <= inputs; k += 2, data += 2 * panel) {
    prefetch(data);
    if (sizeof(Weight) == sizeof(float)) prefetch(data + panel);
    const __m512 first = load_weights(data);
    const __m512 second = load_weights(data + panel);
    repeat<Rows>([&](size_t r) {
      const float* value = a + r * static_cast<size_t>(x.inputs) + k;
      even[r] = _mm512_fmadd_ps(first, _mm512_set1_ps(value[0]), even[r]);
      odd[r] = _mm512_fmadd_ps(second, _mm512_set1_ps(value[1]), odd[r]);
    });
  }
  repeat<Rows>([&](size_t r) {
    if (k < inputs)
      even[r] = _mm512_fmadd_ps(load_weights(data),
                                _mm512_set1_ps(a[r * static_cast<size_t>(x.inputs) + k]), even[r]);
    finish(_mm512_add_ps(even[r], odd[r]), weights, p * panel, epilogue,
           out + (static_cast<size_t>(row) + r) * stride);
  });
}

using Tile = void (*)(const PackedWeights&, const Activations&, int, int, Epilogue, float*, size_t);

constexpr int tallest = 8;  // rows of a tile: what the registers hold
constexpr Tile wide_tiles[] = {wide_tile<1>, wide_tile<2>, wide_tile<3>, wide_tile<4>,
                               wide_tile<5>, wide_tile<6>, wide_tile<7>, wide_tile<8>};
constexpr Tile narrow_tiles[] = {narrow_tile<1, 1>, narrow_tile<2, 1>, narrow_tile<3, 1>,
                                 narrow_tile<4, 1>, narrow_tile<5, 1>, narrow_tile<6, 1>,
                                 narrow_tile<7, 1>, narrow_tile<8, 1>};
constexpr Tile narrow_pairs[] = {narrow_tile<1, 2>, narrow_tile<2, 2>, narrow_tile<3, 2>,
                                 narrow_tile<4, 2>, narrow_tile<5, 2>, narrow_tile<6, 2>,
                                 narrow_tile<7, 2>, narrow_tile<8, 2>};
constexpr Tile half_tiles[] = {float_tile<uint16_t, 1>, float_tile<uint16_t, 2>,
                               float_tile<uint16_t, 3>, float_tile<uint16_t, 4>,
                               float_tile<uint16_t, 5>, float_tile<uint16_t, 6>,
                               float_tile<uint16_t, 7>, float_tile<uint16_t, 8>};
constexpr Tile float_tiles[] = {float_tile<float, 1>, float_tile<float, 2>, float_tile<float, 3>,
                                float_tile<float, 4>, float_tile<float, 5>, float_tile<float, 6>,
                                float_tile<float, 7>, float_tile<float, 8>};

/// All rows with the panels `first` to `last`, `together` at a time.
void multiply_by(const Tile* tiles, int together, const PackedWeights& weights,
                 const Activations& x, int first, int last, Epilogue epilogue, float* out,
                 size_t stride) {
  for (int p = first; p < last; p += together)
    for_blocks(x.rows, tallest, [&](int row, int rows) {
      tiles[rows - 1](weights, x, row, p, epilogue, out, stride);
    });
}

#if GST_TRANSLATE_AMX
// What the processor multiplies at once: 16 rows of 64 activations with 64 weights of 16 outputs,
// which lie together in a panel.
constexpr int matrix_rows = 16, matrix_bytes = 64;
// Fewer rows wait for memory. A matrix [4096, 1024] from memory, on 2 threads, takes with 8 rows as
// long as without these instructions (0.19 ms), with 16 rows 0.20 instead of 0.29, with 32 rows
// 0.26 instead of 0.41 ms. A sentence of the 600M shape in a batch of 8 with 4 beams takes 158 to
// 175 ms instead of 199 to 217.
constexpr int least_matrix_rows = 8;

/// What `_tile_loadconfig` reads. Registers 0 to 3 are sums, 4 and 5 activations of the `upper` and
/// the `lower` rows, 6 and 7 weights.
struct alignas(64) MatrixShapes {
  MatrixShapes(int upper, int lower) {
    for (int i = 0; i < 8; ++i) {
      bytes[i] = matrix_bytes;
      rows[i] = static_cast<uint8_t>(i >= 6 ? matrix_rows : i == 4 || i < 2 ? upper : lower);
    }
  }
  uint8_t palette = 1, start_row = 0, reserved[14] = {};
  uint16_t bytes[16] = {};
  uint8_t rows[16] = {};
};

/// Stores a matrix of sums, which carry `narrow_zero` too much as in `narrow_tile`.
inline void finish_matrix(const int32_t* sums, const PackedWeights& weights, const Activations& x,
                          int row, int rows, int p, Epilogue epilogue, float* out, size_t stride) {
  const int output = p * panel;
  const __m512 scale = _mm512_loadu_ps(weights.scale + output);
  const __m512i excess =
      _mm512_mullo_epi32(_mm512_loadu_si512(weights.sum + output), _mm512_set1_epi32(narrow_zero));
  for (int r = row; r < row + rows; ++r, sums += panel) {
    const __m512i sum = _mm512_sub_epi32(_mm512_loadu_si512(sums), excess);
    const __m512 factor = _mm512_mul_ps(scale, _mm512_set1_ps(x.scale[r]));
    finish(_mm512_mul_ps(_mm512_cvtepi32_ps(sum), factor), weights, output, epilogue,
           out + static_cast<size_t>(r) * stride);
  }
}

/// 8-bit activations: `upper` rows, and `lower` more if there are, with two panels; a last panel
/// alone is multiplied twice. The shapes are set.
void multiply_matrices(const PackedWeights& weights, const Activations& x, int row, int upper,
                       int lower, int p, int last, Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs);
  const size_t next_panel = p + 1 < last ? panel * inputs : 0;
  const auto* data =
      static_cast<const int8_t*>(weights.data) + static_cast<size_t>(p) * panel * inputs;
  const uint8_t* above = x.narrow + static_cast<size_t>(row) * inputs;
  const uint8_t* below = above + static_cast<size_t>(upper) * inputs;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (size_t k = 0; k < inputs; k += matrix_bytes, data += panel * matrix_bytes) {
    // Unrolled, gcc 12 keeps all the addresses, most of them in vector registers: a step of 8
    // sentences with 4 beams in the 600M shape then took 49 to 51 ms instead of 41 to 43.
#pragma GCC unroll 1
    for (size_t line = 0; line < panel * matrix_bytes; line += 64) {
      prefetch(data + line);
      prefetch(data + next_panel + line);
    }
    _tile_loadd(6, data, matrix_bytes);
    _tile_loadd(4, above + k, inputs);
    _tile_dpbusd(0, 4, 6);
    _tile_loadd(7, data + next_panel, matrix_bytes);
    _tile_dpbusd(1, 4, 7);
    if (lower == 0) continue;
    _tile_loadd(5, below + k, inputs);
    _tile_dpbusd(2, 5, 6);
    _tile_dpbusd(3, 5, 7);
  }
  alignas(64) int32_t sums[4][matrix_rows * panel];
  _tile_stored(0, sums[0], matrix_bytes);
  _tile_stored(1, sums[1], matrix_bytes);
  _tile_stored(2, sums[2], matrix_bytes);
  _tile_stored(3, sums[3], matrix_bytes);
  for (int i = 0; i < (next_panel > 0 ? 2 : 1); ++i) {
    finish_matrix(sums[i], weights, x, row, upper, p + i, epilogue, out, stride);
    finish_matrix(sums[2 + i], weights, x, row + upper, lower, p + i, epilogue, out, stride);
  }
}
#endif

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
#if GST_TRANSLATE_AMX
  if (x.narrow != nullptr && x.rows >= least_matrix_rows && x.inputs % matrix_bytes == 0) {
    for_blocks(x.rows, 2 * matrix_rows, [&](int row, int rows) {
      const int upper = rows > matrix_rows ? (rows + 1) / 2 : rows;
      const MatrixShapes shapes(upper, upper < rows ? rows - upper : upper);
      _tile_loadconfig(&shapes);
      for (int p = first; p < last; p += 2)
        multiply_matrices(weights, x, row, upper, rows - upper, p, last, epilogue, out, stride);
    });
    _tile_release();
    return;
  }
#endif
  if (weights.type == WeightType::Int8 && x.narrow != nullptr) {
    const int even = first + (last - first) / 2 * 2;
    multiply_by(narrow_pairs, 2, weights, x, first, even, epilogue, out, stride);
    multiply_by(narrow_tiles, 1, weights, x, even, last, epilogue, out, stride);
    return;
  }
  const Tile* tiles = weights.type == WeightType::Float32   ? float_tiles
                      : weights.type == WeightType::Float16 ? half_tiles
                                                            : wide_tiles;
  multiply_by(tiles, 1, weights, x, first, last, epilogue, out, stride);
}

/// Two accumulators for each half of the inputs, which do not wait for each other.
void multiply_nibbles(const uint8_t* data, uint8_t turned, const int8_t* x, int inputs, int panels,
                      int32_t* sums) {
  const auto half = static_cast<size_t>(inputs) / 2;
  const __m512i low_bits = _mm512_set1_epi8(15);
  const __m512i turn = _mm512_set1_epi8(static_cast<char>(turned));
  for (int p = 0; p < panels; ++p, sums += panel) {
    __m512i above[2], below[2];
    repeat<2>([&](size_t i) { above[i] = below[i] = _mm512_setzero_si512(); });
    const auto add_four = [&](size_t k, size_t i) {
      prefetch(data);
      const __m512i both = _mm512_xor_si512(_mm512_loadu_si512(data), turn);
      int32_t four = 0, next = 0;
      __builtin_memcpy(&four, x + k, sizeof four);
      __builtin_memcpy(&next, x + half + k, sizeof next);
      above[i] =
          _mm512_dpbusd_epi32(above[i], _mm512_and_si512(_mm512_srli_epi16(both, 4), low_bits),
                              _mm512_set1_epi32(four));
      below[i] =
          _mm512_dpbusd_epi32(below[i], _mm512_and_si512(both, low_bits), _mm512_set1_epi32(next));
      data += std::ptrdiff_t{4} * panel;
    };
    size_t k = 0;
    for (; k + 8 <= half; k += 8)
      repeat<2>([&](size_t i) { add_four(k + 4 * i, i); });
    if (k < half) add_four(k, 0);
    _mm512_storeu_si512(sums, _mm512_add_epi32(_mm512_add_epi32(above[0], above[1]),
                                               _mm512_add_epi32(below[0], below[1])));
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

#if GST_TRANSLATE_AMX
const Kernels amx_kernels = {
    "amx",
#else
const Kernels avx512_kernels = {
    "avx512",
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
