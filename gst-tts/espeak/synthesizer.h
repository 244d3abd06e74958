// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::espeak {

/// espeak-ng, one for all: in processes of its own with `isolate`, where the helper program is
/// there, else in this one. It speaks clause by clause, each when it is asked for. Rates from 0.46
/// to 6.8 times the voice's own pace, pitches about 7 semitones down and 8 up; beyond them the
/// nearest one is taken. Throws `Error` (NotFound) where espeak-ng's data is missing.
std::shared_ptr<Synthesizer> open(bool isolate);

}  // namespace gst_tts::espeak
