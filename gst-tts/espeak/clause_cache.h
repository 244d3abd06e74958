// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>

#include "gst-tts/espeak/clause_sound.h"

namespace gst_tts::espeak {

/// The clauses that were spoken last. espeak-ng goes on from one clause to the next in the table
/// that makes the pitch flutter and in the count of the voice's cycles (espeak-ng/espeak-ng:
/// src/libespeak-ng/wavegen.c, AdvanceParameters and Wavegen), so it says nothing twice with the
/// same samples, and is up to 10 ms longer or shorter. No call sets them, nor does opening the
/// library again. So what has been said is kept, and said again as it was.
class ClauseCache {
 public:
  /// Sounds of so many samples are kept; the least recently used go.
  explicit ClauseCache(size_t most_samples) : most_samples_(most_samples) {}

  /// Null if it is not there. Good until the next call.
  const ClauseSound* find(const std::string& key);

  void add(const std::string& key, const ClauseSound& sound);

 private:
  struct Entry {
    std::string key;
    ClauseSound sound;
  };

  const size_t most_samples_;
  size_t samples_ = 0;
  std::list<Entry> entries_;  ///< the one used last comes first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace gst_tts::espeak
