// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gst_translate {

/// A tensor as a state dict describes it: a part of a storage.
struct PickledTensor {
  std::string storage_type;  ///< "FloatStorage", "HalfStorage", ...
  std::string storage;       ///< the name of its entry in the checkpoint
  int64_t offset = 0;        ///< elements
  std::vector<int64_t> shape, stride;
};

/// Reads a pickled state dict. Understands only what state dicts use, knows tensors, storages and
/// ordered dicts by their names, calls nothing and refuses every other global: a file cannot run
/// anything. `name` stands for the file in error messages. Throws `Error` (Corrupt).
/// The opcodes: CPython, Lib/pickletools.py; what torch.save writes: torch/serialization.py.
std::unordered_map<std::string, PickledTensor> read_state_dict(std::string_view pickle,
                                                               const std::string& name);

}  // namespace gst_translate
