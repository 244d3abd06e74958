// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cuda_runtime.h>

#include "gst-translate/decode/gpu/cuda_library.h"
#include "gst-translate/decode/gpu/passes.h"

namespace gst_translate::gpu {

/// Throws `Error` where a call of CUDA's failed.
void check_cuda(cudaError_t result);

/// What launches need to know of a device.
struct CudaDevice {
  int processors = 1;
  size_t shared_limit = 0;
  bool overlaps = false;  ///< kernels can begin while the one before is not yet over
  bool clusters = false;  ///< blocks can run together

  /// Throws `Error`.
  static CudaDevice find(int number);
};

/// Runs kernels in a stream, each beginning while the one before is not yet over: see thread.h.
class CudaLauncher {
 public:
  CudaLauncher(cudaStream_t stream, const CudaDevice& device, const CudaLibrary& library)
      : stream_(stream), device_(device), library_(library) {}

  template <typename Kernel>
  void operator()(const Kernel& kernel, const Grid& grid);

  template <typename T, typename Result>
  void multiply(const Product<T, Result>& product) {
    library_.multiply(product, stream_);
    first_ = true;
  }

  int processors() const { return device_.processors; }
  size_t shared_limit() const { return device_.shared_limit; }
  bool clusters() const { return device_.clusters; }

 private:
  cudaStream_t stream_;
  CudaDevice device_;
  const CudaLibrary& library_;
  bool first_ = true;  // there is no kernel of ours before, that would let the next one begin
};

// A translation unit a type, as they take long to compile.
void launch_float32(CudaLauncher& launch, const DecoderPass& pass);
void launch_float32(CudaLauncher& launch, const EncoderPass& pass);
void launch_float16(CudaLauncher& launch, const DecoderPass& pass);
void launch_float16(CudaLauncher& launch, const EncoderPass& pass);
void launch_bfloat16(CudaLauncher& launch, const DecoderPass& pass);
void launch_bfloat16(CudaLauncher& launch, const EncoderPass& pass);
void launch_int8(CudaLauncher& launch, const DecoderPass& pass);

#if defined(__CUDACC__)

template <typename Kernel>
__global__ void __launch_bounds__(Kernel::most_threads, Kernel::blocks_together)
    run_kernel(const __grid_constant__ Kernel kernel) {
  extern __shared__ Quad shared[];
  kernel.run(Thread(), reinterpret_cast<char*>(shared));
}

template <typename Kernel>
void CudaLauncher::operator()(const Kernel& kernel, const Grid& grid) {
  // Kernels that divide a multiprocessor's memory alike can run on it side by side: so much of it,
  // in percent, is shared memory. What is left keeps the activations that all blocks read.
  constexpr int carveout = 70;
  check_cuda(cudaFuncSetAttribute(run_kernel<Kernel>,
                                  cudaFuncAttributePreferredSharedMemoryCarveout, carveout));
  constexpr size_t without_asking = 48 << 10;
  if (grid.shared_bytes > without_asking)
    check_cuda(cudaFuncSetAttribute(run_kernel<Kernel>, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                    static_cast<int>(grid.shared_bytes)));
  cudaLaunchAttribute attributes[2] = {};
  unsigned count = 0;
  if (grid.cluster > 1) {
    attributes[count].id = cudaLaunchAttributeClusterDimension;
    attributes[count++].val.clusterDim = {static_cast<unsigned>(grid.cluster), 1, 1};
  }
  if (device_.overlaps && !first_) {
    attributes[count].id = cudaLaunchAttributeProgrammaticStreamSerialization;
    attributes[count++].val.programmaticStreamSerializationAllowed = 1;
  }
  cudaLaunchConfig_t config = {};
  config.gridDim = dim3(static_cast<unsigned>(grid.x), static_cast<unsigned>(grid.y));
  config.blockDim = dim3(static_cast<unsigned>(grid.threads));
  config.dynamicSmemBytes = grid.shared_bytes;
  config.stream = stream_;
  config.attrs = attributes;
  config.numAttrs = count;
  first_ = false;
  check_cuda(cudaLaunchKernelEx(&config, run_kernel<Kernel>, kernel));
}

#endif

}  // namespace gst_translate::gpu
