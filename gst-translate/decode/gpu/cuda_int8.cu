// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/cuda_launcher.h"

namespace gst_translate::gpu {

/// Matrices in int8, activations in bfloat16.
void launch_int8(CudaLauncher& launch, const DecoderPass& pass) {
  launch_pass<Bfloat16, int8_t>(launch, pass);
}

}  // namespace gst_translate::gpu
