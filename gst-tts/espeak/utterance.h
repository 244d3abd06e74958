// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gst-tts/espeak/cleaner.h"
#include "gst-tts/espeak/library.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::espeak {

/// A text that is spoken clause by clause, each when it is asked for.
class EspeakUtterance final : public Utterance {
 public:
  /// `text` is cleaned.
  EspeakUtterance(Library& library, Manner manner, SourcedText text, double volume,
                  CancelFlag cancel, size_t dropped);

  /// Speaks all clauses that are left.
  SpeechDuration duration() override;
  bool next(AudioChunk& chunk) override;
  size_t dropped_characters() const override { return dropped_; }

 private:
  void speak_clause();
  void add_words(size_t begin, size_t end, const ClauseSound& sound, int64_t shift);

  Library& library_;
  const Manner manner_;
  const SourcedText text_;
  const double volume_;
  const CancelFlag cancel_;
  const size_t dropped_;

  size_t spoken_ = 0;             ///< characters of `text_`
  std::vector<int16_t> samples_;  ///< made and not handed out, from `taken_` on
  size_t taken_ = 0;
  int64_t made_ = 0;        ///< samples, in all
  int64_t handed_out_ = 0;  ///< likewise
  std::vector<SpokenWord> words_;
  size_t words_handed_out_ = 0;
};

}  // namespace gst_tts::espeak
