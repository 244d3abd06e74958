// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gst_tts::japanese {

struct DigitGroups {
  std::u32string reading;  ///< katakana
  size_t end = 0;          ///< one past the last character in the text
};

/// A number that is read digit by digit, if one begins there: of a telephone (03-1234-5678,
/// (03)1234-5678, +81-3-1234-5678), of a post office (〒100-0001, 100-0001).
std::optional<DigitGroups> read_digit_groups(std::u32string_view text, size_t begin);

}  // namespace gst_tts::japanese
