// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/kernels.h"

namespace gst_translate::cpu {
namespace {

constexpr int vector_width = 4;
constexpr int narrow_steps = 0, narrow_zero = 128;
#include "gst-translate/decode/cpu/elementwise.h"

void multiply_int8(const PackedWeights& weights, const Activations& x, int row, int p,
                   Epilogue epilogue, float* out) {
  const auto* data = static_cast<const int8_t*>(weights.data) +
                     static_cast<size_t>(p) * panel * static_cast<size_t>(x.inputs);
  const int16_t* a = x.wide + static_cast<size_t>(row) * static_cast<size_t>(x.inputs);
  int32_t sums[panel] = {};
  for (int k = 0; k < x.inputs; k += 4, data += std::ptrdiff_t{4} * panel)
    for (size_t i = 0; i < panel; ++i)
      sums[i] += data[4 * i] * a[k] + data[4 * i + 1] * a[k + 1] + data[4 * i + 2] * a[k + 2] +
                 data[4 * i + 3] * a[k + 3];
  float products[panel];
  for (int i = 0; i < panel; ++i)
    products[i] = static_cast<float>(sums[i]) * weights.scale[p * panel + i] * x.scale[row];
  store(products, weights, p * panel, epilogue, out);
}

void multiply_float(const PackedWeights& weights, const Activations& x, int row, int p,
                    Epilogue epilogue, float* out) {
  const size_t begin = static_cast<size_t>(p) * panel * static_cast<size_t>(weights.inputs);
  const float* a = x.values + static_cast<size_t>(row) * static_cast<size_t>(x.inputs);
  float products[panel] = {};
  if (weights.type == WeightType::Float32) {
    const float* data = static_cast<const float*>(weights.data) + begin;
    for (int k = 0; k < weights.inputs; ++k, data += panel)
      for (int i = 0; i < panel; ++i)
        products[i] += data[i] * a[k];
  } else {
    const auto* data = static_cast<const uint16_t*>(weights.data) + begin;
    for (int k = 0; k < weights.inputs; ++k, data += panel)
      for (int i = 0; i < panel; ++i)
        products[i] += half_to_float(data[i]) * a[k];
  }
  store(products, weights, p * panel, epilogue, out);
}

void multiply_nibbles(const uint8_t* data, uint8_t turned, const int8_t* x, int inputs, int panels,
                      int32_t* sums) {
  const int half = inputs / 2;
  for (int p = 0; p < panels; ++p, sums += panel) {
    std::ptrdiff_t place = 0;
    int32_t products[panel] = {};
    for (int k = 0; k < half; k += 4)
      for (int i = 0; i < panel; ++i)
        for (int input = k; input < k + 4; ++input, ++place) {
          const auto both = static_cast<uint8_t>(data[place] ^ turned);
          products[i] += (both >> 4) * x[input] + (both & 15) * x[half + input];
        }
    data += place;
    __builtin_memcpy(sums, products, sizeof products);
  }
}

void multiply(const PackedWeights& weights, const Activations& x, int first, int last,
              Epilogue epilogue, float* out, size_t stride) {
  for (int p = first; p < last; ++p)
    for (int row = 0; row < x.rows; ++row) {
      float* target = out + static_cast<size_t>(row) * stride;
      if (weights.type == WeightType::Int8)
        multiply_int8(weights, x, row, p, epilogue, target);
      else
        multiply_float(weights, x, row, p, epilogue, target);
    }
}

void from_float16(const void* from, int count, float* to) {
  const char* bytes = static_cast<const char*>(from);
  for (int i = 0; i < count; ++i) {
    uint16_t half = 0;
    __builtin_memcpy(&half, bytes + std::ptrdiff_t{2} * i, sizeof half);
    to[i] = half_to_float(half);
  }
}

void to_float16(const float* from, int count, uint16_t* to) {
  for (int i = 0; i < count; ++i) {
    uint32_t bits = 0;
    __builtin_memcpy(&bits, from + i, sizeof bits);
    const uint32_t sign = bits >> 16 & 0x8000;
    const float size = __builtin_fabsf(from[i]);
    if (__builtin_isnan(size)) {
      to[i] = static_cast<uint16_t>(sign | 0x7e00);
    } else if (size >= 65520.0F) {
      to[i] = static_cast<uint16_t>(sign | 0x7c00);
    } else if (size < 6.103515625e-5F) {  // below the smallest normal number: in units of 2^-24
      to[i] = static_cast<uint16_t>(
          sign | static_cast<uint32_t>((size * 16777216.0F + rounding) - rounding));
    } else {
      const uint32_t rounded = bits + 0xfff + (bits >> 13 & 1);
      to[i] = static_cast<uint16_t>(sign | (((rounded & 0x7fffffff) - (112U << 23)) >> 13));
    }
  }
}

}  // namespace

const Kernels portable_kernels = {
    "portable",       narrow_steps,    narrow_zero, multiply,     largest,
    quantize_wide,    quantize_narrow, nullptr,     pack_int8,    transpose_nibbles,
    multiply_nibbles, bound_products,  layer_norm,  attend,       sum_of_exponentials,
    maximum,          find_above,      dot,         from_float16, from_bfloat16,
    to_float16,
};

}  // namespace gst_translate::cpu
