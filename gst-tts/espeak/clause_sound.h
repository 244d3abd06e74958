// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gst_tts::espeak {

/// A place in a clause's text and when it is spoken.
struct TextEvent {
  size_t character = 0;  ///< from the start of the clause's text
  int64_t sample = 0;    ///< from the start of the clause's sound
};

struct ClauseSound {
  std::vector<int16_t> samples;
  std::vector<TextEvent> events;  ///< in order of time
};

}  // namespace gst_tts::espeak
