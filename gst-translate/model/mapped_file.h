// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gst_translate {

bool file_exists(const std::string& path);

/// A file, mapped read-only; its pages are shared with every process that maps it.
class MappedFile {
 public:
  /// Throws `Error` (NotFound, Unreadable) with the path, Corrupt for what Git LFS has not fetched.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const std::byte* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }
  const std::string& path() const { return path_; }

  /// Gives the pages of a part back: it has been read and won't be soon again.
  void forget(const std::byte* begin, size_t bytes) const;

 private:
  MappedFile() = default;

  std::string path_;
  const std::byte* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace gst_translate
