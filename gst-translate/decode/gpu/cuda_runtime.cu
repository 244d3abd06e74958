// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <cstring>
#include <memory>
#include <utility>

#include "gst-translate/decode/gpu/cuda_launcher.h"
#include "gst-translate/decode/gpu/runtime.h"

namespace gst_translate::gpu {
namespace {

/// Where libtorch works, too, so that what one of us begins is over before the other goes on.
const cudaStream_t common_stream = cudaStreamLegacy;

void launch_rounded(CudaLauncher& launcher, const DecoderPass& pass) {
  launch_int8(launcher, pass);
}
void launch_rounded(CudaLauncher& /*launcher*/, const EncoderPass& /*pass*/) {}

/// A pass of the decoder or the encoder.
template <typename Pass>
void launch(CudaLauncher& launcher, const Pass& pass) {
  if (is_rounded(pass)) return launch_rounded(launcher, pass);
  switch (pass.model->precision) {
    case Precision::Float16:
      return launch_float16(launcher, pass);
    case Precision::Bfloat16:
      return launch_bfloat16(launcher, pass);
    case Precision::Float32:
      break;
  }
  launch_float32(launcher, pass);
}

class CudaGraph : public RecordedPass {
 public:
  template <typename Pass>
  CudaGraph(const Pass& pass, const CudaDevice& device, const CudaLibrary& library) {
    cudaStream_t stream = nullptr;
    check_cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    cudaGraph_t graph = nullptr;
    try {
      // The library may load what it runs.
      check_cuda(cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed));
      CudaLauncher launcher(stream, device, library);
      launch(launcher, pass);
      check_cuda(cudaStreamEndCapture(stream, &graph));
      check_cuda(cudaGraphInstantiate(&graph_, graph, 0));
      check_cuda(cudaGraphUpload(graph_, common_stream));
    } catch (...) {
      if (graph == nullptr) cudaStreamEndCapture(stream, &graph);
      if (graph != nullptr) cudaGraphDestroy(graph);
      cudaStreamDestroy(stream);
      throw;
    }
    cudaGraphDestroy(graph);
    cudaStreamDestroy(stream);
  }
  ~CudaGraph() override { cudaGraphExecDestroy(graph_); }

  void run() override { check_cuda(cudaGraphLaunch(graph_, common_stream)); }

 private:
  cudaGraphExec_t graph_ = nullptr;
};

class CudaRuntime : public Runtime {
 public:
  CudaRuntime(const CudaDevice& device, std::unique_ptr<const CudaLibrary> library)
      : device_(device), library_(std::move(library)) {}

  SharedMemory share(size_t bytes) override {
    void* host = nullptr;
    check_cuda(cudaHostAlloc(&host, bytes, cudaHostAllocMapped));
    SharedMemory memory;
    memory.host = std::shared_ptr<void>(host, [](void* pointer) { cudaFreeHost(pointer); });
    std::memset(host, 0, bytes);
    check_cuda(cudaHostGetDevicePointer(&memory.device, host, 0));
    return memory;
  }

  std::unique_ptr<RecordedPass> record(const DecoderPass& pass) override {
    return std::make_unique<CudaGraph>(pass, device_, *library_);
  }
  std::unique_ptr<RecordedPass> record(const EncoderPass& pass) override {
    return std::make_unique<CudaGraph>(pass, device_, *library_);
  }

  size_t shared_limit() const override { return device_.shared_limit; }

  void check() override {
    const cudaError_t result = cudaStreamQuery(common_stream);
    if (result != cudaErrorNotReady) check_cuda(result);
  }

  void wait() override { check_cuda(cudaStreamSynchronize(common_stream)); }

 private:
  const CudaDevice device_;
  const std::unique_ptr<const CudaLibrary> library_;
};

}  // namespace

std::unique_ptr<Runtime> open_cuda_runtime(int device) {
  constexpr int oldest = 8;  // has the products in bfloat16, and copies that nobody waits for
  int major = 0;
  check_cuda(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device));
  if (major < oldest) return nullptr;
  const CudaDevice found = CudaDevice::find(device);
  auto library = CudaLibrary::open();
  if (!library) return nullptr;
  return std::make_unique<CudaRuntime>(found, std::move(library));
}

}  // namespace gst_translate::gpu
