// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/descriptor_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_lingua_live {

DescriptorReader::DescriptorReader(int descriptor, std::function<void(const std::string&)> piece,
                                   std::function<void()> end)
    : descriptor_(descriptor), piece_(std::move(piece)), end_(std::move(end)) {
  if (pipe2(wake_, O_CLOEXEC) != 0)
    throw gst_translate::Error(gst_translate::Error::Kind::Failed,
                               "The system has no more file descriptors.");
  thread_ = std::thread([this] { read_all(); });
}

DescriptorReader::~DescriptorReader() {
  stop();
  close(wake_[0]);
  close(wake_[1]);
}

void DescriptorReader::stop() {
  if (!thread_.joinable()) return;
  const char any = 0;
  if (write(wake_[1], &any, 1) == 1) thread_.join();
}

void DescriptorReader::read_all() {
  std::array<char, 4096> buffer;
  pollfd waits[] = {{descriptor_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
  for (;;) {
    if (poll(waits, 2, -1) < 0 && errno != EINTR) break;
    if (waits[1].revents != 0) return;
    if (waits[0].revents == 0) continue;
    const ssize_t count = read(descriptor_, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) break;
    piece_(std::string(buffer.data(), static_cast<size_t>(count)));
  }
  end_();
}

}  // namespace gst_lingua_live
