// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace gst_translate {

/// A file or folder that belongs to the library, or the program, in which `address` lies:
/// `uninstalled/NAME` beside it, where it is in a build folder, which has links in place of an
/// installation; else `installed`, which is named from the library's folder, so that an
/// installation can be moved. It need not exist.
inline std::filesystem::path own_path(const void* address, const std::string& name,
                                      const std::string& installed) {
  std::error_code error;
  std::filesystem::path folder;
  Dl_info library;
  if (dladdr(address, &library) != 0) {
    const auto file = std::filesystem::canonical(library.dli_fname, error);
    if (!error) folder = file.parent_path();
  }
  std::filesystem::path built = folder / "uninstalled" / name;
  if (std::filesystem::exists(built, error)) return built;
  return (folder / installed).lexically_normal();
}

}  // namespace gst_translate
