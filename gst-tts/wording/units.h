// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"
#include "gst-tts/wording/replacement.h"

namespace gst_tts {

/// The unit whose symbol begins at `at`, as so many of it are called: "kilometers".
Replacement find_unit_name(const SourcedText& text, size_t at, double count,
                           std::string_view bcp47);

/// What a rate is by whose stroke stands at `at`: " per hour" for "/h". With `words` a word is as
/// good as a unit, and stays: "/Monat". In languages that have a word for it in sign_words.h.
Replacement find_rate(const SourcedText& text, size_t at, std::string_view bcp47, bool words);

}  // namespace gst_tts
