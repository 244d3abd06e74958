// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/hls_files.h"

#include <algorithm>

namespace gst_lingua_live {

const char* hls_type(const std::string& file) {
  constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
  const size_t dot = file.rfind('.');
  if (dot == std::string::npos) return nullptr;
  // "master" or "de/speech": names of letters, digits and hyphens, of two levels at most.
  const std::string name = file.substr(0, dot);
  const size_t slash = std::min(name.find('/'), name.size());
  const std::string folder = name.substr(0, slash);
  const std::string below = slash == name.size() ? "x" : name.substr(slash + 1);
  for (const std::string& part : {folder, below})
    if (part.empty() || part.find_first_not_of(letters) != std::string::npos) return nullptr;
  const std::string type = file.substr(dot);
  if (type == ".m3u8") return "application/vnd.apple.mpegurl";
  if (type == ".ts") return "video/mp2t";
  if (type == ".vtt") return "text/vtt; charset=utf-8";
  return nullptr;
}

}  // namespace gst_lingua_live
