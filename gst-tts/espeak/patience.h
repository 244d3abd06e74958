// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "gst-tts/espeak/espeak.h"

namespace gst_tts::espeak {

/// How long a clause may take to make: ten times what it does on a slow machine, where a character
/// of text takes 1 ms (0.05 ms on a fast one), and some seconds at least, since others may be at
/// work there.
inline std::chrono::milliseconds time_allowed(const Clause& clause) {
  return std::max<std::chrono::milliseconds>(
      std::chrono::seconds(5),
      10 * std::chrono::milliseconds(static_cast<int64_t>(clause.characters)));
}

/// How long its sound may be: ten times what it is where a character is a syllable, and not that of
/// a short one.
inline std::chrono::milliseconds sound_allowed(const Clause& clause, const Manner& manner) {
  const auto syllables = static_cast<int64_t>(std::max<size_t>(clause.characters, 10));
  return std::chrono::milliseconds(10 * (250 * syllables) * 175 /
                                   std::min(manner.words_per_minute, 175));
}

/// That a clause is given up, and why.
inline ClauseLost clause_lost(const std::string& why, const std::string& text,
                              const std::string& voice, bool crashed = false) {
  return ClauseLost("espeak-ng " + why + " while it spoke \"" + text + "\" with the voice \"" +
                        voice + "\": this is left out.",
                    crashed);
}

/// Why, where the sound was too long.
inline std::string sounded_longer_than(std::chrono::milliseconds allowed) {
  return "made sound longer than " + std::to_string(allowed.count()) + " ms";
}

/// Why, where making it took too long.
inline std::string took_longer_than(std::chrono::milliseconds allowed) {
  return "did not come to an end within " + std::to_string(allowed.count()) + " ms";
}

}  // namespace gst_tts::espeak
