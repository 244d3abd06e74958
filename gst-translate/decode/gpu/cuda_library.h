// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cuda_runtime.h>

#include <memory>

#include "gst-translate/decode/gpu/many_slots.h"

namespace gst_translate::gpu {

/// cuBLASLt, which is in every process that has a libtorch with CUDA. It is asked for by name, so
/// that gst-lingua is built without it.
class CudaLibrary {
 public:
  /// For the current device; nullptr where there is none. Throws `Error`.
  static std::unique_ptr<CudaLibrary> open();
  CudaLibrary(const CudaLibrary&) = delete;
  CudaLibrary& operator=(const CudaLibrary&) = delete;
  ~CudaLibrary();

  /// Into this stream, which may be recorded. Throws `Error`.
  template <typename T, typename Result>
  void multiply(const Product<T, Result>& product, cudaStream_t stream) const {
    multiply({product.weight, product.input, product.output, product.bias, type_of(T()),
              type_of(Result()), product.rows, product.depth, product.slots, product.adds,
              product.rectifies},
             stream);
  }

 private:
  struct Functions;

  explicit CudaLibrary(std::unique_ptr<const Functions> functions);

  static cudaDataType type_of(Bfloat16) { return CUDA_R_16BF; }
  static cudaDataType type_of(Float16) { return CUDA_R_16F; }
  static cudaDataType type_of(float) { return CUDA_R_32F; }

  /// A `Product`, whatever its types.
  struct Task {
    const void* weight;
    const void* input;
    void* output;
    const void* bias;
    cudaDataType of_factors, of_output;
    int rows, depth, slots;
    bool adds, rectifies;
  };
  void multiply(const Task& task, cudaStream_t stream) const;

  const std::unique_ptr<const Functions> functions_;
  void* handle_ = nullptr;
  void* workspace_ = nullptr;
};

}  // namespace gst_translate::gpu
