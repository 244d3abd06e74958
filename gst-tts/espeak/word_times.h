// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gst-tts/espeak/espeak.h"
#include "gst-tts/voice/sourced_text.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::espeak {

/// Where the words of a clause begin, by the events in its sound, as they come. espeak-ng's events
/// are the beginnings of what it takes for words: parts of numbers, halves of "don't", two words at
/// once. A word of ours begins with the first event in it, and one without an event somewhere
/// between its neighbours, by its distance in characters.
class WordTimes {
 public:
  /// The characters [begin, end) of a cleaned text. The first sample is at `start`.
  WordTimes(const SourcedText& text, size_t begin, size_t end, int64_t start);

  /// Adds to `words` those that begin before the event at `sample`, or with it.
  void add(const TextEvent& event, int64_t sample, std::vector<SpokenWord>& words);

  /// No word that is still to be added begins before this sample. All events before the sample
  /// `made` were added.
  int64_t known_until(int64_t made);

  /// Adds the words that are left. The sound ends at `sample`.
  void finish(int64_t sample, std::vector<SpokenWord>& words);

 private:
  struct Range {
    size_t begin, end;  ///< characters of the clause
  };

  void place(size_t character, int64_t sample, std::vector<SpokenWord>& words);

  const SourcedText& text_;
  const size_t begin_, end_;
  std::vector<Range> ranges_;
  size_t next_ = 0;  ///< of `ranges_`: the first word without a place
  // Where sound and text were last known to meet.
  size_t known_character_ = 0;
  int64_t known_sample_;
  int64_t promised_;  ///< what `known_until` has said
};

/// Characters that are part of a word, in [begin, end).
size_t count_word_characters(const SourcedText& text, size_t begin, size_t end);

}  // namespace gst_tts::espeak
