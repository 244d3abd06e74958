// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/kernel_choice.h"

#if defined(__x86_64__)
#include <cpuid.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

#include <cstdlib>
#include <string_view>
#include <utility>

namespace gst_translate::cpu {
namespace {

#if defined(__x86_64__)
/// Leaf 7, subleaf 1, EAX bit 4: not every compiler that we support can ask for it by name.
bool has_avxvnni() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 4 & 1) != 0;
}

/// Leaf 7, EDX bits 24 and 25: AMX and its products of 8 bits. Its registers are so large that
/// Linux keeps them only for a process that has asked (ARCH_REQ_XCOMP_PERM for XTILEDATA:
/// linux:Documentation/arch/x86/xstate.rst).
bool has_amx() {
#if defined(__linux__)
  constexpr long request = 0x1023, tile_data = 18;
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d >> 24 & 3) == 3 &&
         syscall(SYS_arch_prctl, request, tile_data) == 0;
#else
  return false;
#endif
}
#elif defined(__aarch64__) && defined(__linux__)
// HWCAP_ASIMDDP and HWCAP2_I8MM, which older headers of the kernel lack.
bool has_dotprod() {
  return (getauxval(AT_HWCAP) >> 20 & 1) != 0;
}
bool has_i8mm() {
  return (getauxval(AT_HWCAP2) >> 13 & 1) != 0;
}
#elif defined(__aarch64__) && defined(__APPLE__)
bool has_feature(const char* name) {
  int value = 0;
  size_t size = sizeof value;
  return sysctlbyname(name, &value, &size, nullptr, 0) == 0 && value != 0;
}
bool has_dotprod() {
  return has_feature("hw.optional.arm.FEAT_DotProd");
}
bool has_i8mm() {
  return has_feature("hw.optional.arm.FEAT_I8MM");
}
#elif defined(__aarch64__)
bool has_dotprod() {
  return false;
}
bool has_i8mm() {
  return false;
}
#endif

}  // namespace

std::vector<const Kernels*> available_kernels() {
  std::vector<const Kernels*> kernels = {&portable_kernels};
#if defined(__x86_64__)
  // All that have AVX2 have F16C, which older compilers cannot ask for.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    kernels = {&portable_kernels, &znver1_kernels, &avx2_kernels};
    if (__builtin_cpu_is("znver1")) std::swap(kernels[1], kernels[2]);
    if (has_avxvnni()) kernels.push_back(&avxvnni_kernels);
  }
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni")) {
    kernels.push_back(&avx512_kernels);
    if (has_amx()) kernels.push_back(&amx_kernels);
  }
#elif defined(__aarch64__)
  kernels.push_back(&neon_kernels);
  if (has_dotprod()) {
    kernels.push_back(&dotprod_kernels);
    if (has_i8mm()) kernels.push_back(&i8mm_kernels);
  }
#endif
  return kernels;
}

const Kernels& best_kernels() {
  std::vector<const Kernels*> kernels = available_kernels();
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while a model loads
  const char* value = std::getenv("ATEN_CPU_CAPABILITY");
  const std::string_view allowed = value != nullptr ? value : "";
  if (allowed == "default") return portable_kernels;
  for (const Kernels* each : kernels)
    if (allowed == each->name) return *each;
  return *kernels.back();
}

}  // namespace gst_translate::cpu
