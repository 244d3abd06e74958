// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "gst-translate/decode/gpu/runtime.h"

namespace gst_translate::gpu {

/// On the Apple GPU that libtorch drives through MPS: the kernels without tiles, compiled by Metal
/// when the first one is opened, in libtorch's stream. nullptr, and a warning with the compiler's
/// words, where that fails.
std::unique_ptr<Runtime> open_metal_runtime(const at::Device& device);

}  // namespace gst_translate::gpu
