// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/api/installation.h"

#include <dlfcn.h>

#include <system_error>

namespace gst_translate {
namespace {

namespace fs = std::filesystem;

/// The folder of this library.
fs::path own_folder() {
  Dl_info library;
  if (dladdr(reinterpret_cast<const void*>(&engine_file), &library) == 0) return {};
  std::error_code error;
  const fs::path file = fs::canonical(library.dli_fname, error);
  return error ? fs::path() : file.parent_path();
}

/// A folder of the installation, named from this library's. The build folder has links in its
/// place (gst-translate/api/meson.build).
fs::path folder(const char* name, const char* from_library) {
  const fs::path own = own_folder();
  const fs::path built = own / "uninstalled" / name;
  std::error_code error;
  if (fs::exists(built, error)) return built;
  return (own / from_library).lexically_normal();
}

}  // namespace

fs::path engine_file() {
  return folder("engine", GST_LINGUA_ENGINE_DIR) / GST_LINGUA_ENGINE_FILE;
}

fs::path bundled_model() {
  return folder("demo-model", GST_LINGUA_DATA_DIR "/demo-model");
}

}  // namespace gst_translate
