// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace gst_tts::tool {

/// Where the samples go: a WAV file, or raw to standard output. Throws `Error` when it cannot be
/// written.
class Output {
 public:
  /// "-": a WAV file to standard output. An empty name: samples alone, there.
  Output(const std::string& file, int sample_rate);

  void write(const std::vector<int16_t>& samples);
  void write_silence(int64_t samples);

  /// Samples so far.
  int64_t position() const { return position_; }

  /// Makes a whole file of what was written so far: its header has the lengths. A pipe's first
  /// header stays, which says that it is as long as can be, and plays.
  void complete();

 private:
  void write_header(uint32_t data_bytes);
  [[noreturn]] void fail() const;

  struct Close {
    void operator()(std::FILE* file) const;
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::string name_;
  bool is_wav_;
  long start_ = -1;  ///< where the header is; -1 where it cannot be written again
  int sample_rate_;
  int64_t position_ = 0;
};

}  // namespace gst_tts::tool
