// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What all kernels have in common, over vectors of the width of the processor that the including
// file is compiled for: `vector_width` floats. Included inside an unnamed namespace.

// NOLINT(llvm-header-guard): each kernel file includes it once

/// For who calls `repeat`: what is not inlined keeps its registers in memory.
#define FLATTEN __attribute__((flatten))

/// f(0), ... f(Count - 1), written out. What is counted so are registers: gcc 12 keeps an array
/// that a loop goes over in memory, or copies each of its vectors twice a turn (`narrow_tile<8, 2>`
/// of AVX-512: 66 instructions a turn, 32 without; 8 rows and more 1.4 times as fast).
template <size_t Count, typename Function>
inline void repeat(const Function& f) {
  if constexpr (Count > 0) {
    repeat<Count - 1>(f);
    f(Count - 1);
  }
}

using Floats = float __attribute__((vector_size(vector_width * sizeof(float))));
using Integers = int32_t __attribute__((vector_size(vector_width * sizeof(int32_t))));

/// Goes over rows in blocks of as equal heights as can be, none above `tallest`: a block of one or
/// two rows takes as long as one of many.
template <typename Function>
inline void for_blocks(int rows, int tallest, const Function& f) {
  for (int row = 0, left = (rows + tallest - 1) / tallest; left > 0; --left) {
    const int height = (rows - row + left - 1) / left;
    f(row, height);
    row += height;
  }
}

inline Floats load(const float* from) {
  Floats values;
  __builtin_memcpy(&values, from, sizeof values);
  return values;
}
inline void store(Floats values, float* to) {
  __builtin_memcpy(to, &values, sizeof values);
}
inline Floats all(float value) {
  return value - Floats{};
}
inline Floats larger(Floats a, Floats b) {
  return a > b ? a : b;
}
inline Floats size_of(Floats x) {
  return reinterpret_cast<Floats>(reinterpret_cast<Integers>(x) & 0x7fffffff);
}

/// Adds up a vector, half by half.
inline float sum(Floats values) {
#if defined(__AVX512F__)
  return _mm512_reduce_add_ps(values);  // in registers, which the loop is not
#else
  float each[vector_width];
  store(values, each);
  for (int half = vector_width / 2; half > 0; half /= 2)
    for (int i = 0; i < half; ++i)
      each[i] += each[i + half];
  return each[0];
#endif
}

/// What is added up has 16 lanes, in as many vectors as it takes, so that processors with and
/// without AVX-512 find the same sums, and the same translations.
constexpr int lanes = 16;
constexpr size_t lane_vectors = lanes / vector_width;
struct Lanes {
  Floats vectors[lane_vectors] = {};

  /// f(vector, place) of each, which begins at this place of the lanes.
  template <typename Function>
  void for_each(const Function& f) {
    repeat<lane_vectors>([&](size_t i) { f(vectors[i], static_cast<int>(i) * vector_width); });
  }
};

/// Half by half, as if it were one vector.
template <size_t Count>
inline float sum_of(Floats* vectors) {
  if constexpr (Count == 1) {
    return sum(vectors[0]);
  } else {
    repeat<Count / 2>([&](size_t i) { vectors[i] += vectors[i + Count / 2]; });
    return sum_of<Count / 2>(vectors);
  }
}
inline float sum(Lanes values) {
  return sum_of<lane_vectors>(values.vectors);
}

inline float largest_of(Floats values) {
#if defined(__AVX512F__)
  return _mm512_reduce_max_ps(values);
#else
  float each[vector_width];
  store(values, each);
  for (int half = vector_width / 2; half > 0; half /= 2)
    for (int i = 0; i < half; ++i)
      each[i] = each[i] > each[i + half] ? each[i] : each[i + half];
  return each[0];
#endif
}

/// A bit for each number that is `least` or more.
inline uint32_t mask_above(Floats values, float least) {
#if defined(__AVX512F__)
  return _mm512_cmp_ps_mask(values, _mm512_set1_ps(least), _CMP_GE_OQ);
#elif defined(__AVX2__)
  return static_cast<uint32_t>(
      _mm256_movemask_ps(_mm256_cmp_ps(values, _mm256_set1_ps(least), _CMP_GE_OQ)));
#else
  uint32_t mask = 0;
  for (int i = 0; i < vector_width; ++i)
    mask |= static_cast<uint32_t>(values[i] >= least) << i;
  return mask;
#endif
}

