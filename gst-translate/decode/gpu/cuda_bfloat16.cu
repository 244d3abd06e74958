// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/cuda_launcher.h"

namespace gst_translate::gpu {

void launch_bfloat16(CudaLauncher& launch, const DecoderPass& pass) {
  launch_pass<Bfloat16>(launch, pass);
}

void launch_bfloat16(CudaLauncher& launch, const EncoderPass& pass) {
  launch_pass<Bfloat16>(launch, pass);
}

}  // namespace gst_translate::gpu
