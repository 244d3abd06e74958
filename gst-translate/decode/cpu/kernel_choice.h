// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <vector>

#include "gst-translate/decode/cpu/kernels.h"

namespace gst_translate::cpu {

/// All kernels that this processor can run, the fastest last.
std::vector<const Kernels*> available_kernels();

/// The fastest ones. The environment variable ATEN_CPU_CAPABILITY (default, avx2, avx512) hides
/// those behind the ones that it names, as it does for libtorch; here it may also name those that
/// libtorch does not know (znver1, avxvnni, amx).
const Kernels& best_kernels();

}  // namespace gst_translate::cpu
