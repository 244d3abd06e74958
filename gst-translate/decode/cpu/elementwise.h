// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What all kernels have in common, in plain loops that the compiler turns into the vectors of the
// processor that the including file is compiled for. Included inside an unnamed namespace.

// NOLINT(llvm-header-guard): each kernel file includes it once

/// exp(x) for x <= 0 and a little above, to 1e-7: Cody and Waite's reduction, a polynomial of
/// degree 6 (the coefficients are those of the series, rounded for the interval).
inline float exponential(float x) {
  x = x < -87.0F ? -87.0F : x;
  const float rounded = __builtin_floorf(x * 1.44269504F + 0.5F);
  const float rest = (x - rounded * 0.693359375F) + rounded * 2.12194440e-4F;
  float sum = 1.9875691500e-4F;
  sum = sum * rest + 1.3981999507e-3F;
  sum = sum * rest + 8.3334519073e-3F;
  sum = sum * rest + 4.1665795894e-2F;
  sum = sum * rest + 1.6666665459e-1F;
  sum = sum * rest + 5.0000001201e-1F;
  sum = sum * rest * rest + rest + 1.0F;
  union {
    int32_t bits;
    float value;
  } power;
  power.bits = (static_cast<int32_t>(rounded) + 127) << 23;
  return sum * power.value;
}

// Sums run in several lanes, so that the compiler may use vectors without being allowed to
// reorder a sum.
constexpr int lanes = 16;

inline float sum_of_lanes(const float* lane) {
  float sum = 0;
  for (int i = 0; i < lanes; ++i)
    sum += lane[i];
  return sum;
}

float dot(const float* a, const float* b, int count) {
  float lane[lanes] = {};
  int i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int l = 0; l < lanes; ++l)
      lane[l] += a[i + l] * b[i + l];
  float sum = sum_of_lanes(lane);
  for (; i < count; ++i)
    sum += a[i] * b[i];
  return sum;
}

float largest(const float* x, int count) {
  float lane[lanes] = {};
  int i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int l = 0; l < lanes; ++l) {
      const float size = __builtin_fabsf(x[i + l]);
      lane[l] = size > lane[l] ? size : lane[l];
    }
  float most = 0;
  for (int l = 0; l < lanes; ++l)
    most = lane[l] > most ? lane[l] : most;
  for (; i < count; ++i)
    most = __builtin_fabsf(x[i]) > most ? __builtin_fabsf(x[i]) : most;
  return most;
}

// Adding and taking away 1.5 * 2^23 rounds to the nearest whole number, ties to even.
constexpr float rounding = 12582912.0F;

void quantize_wide(const float* x, int count, float factor, int16_t* out) {
  for (int i = 0; i < count; ++i)
    out[i] = static_cast<int16_t>(static_cast<int32_t>((x[i] * factor + rounding) - rounding));
}

void quantize_narrow(const float* x, int count, float factor, uint8_t* out) {
  for (int i = 0; i < count; ++i)
    out[i] =
        static_cast<uint8_t>(static_cast<int32_t>((x[i] * factor + rounding) - rounding) + 128);
}

void layer_norm(const float* x, int width, const float* weight, const float* bias, float* out) {
  float lane[lanes] = {};
  int i = 0;
  for (; i + lanes <= width; i += lanes)
    for (int l = 0; l < lanes; ++l)
      lane[l] += x[i + l];
  float sum = sum_of_lanes(lane);
  for (; i < width; ++i)
    sum += x[i];
  const float mean = sum / static_cast<float>(width);

  float square[lanes] = {};
  i = 0;
  for (; i + lanes <= width; i += lanes)
    for (int l = 0; l < lanes; ++l)
      square[l] += (x[i + l] - mean) * (x[i + l] - mean);
  float squares = sum_of_lanes(square);
  for (; i < width; ++i)
    squares += (x[i] - mean) * (x[i] - mean);
  const float factor = 1.0F / __builtin_sqrtf(squares / static_cast<float>(width) + 1e-5F);
  for (i = 0; i < width; ++i)
    out[i] = (x[i] - mean) * factor * weight[i] + bias[i];
}

void attend(const AttentionRow& row, int offset, int size, float scale, float* scores, float* out) {
  float most = -1e30F;
  for (int t = 0; t < row.length; ++t) {
    scores[t] = dot(row.query + offset, row.keys[t] + offset, size) * scale;
    most = scores[t] > most ? scores[t] : most;
  }
  float sum = 0;
  for (int t = 0; t < row.length; ++t)
    scores[t] = exponential(scores[t] - most);
  for (int t = 0; t < row.length; ++t)
    sum += scores[t];
  for (int i = 0; i < size; ++i)
    out[offset + i] = 0;
  for (int t = 0; t < row.length; ++t) {
    const float share = scores[t] / sum;
    const float* value = row.values[t] + offset;
    for (int i = 0; i < size; ++i)
      out[offset + i] += share * value[i];
  }
}

float sum_of_exponentials(const float* x, int count, float shift) {
  float lane[lanes] = {};
  int i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int l = 0; l < lanes; ++l)
      lane[l] += exponential(x[i + l] - shift);
  float sum = sum_of_lanes(lane);
  for (; i < count; ++i)
    sum += exponential(x[i] - shift);
  return sum;
}

float find_largest(const float* x, int count, int* place) {
  float lane[lanes];
  for (int l = 0; l < lanes; ++l)
    lane[l] = -3e38F;
  int i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int l = 0; l < lanes; ++l)
      lane[l] = x[i + l] > lane[l] ? x[i + l] : lane[l];
  float most = -3e38F;
  for (int l = 0; l < lanes; ++l)
    most = lane[l] > most ? lane[l] : most;
  for (; i < count; ++i)
    most = x[i] > most ? x[i] : most;
  for (i = 0; i < count && x[i] != most;)
    ++i;
  *place = i < count ? i : 0;
  return most;
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

void from_bfloat16(const void* from, int count, float* to) {
  const char* bytes = static_cast<const char*>(from);
  for (int i = 0; i < count; ++i) {
    uint16_t half = 0;
    __builtin_memcpy(&half, bytes + 2 * i, sizeof half);
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
