// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/torch_module.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

#include "gst-translate/decode/torch/module.h"

namespace gst_translate {
namespace {

constexpr const char* module_name = GST_LINGUA_TORCH_MODULE;

/// The folder of the shared object that this code is in.
std::string own_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&find_accelerator), &info) == 0) return "";
  const std::string path = info.dli_fname;
  return path.substr(0, path.rfind('/') + 1);
}

/// Opened once: libtorch cannot be unloaded again.
void* open_module() {
  const std::string path = own_folder() + module_name;
  if (access(path.c_str(), R_OK) != 0)
    throw Error(Error::Kind::Unavailable,
                "This gst-lingua was built without libtorch, which other devices than the CPU, "
                "bfloat16 and the backend \"torch\" need: " +
                    path +
                    " is missing. Build it with ./run build "
                    "--torch (meson: -Dtorch=enabled).");
  void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr)
    throw Error(
        Error::Kind::Unavailable,  // NOLINTNEXTLINE(concurrency-mt-unsafe)
        path + ": cannot be loaded. Is libtorch where it was when this was built? " + dlerror());
  return module;
}

template <typename Function>
Function* entry(const char* name) {
  static void* const module = open_module();
  auto* found = reinterpret_cast<Function*>(dlsym(module, name));
  if (found == nullptr)
    throw Error(Error::Kind::Unavailable,
                std::string(module_name) + ": is of another version of gst-lingua.");
  return found;
}

/// What drivers of accelerators leave to be seen; on a Mac, Metal is always there.
bool may_have_accelerator() {
#if defined(__APPLE__)
  return true;
#else
  constexpr std::array devices = {"/dev/nvidiactl", "/dev/dxg", "/dev/kfd"};
  return std::any_of(devices.begin(), devices.end(),
                     [](const char* path) { return access(path, F_OK) == 0; });
#endif
}

}  // namespace

bool find_accelerator() {
  if (!may_have_accelerator()) return false;
  try {
    return entry<decltype(gst_translate_torch_has_accelerator_1)>(
        "gst_translate_torch_has_accelerator_1")();
  } catch (const Error&) {
    return false;  // no libtorch, no accelerator
  }
}

std::unique_ptr<Network> open_network_on_torch(const Weights& weights, const ModelConfig& config,
                                               NetworkPlace& place, const Progress& progress) {
  std::unique_ptr<Network> network;
  entry<decltype(gst_translate_torch_open_1)>("gst_translate_torch_open_1")(weights, config, place,
                                                                            progress, network);
  return network;
}

}  // namespace gst_translate
