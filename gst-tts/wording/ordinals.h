// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

/// A number that French endings make an ordinal of: "2e", "XIXe", "1re".
struct FrenchOrdinal {
  size_t end = 0;       ///< one past the ending; 0 if there is none
  std::u32string said;  ///< "deuxième"
};

/// The one of `number`, whose ending stands at `at`.
FrenchOrdinal french_ordinal(const SourcedText& text, size_t at, int number);

}  // namespace gst_tts
