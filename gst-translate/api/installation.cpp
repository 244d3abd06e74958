// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/api/installation.h"

#include <dlfcn.h>

namespace gst_translate {

namespace fs = std::filesystem;

fs::path installed(const fs::path& configured) {
  Dl_info library;
  if (dladdr(reinterpret_cast<const void*>(&installed), &library) == 0) return configured;
  std::error_code error;
  const fs::path file = fs::canonical(library.dli_fname, error);
  if (error) return configured;
  const fs::path relative = configured.lexically_relative(GST_LINGUA_LIBRARY_DIR);
  return (file.parent_path() / relative).lexically_normal();
}

}  // namespace gst_translate
