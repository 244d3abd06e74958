// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/cuda_library.h"

#include <dlfcn.h>

#include <string>
#include <utility>

#include "gst-translate/decode/gpu/cuda_launcher.h"
#include "gst-translate/text/error.h"

namespace gst_translate::gpu {
namespace {

constexpr size_t workspace_bytes = 32 << 20;  // what cuBLAS itself takes on these devices

/// The one that is in the process already, else any.
void* find_library() {
  for (const int mode : {RTLD_LAZY | RTLD_NOLOAD, RTLD_LAZY})
    for (const char* name : {"libcublas.so.13", "libcublas.so.12", "libcublas.so.11"})
      if (void* library = dlopen(name, mode)) return library;
  return nullptr;
}

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

void check(int status) {
  if (status == 0) return;
  throw Error(Error::Kind::Failed, "The translation failed on the GPU.",
              "cuBLAS: status " + std::to_string(status));
}

}  // namespace

/// As cublas_api.h declares them: statuses, operations and the like are numbers.
struct CudaLibrary::Functions {
  int (*create)(void** handle) = nullptr;
  int (*destroy)(void* handle) = nullptr;
  int (*set_stream)(void* handle, cudaStream_t stream) = nullptr;
  int (*set_workspace)(void* handle, void* workspace, size_t bytes) = nullptr;
  int (*multiply)(void* handle, int of_a, int of_b, int m, int n, int k, const void* alpha,
                  const void* a, cudaDataType type_of_a, int stride_of_a, const void* b,
                  cudaDataType type_of_b, int stride_of_b, const void* beta, void* c,
                  cudaDataType type_of_c, int stride_of_c, int type_of_sum,
                  int algorithm) = nullptr;
};

std::unique_ptr<CudaLibrary> CudaLibrary::open() {
  void* library = find_library();
  if (library == nullptr) return nullptr;
  auto functions = std::make_unique<Functions>();
  if (!find(library, "cublasCreate_v2", functions->create) ||
      !find(library, "cublasDestroy_v2", functions->destroy) ||
      !find(library, "cublasSetStream_v2", functions->set_stream) ||
      !find(library, "cublasSetWorkspace_v2", functions->set_workspace) ||
      !find(library, "cublasGemmEx", functions->multiply))
    return nullptr;
  return std::unique_ptr<CudaLibrary>(new CudaLibrary(std::move(functions)));
}

CudaLibrary::CudaLibrary(std::unique_ptr<const Functions> functions)
    : functions_(std::move(functions)) {
  check(functions_->create(&handle_));
  const cudaError_t result = cudaMalloc(&workspace_, workspace_bytes);
  if (result == cudaSuccess) return;
  functions_->destroy(handle_);
  check_cuda(result);
}

CudaLibrary::~CudaLibrary() {
  functions_->destroy(handle_);
  cudaFree(workspace_);
}

void CudaLibrary::use(cudaStream_t stream) const {
  check(functions_->set_stream(handle_, stream));
  // Its own could not be recorded, and another stream takes it away.
  check(functions_->set_workspace(handle_, workspace_, workspace_bytes));
}

void CudaLibrary::multiply(const void* weight, const void* input, cudaDataType of_factors,
                           void* output, cudaDataType of_output, int rows, int depth, int slots,
                           bool adds) const {
  // Its matrices are columns, so our rows are its columns.
  constexpr int as_it_is = 0, transposed = 1;
  constexpr int sums_in_float32 = 68, of_its_choice = -1;
  const float alpha = 1, beta = adds ? 1 : 0;
  check(functions_->multiply(handle_, transposed, as_it_is, rows, slots, depth, &alpha, weight,
                             of_factors, depth, input, of_factors, depth, &beta, output, of_output,
                             rows, sums_in_float32, of_its_choice));
}

}  // namespace gst_translate::gpu
