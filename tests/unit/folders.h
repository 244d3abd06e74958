// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

/// Folders and files that tests make and read.
namespace folders {

namespace fs = std::filesystem;

/// The bundled model, as the build's environment names it.
inline std::string demo_model() {
  const char* folder = std::getenv("GST_LINGUA_MODEL");  // NOLINT(concurrency-mt-unsafe)
  return folder == nullptr ? "examples/demo-model" : folder;
}

inline std::string test_data(const std::string& name) {
  const char* folder = std::getenv("GST_LINGUA_TEST_DATA");  // NOLINT(concurrency-mt-unsafe)
  return (folder == nullptr ? fs::path("tests/data") : fs::path(folder)) / name;
}

inline std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder of its own for one test, removed after it.
class Temporary {
 public:
  Temporary() {
    std::string name = (fs::temp_directory_path() / "gst-lingua-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    path_ = name;
  }
  ~Temporary() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  std::string path(const std::string& name = "") const {
    return name.empty() ? path_.string() : (path_ / name).string();
  }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream file(path(name), std::ios::binary);
    file << content;
  }

  /// Every file of another folder, by links.
  void link_all(const std::string& from) const {
    for (const auto& entry : fs::directory_iterator(from))
      fs::create_symlink(fs::absolute(entry.path()), path_ / entry.path().filename());
  }

  /// A link becomes a file with this content.
  void replace(const std::string& name, const std::string& content) const {
    fs::remove(path_ / name);
    write(name, content);
  }

 private:
  fs::path path_;
};

}  // namespace folders