/// exp(x) for x <= 0 and a little above, to 1e-7: Cody and Waite's reduction, a polynomial of
/// degree 6 (the coefficients are those of the series, rounded for the interval).
inline Floats exponential(Floats x) {
  x = larger(x, all(-87.0F));
  const Floats rounded = x * 1.44269504F + rounding;
  const Floats whole = rounded - rounding;
  const Floats rest = (x - whole * 0.693359375F) + whole * 2.12194440e-4F;
  Floats value = rest * 1.9875691500e-4F + 1.3981999507e-3F;
  value = value * rest + 8.3334519073e-3F;
  value = value * rest + 4.1665795894e-2F;
  value = value * rest + 1.6666665459e-1F;
  value = value * rest + 5.0000001201e-1F;
  value = value * rest * rest + rest + 1.0F;
  const Integers power = (reinterpret_cast<Integers>(rounded) + 127) << 23;
  return value * reinterpret_cast<Floats>(power);
}

float dot(const float* a, const float* b, int count) {
  // Two sums that do not wait for each other.
  Lanes even, odd;
  int i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    even.for_each([&](Floats& sums, int k) { sums += load(a + i + k) * load(b + i + k); });
    odd.for_each(
        [&](Floats& sums, int k) { sums += load(a + i + lanes + k) * load(b + i + lanes + k); });
  }
  repeat<lane_vectors>([&](size_t k) { even.vectors[k] += odd.vectors[k]; });
  float total = sum(even);
  for (; i < count; ++i)
    total += a[i] * b[i];
  return total;
}

float largest(const float* x, int count) {
  Floats vector{};
  int i = 0;
  for (; i + vector_width <= count; i += vector_width)
    vector = larger(vector, size_of(load(x + i)));
  float most = largest_of(vector);
  for (; i < count; ++i)
    most = __builtin_fabsf(x[i]) > most ? __builtin_fabsf(x[i]) : most;
  return most;
}

void quantize_wide(const float* x, int count, float factor, int16_t* out) {
  for (int i = 0; i < count; ++i)
    out[i] = static_cast<int16_t>(static_cast<int32_t>((x[i] * factor + rounding) - rounding));
}

void quantize_narrow(const float* x, int count, float factor, uint8_t* out) {
  for (int i = 0; i < count; ++i)
    out[i] = static_cast<uint8_t>(static_cast<int32_t>((x[i] * factor + rounding) - rounding) +
                                  narrow_zero);
}

/// The middle of the 16 numbers that a whole number shares its upper bits with.
template <typename Numbers>
inline Numbers middle_of(Numbers whole) {
  return (((whole - 7.5F) * 0.0625F + rounding) - rounding) * 16.0F + 7.5F;
}

RoundedRow pack_int8(const float* row, int count, int8_t* to) {
  constexpr float most_steps = 127;
  const float most = largest(row, count);
  const float factor = most > least_scaled ? most_steps / most : 0;
  RoundedRow result;
  result.scale = most / most_steps;
  int8_t steps[vector_width];
  const auto write = [&](int first, int number) {
    for (int i = 0; i < number; i += 4)
      __builtin_memcpy(to + std::ptrdiff_t{panel} * (first + i), steps + i, 4);
  };
  Floats errors{}, squares{}, residuals{};
  Integers sums{};
  int i = 0;
  for (; i + vector_width <= count; i += vector_width) {
    const Floats weights = load(row + i);
    const Floats whole = (weights * factor + rounding) - rounding;
    const Floats error = weights - whole * result.scale;
    errors += error * error;
    squares += whole * whole;
    const Floats residual = whole - middle_of(whole);
    residuals += residual * residual;
    const Integers integers = __builtin_convertvector(whole, Integers);
    sums += integers;
    using Bytes = int8_t __attribute__((vector_size(vector_width)));
    const Bytes bytes = __builtin_convertvector(integers, Bytes);
    __builtin_memcpy(steps, &bytes, sizeof steps);
    write(i, vector_width);
  }
  float error = sum(errors), square = sum(squares), residual = sum(residuals);
  for (int lane = 0; lane < vector_width; ++lane)
    result.sum += sums[lane];
  const int rest = count - i;
  for (int k = 0; k < rest; ++k) {
    const float whole = (row[i + k] * factor + rounding) - rounding;
    const float each = row[i + k] - whole * result.scale;
    error += each * each;
    square += whole * whole;
    const float open = whole - middle_of(whole);
    residual += open * open;
    steps[k] = static_cast<int8_t>(whole);
    result.sum += steps[k];
  }
  write(i, rest);
  result.error = __builtin_sqrtf(error);
  result.norm = __builtin_sqrtf(square) * result.scale;
  result.residual = __builtin_sqrtf(residual) * result.scale;
  return result;
}

