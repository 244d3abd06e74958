// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "gst-tts/espeak/cleaner.h"
#include "gst-tts/espeak/espeak.h"
#include "gst-tts/espeak/word_times.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::espeak {

/// A text that is spoken clause by clause, each when it is asked for. What a piece of sound needs
/// is looked at, and no more: it is handed out as soon as the words in it have their places.
class EspeakUtterance final : public Utterance {
 public:
  /// `text` is cleaned. Of the request its volume, its pauses, its cancel flag and whether another
  /// text follows are used.
  EspeakUtterance(std::shared_ptr<Espeak> espeak, Manner manner, SourcedText text,
                  const SpeechRequest& request, size_t dropped, std::vector<Error> deviations);

  /// Speaks clause by clause what is left.
  SpeechDuration duration_up_to(int64_t samples) override;
  bool next(AudioChunk& chunk) override;
  bool has_pauses() const override { return has_pauses_; }
  size_t dropped_characters() const override { return dropped_; }
  const std::vector<Error>& losses() const override { return losses_; }
  const std::vector<Error>& deviations() const override { return deviations_; }

 private:
  /// The clause that is being spoken.
  struct Current {
    size_t begin, end;  ///< characters of `text_`
    bool cuts_end;      ///< the silence at its end is no part of it
    bool begun;         ///< nor that before it, which is over
    int64_t start;      ///< of its sound, in samples of the utterance
    int64_t sound_end;  ///< one past its last sample that is not silent, likewise
    WordTimes words;
  };

  void speak();
  void begin_clause();
  void take(ClauseSound&& piece);
  void add_events(const std::vector<TextEvent>& events);
  void end_clause();
  bool halve_clause();
  void cut_lead(int64_t silent);

  int64_t made() const { return handed_out_ + static_cast<int64_t>(samples_.size() - taken_); }
  bool finished() const { return !clause_ && spoken_ == text_.size(); }

  const std::shared_ptr<Espeak> espeak_;
  const Manner manner_;
  const SourcedText text_;
  const double volume_;
  const bool pauses_;
  const CancelFlag cancel_;
  const bool continued_;
  size_t dropped_;
  std::vector<Error> losses_;
  const std::vector<Error> deviations_;

  const int64_t guard_;
  const size_t fade_;
  std::unique_ptr<Speaker> speaker_;
  size_t spoken_ = 0;     ///< characters of `text_`, up to the clause that comes next
  size_t piece_end_ = 0;  ///< the end of that, if it is said in pieces
  std::optional<Current> clause_;
  bool has_pauses_ = false;
  std::vector<TextEvent> waiting_;  ///< until the clause has begun
  std::vector<int16_t> samples_;    ///< made and not handed out, from `taken_` on
  size_t taken_ = 0;
  int64_t final_ = 0;       ///< so many samples of the utterance stay as they are, and their words
  int64_t handed_out_ = 0;  ///< samples
  std::vector<SpokenWord> words_;
  size_t words_handed_out_ = 0;
};

}  // namespace gst_tts::espeak
