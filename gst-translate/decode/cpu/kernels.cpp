// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/kernels.h"

#include <cstdlib>
#include <cstring>

namespace gst_translate::cpu {

const Kernels& best_kernels() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while a model loads
  const char* allowed = std::getenv("ATEN_CPU_CAPABILITY");
  const auto hides = [allowed](const char* capability) {
    return allowed != nullptr && std::strcmp(allowed, capability) == 0;
  };
  if (hides("default")) return portable_kernels;
#if defined(__x86_64__)
  if (!hides("avx2") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni"))
    return avx512_kernels;
  // All that have AVX2 have F16C, which older compilers cannot ask for.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2_kernels;
#endif
  return portable_kernels;
}

}  // namespace gst_translate::cpu
