// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

/// How the number is said that tells whose name ends before `at` from others of the name: "Louis
/// the fourteenth", "unter Ludwig dem vierzehnten", "Isabel segunda"; by its digits where a
/// language counts them. Empty where no name of a king, emperor or pope ends there, or of none that
/// is known in this language. English, German, French and Spanish.
std::u32string number_of_ruler(const SourcedText& text, size_t at, std::string_view bcp47,
                               int number);

}  // namespace gst_tts
