// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/metal_runtime.h"

#include <ATen/native/mps/MetalShaderLibrary.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gst-translate/decode/gpu/metal_list.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/log.h"
#include "metal_source.h"

namespace gst_translate::gpu {
namespace {

using at::native::mps::DynamicMetalShaderLibrary;
using at::native::mps::MetalKernelFunction;

constexpr size_t shared_limit_of_metal = 32 << 10;  // of each GPU of Apple's
constexpr size_t most_bytes_by_value = 4096;        // that `setBytes` takes

/// What Metal knows of a kernel.
template <typename Kernel>
struct Listed;
#define GST_METAL_KERNEL(NAME, SHARED_BYTES, ...)  \
  template <>                                      \
  struct Listed<__VA_ARGS__> {                     \
    static constexpr const char* name = #NAME;     \
    static constexpr size_t shared = SHARED_BYTES; \
  };
GST_METAL_KERNELS
#undef GST_METAL_KERNEL

/// Memory that the host writes before a pass, or reads after it.
struct HostMemory {
  std::shared_ptr<std::vector<Quad>> host;
  at::Tensor device;
};

/// Places in tensors, as numbers: what an MPS tensor says of where it is, is no place in memory.
class Addresses {
 public:
  void* add(const at::Tensor& tensor) {
    const uintptr_t address = next_;
    next_ += (tensor.nbytes() / gap + 2) * gap;
    tensors_.emplace(address, tensor);
    return reinterpret_cast<void*>(address);
  }

  /// What lies there and behind it.
  at::Tensor find(const void* address) const {
    const auto place = reinterpret_cast<uintptr_t>(address);
    const auto& [first, tensor] = *std::prev(tensors_.upper_bound(place));
    const auto offset = static_cast<int64_t>((place - first) / tensor.element_size());
    return tensor.view({-1}).narrow(0, offset, tensor.numel() - offset);
  }

 private:
  static constexpr uintptr_t gap = 4096;
  std::map<uintptr_t, at::Tensor> tensors_;
  uintptr_t next_ = gap;
};

struct Dispatch {
  std::shared_ptr<MetalKernelFunction> function;
  std::vector<at::Tensor> buffers;
  std::vector<std::pair<const void*, uint64_t>> of_host;
  std::vector<int32_t> numbers;
  std::array<uint64_t, 2> threads{}, group{};
};

class MetalRuntime;

/// Notes kernels and their arguments.
class MetalRecorder {
 public:
  explicit MetalRecorder(MetalRuntime& runtime) : runtime_(runtime) {}

  template <typename Kernel>
  void operator()(const Kernel& kernel, const Grid& grid);

  std::vector<Dispatch> take() { return std::move(dispatches_); }

 private:
  MetalRuntime& runtime_;
  std::vector<Dispatch> dispatches_;
};

/// Arguments in their order: see metal_arguments.h.
class RecordedFields {
 public:
  RecordedFields(const MetalRuntime& runtime, Dispatch& dispatch)
      : runtime_(runtime), dispatch_(dispatch) {
    dispatch_.numbers = {0};
  }

  template <typename T>
  void pointer(T* field);
  template <typename T>
  void written_by_host(const T* field);
  void number(int32_t field) { dispatch_.numbers.push_back(field); }
  void number(float field) { dispatch_.numbers.push_back(bits_as<int32_t>(field)); }

 private:
  const MetalRuntime& runtime_;
  Dispatch& dispatch_;
};

/// All kernels of a pass go into one command buffer. The host waits for it when it reads what was
/// chosen, as the search goes on from there.
class MetalPass : public RecordedPass {
 public:
  MetalPass(std::vector<Dispatch> dispatches, const DecoderPass& pass, const HostMemory& selected,
            const HostMemory& done, const HostMemory& number)
      : dispatches_(std::move(dispatches)),
        slots_(static_cast<size_t>(pass.slots)),
        selected_(selected),
        done_(done),
        number_(number) {}

  void run() override {
    dispatches_.front().function->runCommandBlock([&] {
      for (const Dispatch& dispatch : dispatches_)
        encode(dispatch);
    });
    // This copy waits.
    at::from_blob(selected_.host->data(), selected_.device.sizes(), at::kByte)
        .copy_(selected_.device);
    std::fill_n(reinterpret_cast<int32_t*>(done_.host->data()), slots_,
                *reinterpret_cast<const int32_t*>(number_.host->data()));
  }

 private:
  static void encode(const Dispatch& dispatch) {
    MetalKernelFunction& function = *dispatch.function;
    function.startEncoding();
    unsigned place = 0;
    for (const at::Tensor& buffer : dispatch.buffers)
      function.setArg(place++, buffer);
    place = most_buffers;
    for (const auto& [host, bytes] : dispatch.of_host)
      function.setArg(place++, host, bytes);
    function.setArg(most_buffers + most_written_by_host, dispatch.numbers);
    function.dispatch(dispatch.threads, dispatch.group);
  }

  std::vector<Dispatch> dispatches_;
  const size_t slots_;
  const HostMemory selected_, done_, number_;
};

class MetalRuntime : public Runtime {
 public:
  MetalRuntime(std::shared_ptr<DynamicMetalShaderLibrary> library, const at::Device& device)
      : library_(std::move(library)), device_(device) {}

