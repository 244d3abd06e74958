// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

#include "gst-tts/voice/sourced_text.h"
#include "gst-tts/wording/replacement.h"

namespace gst_tts {

/// The ordinal that a French ending at `at` makes of `number`: "2e", "XIXe", "1re".
Replacement french_ordinal(const SourcedText& text, size_t at, int number);

}  // namespace gst_tts
