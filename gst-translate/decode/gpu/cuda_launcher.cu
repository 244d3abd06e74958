// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/cuda_launcher.h"

#include <string>

#include "gst-translate/text/error.h"

namespace gst_translate::gpu {

void check_cuda(cudaError_t result) {
  if (result == cudaSuccess) return;
  const std::string words =
      std::string(cudaGetErrorName(result)) + ": " + cudaGetErrorString(result);
  cudaGetLastError();  // it is told once
  if (result == cudaErrorMemoryAllocation)
    throw Error(Error::Kind::Memory,
                "The memory of the GPU is too small for these texts: ask for a smaller batch-size "
                "or fewer beams.",
                words);
  throw Error(Error::Kind::Failed, "The translation failed on the GPU.", words);
}

CudaDevice CudaDevice::find(int number) {
  CudaDevice device;
  int shared = 0, major = 0;
  check_cuda(cudaDeviceGetAttribute(&device.processors, cudaDevAttrMultiProcessorCount, number));
  check_cuda(cudaDeviceGetAttribute(&shared, cudaDevAttrMaxSharedMemoryPerBlockOptin, number));
  check_cuda(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, number));
  device.shared_limit = static_cast<size_t>(shared);
  device.overlaps = device.clusters = major >= 9;
  return device;
}

}  // namespace gst_translate::gpu
