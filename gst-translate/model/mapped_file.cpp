// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  const auto kind = error == ENOENT ? Error::Kind::NotFound : Error::Kind::Unreadable;
  throw Error(kind, path + ": " + std::generic_category().message(error));
}

/// What Git leaves in place of a large file that was not fetched (git-lfs, docs/spec.md).
void check_is_content(const MappedFile& file) {
  constexpr std::string_view pointer = "version https://git-lfs.github.com/spec/";
  if (file.text().substr(0, pointer.size()) == pointer)
    throw Error(
        Error::Kind::Corrupt,
        file.path() +
            ": is a pointer of Git LFS, not the file itself. Fetch it with \"git lfs pull\" "
            "in its folder, or the whole model with \"hf download\".");
}

}  // namespace

bool file_exists(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

MappedFile::MappedFile(const std::string& path) : MappedFile() {
  path_ = path;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path, errno);
  struct stat status = {};
  if (fstat(file, &status) != 0 || S_ISDIR(status.st_mode)) {
    const int error = S_ISDIR(status.st_mode) ? EISDIR : errno;
    close(file);
    fail(path, error);
  }
  size_ = static_cast<size_t>(status.st_size);
  if (size_ > 0) {
    void* address = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
    const int error = errno;
    close(file);
    if (address == MAP_FAILED) fail(path, error);
    data_ = static_cast<const std::byte*>(address);
  } else {
    close(file);
  }
  check_is_content(*this);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<std::byte*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : path_(std::move(other.path_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void MappedFile::forget(const std::byte* begin, size_t bytes) const {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto first = (reinterpret_cast<uintptr_t>(begin) + page - 1) / page * page;
  const auto last = (reinterpret_cast<uintptr_t>(begin) + bytes) / page * page;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the address of a page
  if (last > first) madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

}  // namespace gst_translate
