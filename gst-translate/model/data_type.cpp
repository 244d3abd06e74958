// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/data_type.h"

#include <cmath>
#include <cstdint>
#include <cstring>

#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

uint32_t bits_of(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

float float_of(uint32_t bits) {
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

float from_bfloat16(uint16_t half) {
  return float_of(static_cast<uint32_t>(half) << 16);
}

uint16_t to_bfloat16(float value) {
  const uint32_t bits = bits_of(value);
  if (std::isnan(value)) return static_cast<uint16_t>(bits >> 16 | 0x40);
  return static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

float from_float16(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t exponent = half >> 10 & 0x1f;
  const uint32_t mantissa = half & 0x3ff;
  if (exponent == 0) {
    const float value = std::ldexp(static_cast<float>(mantissa), -24);
    return sign != 0 ? -value : value;
  }
  const uint32_t wide = exponent == 0x1f ? 0xff : exponent + 112;
  return float_of(sign | wide << 23 | mantissa << 13);
}

uint16_t to_float16(float value) {
  const uint32_t bits = bits_of(value);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  const float size = std::fabs(value);
  if (std::isnan(value)) return static_cast<uint16_t>(sign | 0x7e00);
  if (size >= 65520) return static_cast<uint16_t>(sign | 0x7c00);
  if (size < 6.103515625e-5F)  // below the smallest normal number: a multiple of 2^-24
    return static_cast<uint16_t>(sign |
                                 static_cast<uint16_t>(std::nearbyint(std::ldexp(size, 24))));
  const uint32_t rounded = bits + 0xfff + (bits >> 13 & 1);
  return static_cast<uint16_t>(sign | ((rounded & 0x7fffffff) - (112U << 23)) >> 13);
}

float read(const std::byte* from, DataType type) {
  if (type == DataType::Float32) {
    float value = 0;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  uint16_t half = 0;
  std::memcpy(&half, from, sizeof half);
  return type == DataType::Float16 ? from_float16(half) : from_bfloat16(half);
}

void write(std::byte* to, DataType type, float value) {
  if (type == DataType::Float32) {
    std::memcpy(to, &value, sizeof value);
    return;
  }
  const uint16_t half = type == DataType::Float16 ? to_float16(value) : to_bfloat16(value);
  std::memcpy(to, &half, sizeof half);
}

}  // namespace

const char* name_of(DataType type) {
  switch (type) {
    case DataType::Float16:
      return "float16";
    case DataType::BFloat16:
      return "bfloat16";
    case DataType::Float32:
      break;
  }
  return "float32";
}

DataType parse_data_type(const std::string& name) {
  for (const DataType type : {DataType::Float32, DataType::Float16, DataType::BFloat16})
    if (name == name_of(type)) return type;
  throw Error(Error::Kind::Settings,
              "\"" + name + "\" is no precision: it is one of float32, float16, bfloat16.");
}

void convert(const std::byte* from, DataType from_type, std::byte* to, DataType to_type,
             size_t count) {
  if (from_type == to_type) {
    std::memcpy(to, from, count * bytes_of(from_type));
    return;
  }
  for (size_t i = 0; i < count; ++i)
    write(to + i * bytes_of(to_type), to_type, read(from + i * bytes_of(from_type), from_type));
}

}  // namespace gst_translate
