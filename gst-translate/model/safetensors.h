// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <unordered_map>

#include "gst-translate/model/mapped_file.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {

/// Adds the floating-point tensors of a safetensors file: u64 length of the header, JSON header,
/// data (huggingface/safetensors, README.md, "Format"). Throws `Error` (Corrupt) where a length, an
/// offset or a shape does not fit the file.
void read_safetensors(const MappedFile& file, size_t file_index,
                      std::unordered_map<std::string, TensorView>& tensors);

}  // namespace gst_translate
