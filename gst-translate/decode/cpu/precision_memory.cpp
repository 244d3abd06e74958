// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/precision_memory.h"

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gst_translate::cpu {
namespace {

namespace fs = std::filesystem;

/// Counted up when the check of the precisions or the kernels change: what was remembered before is
/// not recalled.
constexpr int version = 1;

/// FNV-1a, the same in every process.
uint64_t hash(const std::string& text) {
  uint64_t value = 0xcbf29ce484222325;
  for (const char c : text)
    value = (value ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  return value;
}

std::string cache_folder() {
  // NOLINTBEGIN(concurrency-mt-unsafe): nobody sets them while a model loads
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  // NOLINTEND(concurrency-mt-unsafe)
  if (cache != nullptr && *cache == '/') return std::string(cache) + "/gst-lingua/precision";
  if (home != nullptr && *home == '/') return std::string(home) + "/.cache/gst-lingua/precision";
  return "";
}

}  // namespace

PrecisionMemory::PrecisionMemory(const Weights& weights, const std::string& kernels)
    : folder_(cache_folder()) {
  std::ostringstream what;
  what << version << ' ' << kernels;
  for (const auto& file : weights.files()) {
    std::error_code error;
    const fs::path path = fs::canonical(file.path(), error);
    const auto time = fs::last_write_time(path, error).time_since_epoch().count();
    what << '\n' << path.string() << ' ' << file.size() << ' ' << time;
  }
  std::ostringstream name;
  name << folder_ << '/' << std::hex << hash(what.str());
  path_ = name.str();
}

std::string PrecisionMemory::recall() const {
  if (folder_.empty()) return "";
  std::string precision;
  std::ifstream(path_) >> precision;
  return precision == "int8" || precision == "float16" ? precision : "";
}

void PrecisionMemory::remember(const std::string& precision) const {
  if (folder_.empty()) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  // Written beside and moved, so that nobody reads a half of it.
  std::string beside = path_ + ".XXXXXX";
  const int file = mkstemp(beside.data());
  if (file < 0) return;
  close(file);
  std::ofstream(beside) << precision << '\n';
  fs::rename(beside, path_, error);
  if (error) fs::remove(beside, error);
}

}  // namespace gst_translate::cpu
