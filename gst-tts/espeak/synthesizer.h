// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::espeak {

/// The process's espeak-ng. It speaks clause by clause: the first sound of a text is there after
/// its first clause, and the library's lock is free between two. Rates from 0.46 to 6.8 times the
/// voice's own pace, pitches about 7 semitones down and 8 up; beyond them the nearest one is taken.
/// Throws `Error` (NotFound) where espeak-ng's data is missing.
std::shared_ptr<Synthesizer> open();

}  // namespace gst_tts::espeak
