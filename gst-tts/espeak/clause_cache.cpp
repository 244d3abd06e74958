// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/clause_cache.h"

namespace gst_tts::espeak {

const ClauseSound* ClauseCache::find(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &found->second->sound;
}

void ClauseCache::add(const std::string& key, const ClauseSound& sound) {
  if (sound.samples.size() > most_samples_ || by_key_.count(key) != 0) return;
  entries_.push_front({key, sound});
  by_key_[key] = entries_.begin();
  samples_ += sound.samples.size();
  while (samples_ > most_samples_) {
    samples_ -= entries_.back().sound.samples.size();
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace gst_tts::espeak
