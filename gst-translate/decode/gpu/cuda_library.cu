// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/cuda_library.h"

#include <dlfcn.h>

#include <cstdint>
#include <memory>
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
    for (const char* name : {"libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11"})
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

// As cublasLt.h declares them: statuses, attributes and the like are numbers.
constexpr int sums_in_float32 = 68;
constexpr int transposes_first = 3, ends_with = 7, bias_pointer = 8;    // of a product
constexpr int with_rectifying = 2, with_bias = 4;                       // how it ends
constexpr int most_workspace = 1, reductions = 3, first_alignment = 5;  // of a preference
constexpr uint32_t reductions_in_float32 = 1 | 2;

/// What a heuristic of its own has chosen.
struct Choice {
  uint64_t algorithm[8];
  size_t workspace_bytes;
  int status;
  float waves;
  int reserved[4];
};

/// What the library makes and destroys again.
using Object = std::unique_ptr<void, int (*)(void*)>;

/// What heuristics may rely on; 16 bytes are what our kernels need, too.
uint32_t alignment_of(const void* pointer) {
  uint32_t alignment = 16;
  while (alignment < 256 && reinterpret_cast<uintptr_t>(pointer) % (2 * alignment) == 0)
    alignment *= 2;
  return alignment;
}

}  // namespace

struct CudaLibrary::Functions {
  using Set = int (*)(void* object, int attribute, const void* value, size_t bytes);

  int (*create)(void** handle) = nullptr;
  int (*destroy)(void* handle) = nullptr;
  int (*create_product)(void** product, int type_of_sum, cudaDataType type_of_scale) = nullptr;
  int (*destroy_product)(void* product) = nullptr;
  Set set_of_product = nullptr;
  int (*create_layout)(void** layout, cudaDataType type, uint64_t rows, uint64_t columns,
                       int64_t stride) = nullptr;
  int (*destroy_layout)(void* layout) = nullptr;
  int (*create_preference)(void** preference) = nullptr;
  int (*destroy_preference)(void* preference) = nullptr;
  Set set_of_preference = nullptr;
  int (*choose)(void* handle, void* product, void* of_a, void* of_b, void* of_c, void* of_d,
                void* preference, int most, Choice* choices, int* count) = nullptr;
  int (*multiply)(void* handle, void* product, const void* alpha, const void* a, void* of_a,
                  const void* b, void* of_b, const void* beta, const void* c, void* of_c, void* d,
                  void* of_d, const uint64_t* algorithm, void* workspace, size_t workspace_bytes,
                  cudaStream_t stream) = nullptr;

  Object layout(cudaDataType type, int rows, int columns) const {
    void* layout = nullptr;
    check(create_layout(&layout, type, static_cast<uint64_t>(rows), static_cast<uint64_t>(columns),
                        rows));
    return {layout, destroy_layout};
  }
};

std::unique_ptr<CudaLibrary> CudaLibrary::open() {
  void* library = find_library();
  if (library == nullptr) return nullptr;
  auto functions = std::make_unique<Functions>();
  if (!find(library, "cublasLtCreate", functions->create) ||
      !find(library, "cublasLtDestroy", functions->destroy) ||
      !find(library, "cublasLtMatmulDescCreate", functions->create_product) ||
      !find(library, "cublasLtMatmulDescDestroy", functions->destroy_product) ||
      !find(library, "cublasLtMatmulDescSetAttribute", functions->set_of_product) ||
      !find(library, "cublasLtMatrixLayoutCreate", functions->create_layout) ||
      !find(library, "cublasLtMatrixLayoutDestroy", functions->destroy_layout) ||
      !find(library, "cublasLtMatmulPreferenceCreate", functions->create_preference) ||
      !find(library, "cublasLtMatmulPreferenceDestroy", functions->destroy_preference) ||
      !find(library, "cublasLtMatmulPreferenceSetAttribute", functions->set_of_preference) ||
      !find(library, "cublasLtMatmulAlgoGetHeuristic", functions->choose) ||
      !find(library, "cublasLtMatmul", functions->multiply))
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

void CudaLibrary::multiply(const Task& task, cudaStream_t stream) const {
  // Its matrices are columns, so our rows are its columns.
  const Object of_weight = functions_->layout(task.of_factors, task.depth, task.rows);
  const Object of_input = functions_->layout(task.of_factors, task.depth, task.slots);
  const Object of_output = functions_->layout(task.of_output, task.rows, task.slots);

  void* created = nullptr;
  check(functions_->create_product(&created, sums_in_float32, CUDA_R_32F));
  const Object product(created, functions_->destroy_product);
  const auto set = [&](int attribute, const auto& value) {
    check(functions_->set_of_product(product.get(), attribute, &value, sizeof value));
  };
  set(transposes_first, 1);
  if (task.bias != nullptr) {
    set(ends_with, with_bias | (task.rectifies ? with_rectifying : 0));
    set(bias_pointer, task.bias);
  }

  check(functions_->create_preference(&created));
  const Object preference(created, functions_->destroy_preference);
  const auto prefer = [&](int attribute, const auto& value) {
    check(functions_->set_of_preference(preference.get(), attribute, &value, sizeof value));
  };
  prefer(most_workspace, workspace_bytes);
  prefer(reductions, reductions_in_float32);  // no sum is rounded on the way
  const void* const matrices[] = {task.weight, task.input, task.output, task.output};
  for (int i = 0; i < 4; ++i)
    prefer(first_alignment + i, alignment_of(matrices[i]));

  Choice choice = {};
  int count = 0;
  check(functions_->choose(handle_, product.get(), of_weight.get(), of_input.get(), of_output.get(),
                           of_output.get(), preference.get(), 1, &choice, &count));
  const float alpha = 1, beta = task.adds ? 1 : 0;
  check(functions_->multiply(handle_, product.get(), &alpha, task.weight, of_weight.get(),
                             task.input, of_input.get(), &beta, task.output, of_output.get(),
                             task.output, of_output.get(), choice.algorithm, workspace_,
                             workspace_bytes, stream));
}

}  // namespace gst_translate::gpu
