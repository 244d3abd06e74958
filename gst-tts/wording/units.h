// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

/// The unit whose symbol begins at `at`, as so many of it are called: "kilometers". `end` is one
/// past it, 0 where none begins.
struct UnitName {
  size_t end = 0;
  std::u32string said;
};

UnitName find_unit_name(const SourcedText& text, size_t at, double count, std::string_view bcp47);

/// What a rate is by: " per hour" for "/h". `end` is one past it, 0 where there is none.
struct Rate {
  size_t end = 0;
  std::u32string said;
};

/// The one whose stroke stands at `at`. With `words` a word is as good as a unit, and stays:
/// "/Monat". English, Dutch, French, German, Portuguese and Spanish.
Rate find_rate(const SourcedText& text, size_t at, std::string_view bcp47, bool words);

}  // namespace gst_tts
