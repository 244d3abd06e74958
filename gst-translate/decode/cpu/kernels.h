// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>

// The inner loops, compiled once for each kind of processor. Plain data and plain functions: a file
// that is compiled for AVX-512 must not bring inline functions of the library along, which the
// linker might then pick for everybody.

namespace gst_translate::cpu {

/// How a packed matrix holds its weights.
enum class WeightType { Int8, Float16, Float32 };

/// Bytes of one packed weight.
constexpr size_t element_size(WeightType type) {
  return type == WeightType::Int8 ? 1 : type == WeightType::Float16 ? 2 : 4;
}

/// Outputs that lie together in a packed matrix.
constexpr int panel = 16;

/// A weight matrix [outputs, inputs] as the kernels read it, once, from front to back:
/// int8: [outputs / 16][inputs / 4][16][4], float: [outputs / 16][inputs][16], both padded with
/// zeros. One row of it has its own scale.
struct PackedWeights {
  WeightType type = WeightType::Float32;
  int outputs = 0, inputs = 0;
  const void* data = nullptr;
  const float* scale = nullptr;  ///< int8: [outputs, padded], what one step of a weight is worth
  const int32_t* sum = nullptr;  ///< int8: [outputs, padded], the sum of a row's weights
  const float* bias = nullptr;   ///< [outputs, padded], or null
};

/// Four neighbours of a row of 8 bits, in steps.
struct Four {
  int32_t first = 0;  ///< the input that the first of them belongs to
  int8_t steps[4] = {};
};

/// What was taken out of a row of 8 bits so that no product of it saturates; see
/// `Kernels::take_excess`.
struct Excess {
  const Four* fours = nullptr;
  int count = 0;
  int32_t sum = 0;  ///< of the steps of the whole row
};

/// Rows of numbers that a packed matrix is multiplied with. int8 weights want them as integers:
/// 16 bits of which 12 are used (nothing is lost that a weight of 8 bits could tell), or 8 bits
/// where the processor multiplies those faster and there is more than one row.
struct Activations {
  int rows = 0, inputs = 0;         ///< inputs padded to a multiple of 4
  const float* values = nullptr;    ///< [rows, inputs]
  const int16_t* wide = nullptr;    ///< [rows, inputs], or null
  const uint8_t* narrow = nullptr;  ///< [rows, inputs], `Kernels::narrow_zero` is zero, or null
  const Excess* excess = nullptr;   ///< [rows], of `narrow`, where the kernels take any out
  const float* scale = nullptr;     ///< [rows], what one step is worth
};

/// Rows whose largest number is no larger count as zeros when they are rounded to integers: the
/// factor that they would be scaled by is no finite number.
constexpr float least_scaled = 1e-34F;

/// Adding and taking away 1.5 * 2^23 rounds to the nearest whole number, ties to even; in between,
/// the number's lowest bits are that whole number.
constexpr float rounding = 12582912.0F;

/// What happens to a product before it is stored.
enum class Epilogue { Store, Relu, Add };

/// Where one head of one row attends to: keys and values of `length` positions, each [size].
struct AttentionRow {
  const float* query = nullptr;
  const float* const* keys = nullptr;    ///< [length], the row's whole width
  const float* const* values = nullptr;  ///< [length]
  int length = 0;
};

/// A row of weights in 8 bits.
struct RoundedRow {
  float scale = 0;            ///< what one step is worth
  int32_t sum = 0;            ///< of its steps
  float error = 0, norm = 0;  ///< how far it is from what it was, and how long, as Euclidean norms
  float residual = 0;  ///< how far it is from the middles of what its upper 4 bits leave open
};

/// What a sum over the upper bits of a row of weights says of its product: that is
/// (sum * 32 - middle) * step * the row's scale + share * its product with a mean, to within norm *
/// its residual.
struct UpperProducts {
  int32_t middle = 0;
  float step = 0, share = 0, norm = 0;
};

struct Kernels {
  const char* name;
  /// The steps that 8-bit activations have to each side of zero; 0 where they are no faster than
  /// 16-bit ones.
  int narrow_steps;
  uint8_t narrow_zero;  ///< the 8 bits that stand for zero

