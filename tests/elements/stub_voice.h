// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts {

constexpr int stub_rate = 16000;       ///< samples a second
constexpr int stub_character_ms = 50;  ///< of sound for a byte of text, at rate 1

/// What was asked for last; for tests of what reaches an engine.
SpeechRequest stub_last_request();

/// Whether the engine was to run in processes of its own when it was opened last.
bool stub_last_isolate();

}  // namespace gst_tts
