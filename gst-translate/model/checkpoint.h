// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <unordered_map>

#include "gst-translate/model/mapped_file.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {

/// Adds the floating-point tensors of a `pytorch_model.bin`: a zip file of a pickled state dict and
/// its storages, as torch 1.6 and newer save it (torch/serialization.py, `_save`). Throws `Error`
/// (Corrupt) where a length, an offset or a shape does not fit the file.
void read_checkpoint(const MappedFile& file, size_t file_index,
                     std::unordered_map<std::string, TensorView>& tensors);

}  // namespace gst_translate