  /// out[r][p * 16 ...] for the panels `first` to `last` of all rows; `stride` numbers a row.
  void (*multiply)(const PackedWeights& weights, const Activations& x, int first, int last,
                   Epilogue epilogue, float* out, size_t stride);

  /// The largest size among the numbers, 0 for none.
  float (*largest)(const float* x, int count);
  /// Rounds x * factor to integers of 16 bits, or to 8 bits with `narrow_zero` added.
  void (*quantize_wide)(const float* x, int count, float factor, int16_t* out);
  void (*quantize_narrow)(const float* x, int count, float factor, uint8_t* out);
  /// Null where products of 8 bits never saturate. Else takes as much out of a row of 8 bits as is
  /// needed for that, and writes it to `fours`, which has room for count / 4.
  Excess (*take_excess)(uint8_t* row, int count, Four* fours);

  /// Rounds a row of weights to 8 bits by its largest one, and writes each four of them 4 * panel
  /// bytes behind those before. `count` is a multiple of 4.
  RoundedRow (*pack_int8)(const float* row, int count, int8_t* to);

  /// Of `count` bytes of `first` and of `second`, the upper four bits of both to `upper`, the lower
  /// ones to `lower`, those of `first` above those of `second`. Undoes itself.
  void (*transpose_nibbles)(const uint8_t* first, const uint8_t* second, int count, uint8_t* upper,
                            uint8_t* lower);
  /// Sums of products of four bits of weights, with `turned` turned, as numbers from 0 to 15, with
  /// one row of 8 bits: [panels * 16]. The bits: [panels][inputs / 8][16][4] of two inputs a byte,
  /// above those of the first half of the inputs, which are a multiple of 8.
  void (*multiply_nibbles)(const uint8_t* nibbles, uint8_t turned, const int8_t* x, int inputs,
                           int panels, int32_t* sums);
  /// The most that a product of each of `panels` panels can be, by sums over upper bits.
  void (*bound_products)(const int32_t* sums, int panels, const float* scale, const float* residual,
                         const float* mean_product, const UpperProducts& products, float* most);

  /// (x - mean) / sqrt(variance + 1e-5) * weight + bias
  void (*layer_norm)(const float* x, int width, const float* weight, const float* bias, float* out);

  /// Softmax(query * keys * scale) * values of one head: `offset` and `size` say where it lies in
  /// the keys' width; `scores` has room for `length` numbers.
  void (*attend)(const AttentionRow& row, int offset, int size, float scale, float* scores,
                 float* out);

  /// The sum of exp(x - shift).
  float (*sum_of_exponentials)(const float* x, int count, float shift);
  /// The largest number.
  float (*maximum)(const float* x, int count);
  /// Writes down the places of the numbers that are `least` or more; returns how many.
  int (*find_above)(const float* x, int count, float least, int32_t* places);
  /// The sum of products.
  float (*dot)(const float* a, const float* b, int count);

  /// Numbers of 16 bits to float32, at any address, and back, rounded to the nearest.
  void (*from_float16)(const void* from, int count, float* to);
  void (*from_bfloat16)(const void* from, int count, float* to);
  void (*to_float16)(const float* from, int count, uint16_t* to);
};

extern const Kernels portable_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels;
extern const Kernels
    znver1_kernels;  ///< AVX2, for AMD's first Zen, which multiplies 128 bits at once
extern const Kernels avxvnni_kernels;  ///< AVX2, and its products of 8 bits of later processors
extern const Kernels avx512_kernels;
extern const Kernels amx_kernels;  ///< AVX-512 with products of matrices of 8 bits
#elif defined(__aarch64__)
extern const Kernels neon_kernels;
extern const Kernels dotprod_kernels;  ///< NEON with dot products of 8 bits
extern const Kernels i8mm_kernels;     ///< and with products of small matrices of 8 bits
#endif

}  // namespace gst_translate::cpu
