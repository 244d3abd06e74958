// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include "gst-tts/japanese/counters.h"

namespace gst_tts::japanese {

/// The unit of measurement that is written so (hPa, m/s², Ω); null if there is none.
const Counter* find_unit(std::u32string_view written);

/// The length of the longest unit that `text` begins with, of those not longer than `most`; 0 if
/// none.
size_t known_unit(std::u32string_view text, size_t most);

/// What a unit is called where it stands without a number; empty for letters that are more likely
/// something else.
std::u32string_view unit_alone(std::u32string_view written);

}  // namespace gst_tts::japanese