void transpose_nibbles(const uint8_t* from, const uint8_t* half, int count, uint8_t* upper,
                       uint8_t* lower) {
  constexpr int together = 4 * vector_width;
  using Pairs = uint16_t __attribute__((vector_size(together)));
  const auto go = [&](const uint8_t* a, const uint8_t* b, uint8_t* high, uint8_t* low) {
    Pairs x, y;
    __builtin_memcpy(&x, a, together);
    __builtin_memcpy(&y, b, together);
    const Pairs above = (x & 0xf0f0) | (y >> 4 & 0x0f0f), below = (x & 0x0f0f) << 4 | (y & 0x0f0f);
    __builtin_memcpy(high, &above, together);
    __builtin_memcpy(low, &below, together);
  };
  int i = 0;
  for (; i + together <= count; i += together)
    go(from + i, half + i, upper + i, lower + i);
  if (i == count) return;
  uint8_t rest[4][together] = {};
  __builtin_memcpy(rest[0], from + i, static_cast<size_t>(count - i));
  __builtin_memcpy(rest[1], half + i, static_cast<size_t>(count - i));
  go(rest[0], rest[1], rest[2], rest[3]);
  __builtin_memcpy(upper + i, rest[2], static_cast<size_t>(count - i));
  __builtin_memcpy(lower + i, rest[3], static_cast<size_t>(count - i));
}

void bound_products(const int32_t* sums, int panels, const float* scale, const float* residual,
                    const float* mean_product, const UpperProducts& products, float* most) {
  for (int p = 0; p < panels; ++p) {
    Floats largest = all(-3e38F);
    for (int end = (p + 1) * panel, i = p * panel; i < end; i += vector_width) {
      Integers sum;
      __builtin_memcpy(&sum, sums + i, sizeof sum);
      const Floats steps = __builtin_convertvector(sum * 32 - products.middle, Floats);
      largest = larger(largest, steps * (load(scale + i) * products.step) +
                                    load(mean_product + i) * products.share +
                                    load(residual + i) * products.norm);
    }
    most[p] = largest_of(largest);
  }
}

void layer_norm(const float* x, int width, const float* weight, const float* bias, float* out) {
  Lanes sums;
  int i = 0;
  for (; i + lanes <= width; i += lanes)
    sums.for_each([&](Floats& part, int k) { part += load(x + i + k); });
  float total = sum(sums);
  for (; i < width; ++i)
    total += x[i];
  const float mean = total / static_cast<float>(width);

  Lanes squares;
  for (i = 0; i + lanes <= width; i += lanes)
    squares.for_each(
        [&](Floats& part, int k) { part += (load(x + i + k) - mean) * (load(x + i + k) - mean); });
  total = sum(squares);
  for (; i < width; ++i)
    total += (x[i] - mean) * (x[i] - mean);
  const float factor = 1.0F / __builtin_sqrtf(total / static_cast<float>(width) + 1e-5F);
  for (i = 0; i < width; ++i)
    out[i] = (x[i] - mean) * factor * weight[i] + bias[i];
}

/// out = the sum of shares * values, `Vectors` vectors from `offset` on.
template <size_t Vectors>
inline void add_shares(const float* const* values, const float* shares, int length, int offset,
                       float* out) {
  Floats sums[Vectors] = {};
  for (int t = 0; t < length; ++t)
    for (size_t i = 0; i < Vectors; ++i)
      sums[i] += shares[t] * load(values[t] + offset + i * vector_width);
  for (size_t i = 0; i < Vectors; ++i)
    store(sums[i], out + offset + i * vector_width);
}

float sum_of_exponentials(const float* x, int count, float shift) {
  Lanes sums;
  int i = 0;
  for (; i + lanes <= count; i += lanes)
    sums.for_each([&](Floats& part, int k) { part += exponential(load(x + i + k) - shift); });
  float total = sum(sums);
  for (; i < count; ++i)
    total += exponential(all(x[i] - shift))[0];
  return total;
}

