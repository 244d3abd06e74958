// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <ATen/ATen.h>

#include <string>

namespace gst_translate::torch_backend {

/// The device of a name: auto, cpu, cuda, cuda:N, mps. Throws `Error` Unavailable
/// where libtorch or the machine has no such device.
at::Device choose_device(const std::string& name);

/// The precision of a name on a device: auto, float32, float16, bfloat16; int8: that of the
/// activations. Throws `Error` Unavailable.
at::ScalarType choose_precision(const std::string& name, const at::Device& device);

std::string name_of(const at::Device& device);
std::string name_of(at::ScalarType precision);

}  // namespace gst_translate::torch_backend
