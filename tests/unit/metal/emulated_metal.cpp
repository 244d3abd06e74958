// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What our code calls of libtorch's part for Metal, in place of it: kernels are found by their
// names, take buffers and numbers by their places, and run on the processor, line by line. It
// stands for the language's compiler, the driver and the device, and is as strict as they are.

#include "tests/unit/metal/emulated_metal.h"

#include <ATen/ATen.h>
#include <ATen/native/mps/MetalShaderLibrary.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "gst-translate/decode/gpu/emulated_thread.h"
#include "gst-translate/decode/gpu/metal_list.h"

namespace {

using namespace gst_translate::gpu;

struct Arguments {
  std::array<char*, most_buffers> buffers{};
  std::array<const char*, most_written_by_host> of_host{};
  std::vector<int32_t> numbers;
};

struct Function {
  size_t shared_bytes = 0;
  void (*run)(const Arguments&, const Thread&, char*) = nullptr;
};

/// As metal_kernels.h has it.
template <typename Kernel>
void run(const Arguments& arguments, const Thread& thread, char* shared) {
  BoundFields<const int32_t*> fields = {{}, {}, arguments.numbers.data()};
  std::copy(arguments.buffers.begin(), arguments.buffers.end(), fields.buffers);
  std::copy(arguments.of_host.begin(), arguments.of_host.end(), fields.of_host);
  Kernel found;
  visit(found.arguments, fields);
  TORCH_CHECK(fields.next <= most_numbers + 1 && fields.buffer <= most_buffers, "too many");
  found.run(thread, shared);
}

#define GST_METAL_KERNEL(NAME, SHARED_BYTES, ...) {#NAME, {SHARED_BYTES, &run<__VA_ARGS__>}},
std::map<std::string, Function> functions = {GST_METAL_KERNELS};

const void* in_block = nullptr;               // whose block it is that runs
const void* encoding = nullptr;               // whose arguments are set
std::map<unsigned, std::vector<char>> bytes;  // that were passed by value
Arguments arguments;
std::string complaint;
int dispatches = 0;

}  // namespace

void set_metal_complaint(const std::string& words) {
  complaint = words;
}

int metal_dispatches() {
  return dispatches;
}

namespace at::native::mps {

MetalShaderLibrary::~MetalShaderLibrary() = default;
DynamicMetalShaderLibrary::~DynamicMetalShaderLibrary() = default;

MTLLibrary_t MetalShaderLibrary::getLibrary() {
  if (!complaint.empty()) throw c10::SyntaxError({}, complaint);
  TORCH_CHECK(shaderSource.find("kernel void") != std::string::npos, "there is no kernel");
  return nullptr;
}
MTLLibrary_t MetalShaderLibrary::getLibrary(const std::initializer_list<std::string>&) {
  return nullptr;
}

std::shared_ptr<MetalKernelFunction> MetalShaderLibrary::getKernelFunction(
    const std::string& name) {
  const auto found = functions.find(name);
  TORCH_CHECK(found != functions.end(), "Failed to create function state object for: ", name);
  return std::make_shared<MetalKernelFunction>(&found->second, nullptr);
}

MetalKernelFunction::MetalKernelFunction(MTLComputePipelineState_t state, MTLFunction_t function)
    : cps(state), func(function) {}
MetalKernelFunction::~MetalKernelFunction() = default;

uint64_t MetalKernelFunction::getMaxThreadsPerThreadgroup() const {
  return 1024;
}
uint64_t MetalKernelFunction::getThreadExecutionWidth() const {
  return 32;
}
uint64_t MetalKernelFunction::getStaticThreadGroupMemoryLength() const {
  return static_cast<const Function*>(cps)->shared_bytes;
}

void MetalKernelFunction::runCommandBlock(std::function<void()> block) {
  TORCH_CHECK(in_block == nullptr, "a block in a block waits for ever");
  in_block = this;
  block();
  in_block = nullptr;
}

void MetalKernelFunction::startEncoding() {
  TORCH_CHECK(in_block != nullptr, "there is no encoder outside of a block");
  encoding = this;
  arguments = {};
}

void MetalKernelFunction::setArg(unsigned place, const TensorBase& tensor) {
  TORCH_CHECK(encoding == this && place < most_buffers, "what is set is another kernel's");
  arguments.buffers.at(place) = static_cast<char*>(tensor.mutable_data_ptr());
}

void MetalKernelFunction::setArg(unsigned place, const void* host, uint64_t size) {
  TORCH_CHECK(encoding == this && size > 0 && size <= 4096, "what is set is too large");
  const auto* first = static_cast<const char*>(host);
  bytes[place].assign(first, first + size);
  if (place == most_buffers + most_written_by_host) {
    const auto* numbers = reinterpret_cast<const int32_t*>(host);
    arguments.numbers.assign(numbers, numbers + size / sizeof(int32_t));
  } else {
    arguments.of_host.at(place - most_buffers) = bytes[place].data();
  }
}

void MetalKernelFunction::dispatch(c10::ArrayRef<uint64_t> length,
                                   c10::OptionalArrayRef<uint64_t> group) {
  ++dispatches;
  const auto& function = *static_cast<const Function*>(cps);
  TORCH_CHECK(function.shared_bytes <= 32 << 10, "a threadgroup has 32 KB");
  TORCH_CHECK(length.size() == 2 && (*group)[1] == 1 && (*group)[0] % 32 == 0, "an odd group");
  const Grid grid{static_cast<int>(length[0] / (*group)[0]), static_cast<int>(length[1]),
                  static_cast<int>((*group)[0]), function.shared_bytes};
  for (int y = 0; y < grid.y; ++y)
    for (int x = 0; x < grid.x; ++x)
      emulate_block(grid, x, y, Order::Descending, [&](const Thread& thread, char* shared) {
        function.run(arguments, thread, shared);
      });
}

}  // namespace at::native::mps
