// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "gst-tts/voice/synthesizer.h"

namespace gst_lingua {

/// Keeps so many samples of the chunk, whose end fades so that it does not click, and the words and
/// marks before the sample `end` of the utterance.
void cut (gst_tts::AudioChunk &chunk, int64_t samples, int64_t end, int sample_rate);

} // namespace gst_lingua
