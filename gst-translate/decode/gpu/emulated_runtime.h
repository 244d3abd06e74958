// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>

#include "gst-translate/decode/gpu/emulated_thread.h"
#include "gst-translate/decode/gpu/runtime.h"

namespace gst_translate::gpu {

/// Runs every kernel on the processor, line by line, in the memory of the host: for tests.
std::unique_ptr<Runtime> open_emulated_runtime(Order order);

}  // namespace gst_translate::gpu