  bool has_tiles() const override { return false; }
  void* address_of(const at::Tensor& tensor) override { return addresses_.add(tensor); }

  SharedMemory share(size_t bytes) override {
    HostMemory memory;
    memory.host = std::make_shared<std::vector<Quad>>(bytes / sizeof(Quad) + 1, zero_quad());
    memory.device =
        at::zeros({static_cast<int64_t>(bytes)}, at::TensorOptions(device_).dtype(at::kByte));
    SharedMemory shared;
    shared.host = std::shared_ptr<void>(memory.host, memory.host->data());
    shared.device = addresses_.add(memory.device);
    shared_.emplace(shared.device, memory);
    return shared;
  }

  std::unique_ptr<RecordedPass> record(const DecoderPass& pass) override {
    MetalRecorder recorder(*this);
    switch (pass.model->precision) {
      case Precision::Float16:
        launch<Untiled<Float16>>(recorder, pass);
        break;
      case Precision::Bfloat16:
        launch<Untiled<Bfloat16>>(recorder, pass);
        break;
      case Precision::Float32:
        launch_pass<float>(recorder, pass);
        break;
    }
    return std::make_unique<MetalPass>(recorder.take(), pass, shared_.at(pass.selected),
                                       shared_.at(pass.done), shared_.at(pass.buffers.pass));
  }
  std::unique_ptr<RecordedPass> record(const EncoderPass& /*pass*/) override {
    throw Error(Error::Kind::Failed, "The translation failed on the GPU.",
                "nothing is encoded without tiles");
  }

  size_t shared_limit() const override { return shared_limit_of_metal; }
  // A pass is over when it has run.
  void check() override {}
  void wait() override {}

  const HostMemory& host_memory(const void* address) const { return shared_.at(address); }
  at::Tensor tensor_at(const void* address) const { return addresses_.find(address); }

  /// Compiled for the device when it is first asked for.
  std::shared_ptr<MetalKernelFunction> function(const std::string& name) {
    auto& found = functions_[name];
    if (!found) found = library_->getKernelFunction(name);
    return found;
  }

 private:
  template <typename T>
  static void launch(MetalRecorder& recorder, const DecoderPass& pass) {
    if (is_rounded(pass))
      launch_pass<T, int8_t>(recorder, pass);
    else
      launch_pass<T>(recorder, pass);
  }

  const std::shared_ptr<DynamicMetalShaderLibrary> library_;
  const at::Device device_;
  Addresses addresses_;
  std::map<const void*, HostMemory> shared_;
  std::map<std::string, std::shared_ptr<MetalKernelFunction>> functions_;
};

template <typename T>
void RecordedFields::pointer(T* field) {
  const auto place = dispatch_.buffers.size();
  if (field == nullptr) {
    // Something has to be there for Metal; the kernel is told not to look.
    dispatch_.buffers.push_back(dispatch_.buffers.front());
    return;
  }
  dispatch_.buffers.push_back(runtime_.tensor_at(field));
  dispatch_.numbers[0] |= 1 << place;
}

template <typename T>
void RecordedFields::written_by_host(const T* field) {
  const HostMemory& memory = runtime_.host_memory(field);
  const auto bytes = static_cast<size_t>(memory.device.numel());
  TORCH_CHECK(bytes <= most_bytes_by_value, "too much to be passed by value");
  dispatch_.of_host.emplace_back(memory.host->data(), bytes);
}

template <typename Kernel>
void MetalRecorder::operator()(const Kernel& kernel, const Grid& grid) {
  using Known = Listed<Kernel>;
  Dispatch dispatch;
  dispatch.function = runtime_.function(Known::name);
  TORCH_CHECK(
      dispatch.function->getThreadExecutionWidth() == 32 &&
          dispatch.function->getMaxThreadsPerThreadgroup() >= static_cast<uint64_t>(grid.threads) &&
          grid.shared_bytes <= Known::shared,
      "this GPU has no room for the kernel ", Known::name);
  RecordedFields fields(runtime_, dispatch);
  auto arguments = kernel.arguments;
  visit(arguments, fields);
  dispatch.buffers.resize(most_buffers, dispatch.buffers.front());
  dispatch.threads = {static_cast<uint64_t>(grid.x) * static_cast<uint64_t>(grid.threads),
                      static_cast<uint64_t>(grid.y)};
  dispatch.group = {static_cast<uint64_t>(grid.threads), 1};
  dispatches_.push_back(std::move(dispatch));
}

}  // namespace

std::unique_ptr<Runtime> open_metal_runtime(const at::Device& device) try {
  // It takes a while to compile.
  static const auto library = std::make_shared<DynamicMetalShaderLibrary>(metal_source);
  return std::make_unique<MetalRuntime>(library, device);
} catch (const c10::Error& error) {
  log(LogLevel::Warning, "gpu", [&] {
    return std::string("Metal does not compile the kernels; libtorch is used instead: ") +
           error.what_without_backtrace();
  });
  return nullptr;
}

}  // namespace gst_translate::gpu
