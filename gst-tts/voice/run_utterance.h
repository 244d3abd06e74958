// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts {

/// The runs of a request one after the other, each a request of its own to the engine, with the
/// pauses between them. For engines to make their utterances of requests with runs. A run is
/// prepared when its turn comes, so that a long text begins at once.
class RunUtterance final : public Utterance {
 public:
  /// A run whose voice or language the engine does not have is spoken as the request says, which
  /// is a deviation. `synthesizer` must outlive this. Throws `Error`: as `Synthesizer::voice_for`.
  RunUtterance(Synthesizer& synthesizer, const SpeechRequest& request);

  /// The runs as requests, as far as they have words.
  static std::vector<SpeechRequest> requests(Synthesizer& synthesizer,
                                             const SpeechRequest& request);

  SpeechDuration duration_up_to(int64_t samples) override;
  bool next(AudioChunk& chunk) override;
  /// Those that were asked for stay.
  bool has_pauses() const override { return has_pauses_; }
  size_t dropped_characters() const override { return dropped_; }
  const std::vector<Error>& losses() const override { return losses_; }
  const std::vector<Error>& deviations() const override { return deviations_; }

 private:
  struct Part {
    SpeechRequest request;
    size_t begin = 0;   ///< of its text in the whole one
    int64_t pause = 0;  ///< samples before it, that are not made yet
    std::vector<Mark> marks;
    size_t duration = 0;                   ///< which one it takes with others, counted from 1
    std::unique_ptr<Utterance> utterance;  ///< once it was needed
    size_t losses = 0;                     ///< of its, that are ours by now
  };

  Part part_of(const SpeechRequest& request, size_t index);
  void check_voice(const SpeechRequest& request, SpeechRequest& part);
  void deviate(const Error& error);
  void prepare(Part& part);
  void fit(size_t duration);
  void collect_losses(Part& part);
  void speak();
  void take(Part& part, AudioChunk&& chunk);
  void reach_marks(Part& part, size_t offset, int64_t sample);
  void end(Part& part);

  int64_t made() const { return handed_out_ + static_cast<int64_t>(samples_.size() - taken_); }

  Synthesizer& synthesizer_;
  std::deque<Part> parts_;          ///< that are not over
  std::vector<int64_t> durations_;  ///< that parts take together, in samples
  bool begun_ = false;              ///< the pause before the first of them is over
  int64_t start_ = 0;               ///< of its sound
  bool has_pauses_ = false;
  size_t dropped_ = 0;
  std::vector<Error> losses_;
  std::vector<Error> deviations_;

  std::vector<int16_t> samples_;  ///< made and not handed out, from `taken_` on
  size_t taken_ = 0;
  int64_t handed_out_ = 0;  ///< samples
  std::deque<SpokenWord> words_;
  std::deque<ReachedMark> marks_;
};

}  // namespace gst_tts
