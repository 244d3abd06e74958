// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/device.h"

#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/detail/MPSHooksInterface.h>

#include "gst-translate/text/error.h"

namespace gst_translate::torch_backend {
namespace {

int cuda_devices() {
  return static_cast<int>(at::detail::getCUDAHooks().deviceCount());
}

bool has_mps() {
  return at::detail::getMPSHooks().hasMPS();
}

at::Device cuda_device(const std::string& name) {
  const int devices = cuda_devices();
  if (devices == 0)
    throw Error(Error::Kind::Unavailable,
                at::detail::getCUDAHooks().hasCUDART()
                    ? "There is no CUDA device: use device=cpu, or check the driver, and "
                      "CUDA_VISIBLE_DEVICES where it is set."
                    : "This libtorch was built without CUDA: use device=cpu, or a libtorch with "
                      "CUDA.");
  const int index = name.size() > 5 ? std::stoi(name.substr(5)) : 0;
  if (index >= devices)
    throw Error(Error::Kind::Unavailable, "There is no device " + name + ": the last one is cuda:" +
                                              std::to_string(devices - 1) + ".");
  return {at::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

}  // namespace

at::Device choose_device(const std::string& name) {
  if (name == "auto") {
    if (cuda_devices() > 0) return cuda_device("cuda:0");
    return has_mps() ? at::Device(at::kMPS) : at::Device(at::kCPU);
  }
  if (name == "cpu") return at::kCPU;
  if (name == "mps") {
    if (!has_mps())
      throw Error(Error::Kind::Unavailable,
                  "There is no MPS device: it needs macOS on an Apple processor. Use device=cpu.");
    return at::kMPS;
  }
  return cuda_device(name);
}

at::ScalarType choose_precision(const std::string& name, const at::Device& device) {
  if (name == "auto") return device.is_cuda() ? at::kBFloat16 : at::kFloat;
  if (name == "int8") {
    constexpr unsigned has_bfloat16 = 14;
    const bool lacks_it =
        device.is_mps() && !at::detail::getMPSHooks().isOnMacOSorNewer(has_bfloat16, 0);
    return lacks_it ? at::kHalf : at::kBFloat16;
  }
  if (name == "bfloat16") return at::kBFloat16;
  if (name != "float16") return at::kFloat;
  if (device.is_cpu())
    throw Error(Error::Kind::Unavailable,
                "The backend torch has no precision float16 on a CPU: use float32 or bfloat16.");
  return at::kHalf;
}

std::string name_of(const at::Device& device) {
  return device.str();
}

std::string name_of(at::ScalarType precision) {
  if (precision == at::kHalf) return "float16";
  return precision == at::kBFloat16 ? "bfloat16" : "float32";
}

}  // namespace gst_translate::torch_backend