void attend(const AttentionRow& row, int offset, int size, float scale, float* scores, float* out) {
  float most = -1e30F;
  for (int t = 0; t < row.length; ++t) {
    scores[t] = dot(row.query + offset, row.keys[t] + offset, size) * scale;
    most = scores[t] > most ? scores[t] : most;
  }
  int t = 0;
  for (; t + vector_width <= row.length; t += vector_width)
    store(exponential(load(scores + t) - most), scores + t);
  for (; t < row.length; ++t)
    scores[t] = exponential(all(scores[t] - most))[0];
  float total = 0;
  for (t = 0; t < row.length; ++t)
    total += scores[t];
  for (t = 0; t < row.length; ++t)
    scores[t] /= total;
  constexpr int together = 4;
  int i = 0;
  for (; i + together * vector_width <= size; i += together * vector_width)
    add_shares<together>(row.values, scores, row.length, offset + i, out);
  for (; i + vector_width <= size; i += vector_width)
    add_shares<1>(row.values, scores, row.length, offset + i, out);
  for (; i < size; ++i) {
    out[offset + i] = 0;
    for (t = 0; t < row.length; ++t)
      out[offset + i] += scores[t] * row.values[t][offset + i];
  }
}

float maximum(const float* x, int count) {
  Floats vector = all(-3e38F);
  int i = 0;
  for (; i + vector_width <= count; i += vector_width)
    vector = larger(vector, load(x + i));
  float most = largest_of(vector);
  for (; i < count; ++i)
    most = x[i] > most ? x[i] : most;
  return most;
}

int find_above(const float* x, int count, float least, int32_t* places) {
  int found = 0;
  int i = 0;
  for (; i + vector_width <= count; i += vector_width)
    for (uint32_t mask = mask_above(load(x + i), least); mask != 0; mask &= mask - 1)
      places[found++] = i + __builtin_ctz(mask);
  for (; i < count; ++i)
    if (x[i] >= least) places[found++] = i;
  return found;
}

/// Half precision to single, for processors without an instruction for it.
inline float half_to_float(uint16_t half) {
  union {
    uint32_t bits;
    float value;
  } number;
  const uint32_t exponent = (half >> 10) & 0x1f;
  const uint32_t mantissa = half & 0x3ff;
  if (exponent == 0) {
    number.value = static_cast<float>(mantissa) * 5.9604644775390625e-8F;  // 2^-24
  } else {
    number.bits = (exponent == 0x1f ? 0x7f800000 : (exponent + 112) << 23) | mantissa << 13;
  }
  number.bits |= static_cast<uint32_t>(half & 0x8000) << 16;
  return number.value;
}

/// bfloat16 is the upper half of a float.
void from_bfloat16(const void* from, int count, float* to) {
  using Halves = uint16_t __attribute__((vector_size(vector_width * sizeof(uint16_t))));
  const auto* halves = static_cast<const char*>(from);
  int i = 0;
  for (; i + vector_width <= count; i += vector_width) {
    Halves vector;
    __builtin_memcpy(&vector, halves + std::ptrdiff_t{2} * i, sizeof vector);
    store(reinterpret_cast<Floats>(__builtin_convertvector(vector, Integers) << 16), to + i);
  }
  for (; i < count; ++i) {
    uint16_t half = 0;
    __builtin_memcpy(&half, halves + std::ptrdiff_t{2} * i, sizeof half);
    const uint32_t bits = static_cast<uint32_t>(half) << 16;
    __builtin_memcpy(to + i, &bits, sizeof bits);
  }
}

inline float finish(float value, const PackedWeights& weights, int output, Epilogue epilogue,
                    float old) {
  if (weights.bias != nullptr) value += weights.bias[output];
  if (epilogue == Epilogue::Relu) return value > 0 ? value : 0;
  return epilogue == Epilogue::Add ? old + value : value;
}

/// Stores the products of one row with one panel, as far as the matrix reaches.
inline void store(const float* products, const PackedWeights& weights, int output,
                  Epilogue epilogue, float* out) {
  const int count = weights.outputs - output < panel ? weights.outputs - output : panel;
  for (int i = 0; i < count; ++i)
    out[output + i] = finish(products[i], weights, output + i, epilogue, out[output + i]);
}
