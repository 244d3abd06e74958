// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>

namespace gst_translate::gpu {

/// How many blocks a kernel has, and what each of them has.
struct Grid {
  int x = 1, y = 1;
  int threads = 1;          ///< a multiple of 32
  size_t shared_bytes = 0;  ///< of memory that its threads share
  int cluster = 1;          ///< blocks of a row that run together
};

}  // namespace gst_translate::gpu
