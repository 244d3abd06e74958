// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "gst-translate/model/data_type.h"
#include "gst-translate/model/mapped_file.h"

namespace gst_translate {

/// A tensor where it lies in its file: contiguous, little endian, perhaps unaligned.
struct TensorView {
  DataType type = DataType::Float32;
  std::vector<int64_t> shape;
  const std::byte* data = nullptr;
  size_t bytes = 0;
  size_t file = 0;  ///< which of `Weights::files`

  int64_t elements() const;
};

/// The tensors of a model folder, by their names in the state dict without the leading "model.".
/// Nothing is read before it is used. Thread-safe.
class Weights {
 public:
  /// Opens `model.safetensors`, else `pytorch_model.bin`, each whole or in the shards that its
  /// index names. Lengths and offsets are checked against the files. Throws `Error`.
  static Weights open(const std::string& folder);

  /// nullptr if there is no such tensor.
  const TensorView* find(const std::string& name) const;

  /// Throws `Error` (Corrupt) where it is missing or has another shape.
  const TensorView& get(const std::string& name, const std::vector<int64_t>& shape) const;

  /// Gives the pages of a part of a tensor back after it has been copied.
  void forget(const TensorView& tensor, const std::byte* part, size_t bytes) const;

  std::vector<std::string> names() const;

  /// Elements of all tensors, one stored twice counted twice.
  int64_t parameters() const;

  const std::vector<MappedFile>& files() const { return files_; }

 private:
  std::string folder_;
  std::vector<MappedFile> files_;
  std::unordered_map<std::string, TensorView> tensors_;
};

}  // namespace gst_translate
