// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/japanese/dictionary.h"

namespace gst_tts::japanese {

struct Quantity {
  std::u32string reading;  ///< katakana
  size_t next = 0;         ///< the morpheme behind it
};

/// Reads what begins with the morpheme at `index`: a number with or without its counter (3人,
/// 3.5%), a date (2024-03-05), a time (10:30), a telephone number (03-1234-5678), a fraction (3/4),
/// a sum of money ($5). Nothing if it is none of them.
std::optional<Quantity> read_quantity(std::u32string_view text,
                                      const std::vector<Morpheme>& morphemes, size_t index);

}  // namespace gst_tts::japanese
