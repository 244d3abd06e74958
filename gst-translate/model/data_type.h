// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string>

namespace gst_translate {

/// How numbers lie in a file.
enum class DataType { Float32, Float16, BFloat16 };

constexpr size_t bytes_of(DataType type) {
  return type == DataType::Float32 ? 4 : 2;
}

/// "float32", "float16", "bfloat16". The second throws `Error` (Settings) for another name.
const char* name_of(DataType type);
DataType parse_data_type(const std::string& name);

/// `count` numbers in another type, rounded to the nearest, ties to even.
void convert(const std::byte* from, DataType from_type, std::byte* to, DataType to_type,
             size_t count);

}  // namespace gst_translate
