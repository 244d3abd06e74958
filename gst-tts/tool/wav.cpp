// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/tool/wav.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include "gst-translate/text/error.h"

namespace gst_tts::tool {

namespace {

constexpr uint32_t header_bytes = 44;
constexpr uint32_t unknown_bytes = std::numeric_limits<uint32_t>::max() - header_bytes;

void append_number(std::string& bytes, uint32_t value, int count) {
  for (int i = 0; i < count; ++i)
    bytes += static_cast<char>((value >> (8 * i)) & 0xFF);
}

}  // namespace

void Output::Close::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

Output::Output(const std::string& file, int sample_rate)
    : file_(file.empty() || file == "-" ? stdout : std::fopen(file.c_str(), "wb")),
      name_(file.empty() || file == "-" ? "standard output" : file),
      is_wav_(!file.empty()),
      sample_rate_(sample_rate) {
  if (!file_) fail();
  const bool appends = (fcntl(fileno(file_.get()), F_GETFL) & O_APPEND) != 0;
  if (is_wav_ && !appends) start_ = std::ftell(file_.get());
  if (is_wav_) write_header(unknown_bytes);
}

void Output::fail() const {
  using gst_translate::Error;
  throw Error(Error::Kind::Failed,
              "Cannot write " + name_ + ": " + std::generic_category().message(errno) + ".");
}

/// RIFF WAVE, PCM, 16 bit, mono.
void Output::write_header(uint32_t data_bytes) {
  const auto rate = static_cast<uint32_t>(sample_rate_);
  std::string header = "RIFF";
  append_number(header, data_bytes + header_bytes - 8, 4);
  header += "WAVEfmt ";
  append_number(header, 16, 4);  // bytes of this chunk
  append_number(header, 1, 2);   // PCM
  append_number(header, 1, 2);   // channels
  append_number(header, rate, 4);
  append_number(header, rate * 2, 4);  // bytes a second
  append_number(header, 2, 2);         // bytes a frame
  append_number(header, 16, 2);        // bits a sample
  header += "data";
  append_number(header, data_bytes, 4);
  if (std::fwrite(header.data(), 1, header.size(), file_.get()) != header.size()) fail();
}

void Output::write(const std::vector<int16_t>& samples) {
  position_ += static_cast<int64_t>(samples.size());
  if (!is_wav_) {
    if (std::fwrite(samples.data(), sizeof(int16_t), samples.size(), file_.get()) !=
            samples.size() ||
        std::fflush(file_.get()) != 0)
      fail();
    return;
  }
  std::string bytes;
  bytes.reserve(samples.size() * 2);
  for (const int16_t sample : samples)
    append_number(bytes, static_cast<uint16_t>(sample), 2);
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) fail();
}

void Output::write_silence(int64_t samples) {
  for (; samples > 0; samples -= 4096)
    write(std::vector<int16_t>(static_cast<size_t>(std::min<int64_t>(samples, 4096))));
}

void Output::complete() {
  if (start_ >= 0) {
    if (std::fseek(file_.get(), start_, SEEK_SET) != 0) fail();
    write_header(static_cast<uint32_t>(std::min<int64_t>(position_ * 2, unknown_bytes)));
    const int64_t end = start_ + int64_t{header_bytes} + position_ * 2;
    if (std::fseek(file_.get(), end, SEEK_SET) != 0) fail();
  }
  if (std::fflush(file_.get()) != 0) fail();
}

}  // namespace gst_tts::tool
