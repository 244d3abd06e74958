// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>
#include <vector>

#include "gst-tts/voice/sourced_text.h"
#include "gst-tts/voice/spoken_run.h"

namespace gst_tts {

/// A reading that is no words stands in a text as one character, a private one, until the engine
/// puts there what it says for it: rules for words leave it alone.
constexpr char32_t first_reading = 0x100000;
constexpr size_t most_readings = 0xFFFE;

inline bool is_reading(char32_t c) {
  return c >= first_reading && c < first_reading + most_readings;
}

/// The text with what is said in place of what is written. Readings that are no words are added to
/// `placed`, by whose place the character counts. Private characters of the text itself become
/// U+FFFD. A reading beyond `most_readings` is left out: the text is spoken as it is written.
SourcedText place_readings(std::string_view text, const std::vector<Reading>& readings,
                           std::vector<Reading>& placed);

}  // namespace gst_tts
