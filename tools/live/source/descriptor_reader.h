// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <string>
#include <thread>

namespace gst_lingua_live {

/// Reads a pipe, file or terminal as it comes, in a thread of its own.
class DescriptorReader {
 public:
  /// `piece` gets what came, at most 4 KiB of it; `end` is called once, at the end or where reading
  /// fails. Neither is called after `stop()`. The descriptor stays the caller's.
  DescriptorReader(int descriptor, std::function<void(const std::string&)> piece,
                   std::function<void()> end);
  ~DescriptorReader();
  DescriptorReader(const DescriptorReader&) = delete;
  DescriptorReader& operator=(const DescriptorReader&) = delete;

  void stop();

 private:
  void read_all();

  const int descriptor_;
  const std::function<void(const std::string&)> piece_;
  const std::function<void()> end_;
  int wake_[2] = {-1, -1};  ///< a pipe; what is written into it ends the thread
  std::thread thread_;
};

}  // namespace gst_lingua_live
