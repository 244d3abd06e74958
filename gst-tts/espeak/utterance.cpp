// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/utterance.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "gst-translate/text/log.h"

namespace gst_tts::espeak {

namespace {

constexpr int chunk_ms = 20;

/// Below this it is silent: -60 dB of full scale.
constexpr int silence = 32;

/// espeak-ng begins with 0 to 49 ms of silence and ends with 7 to 21 ms (measured with 1.51). So
/// much of it stays, so that no sound begins or ends in a step.
constexpr int guard_ms = 3;

bool is_loud(int16_t sample) {
  return std::abs(sample) >= silence;
}

void amplify(std::vector<int16_t>& samples, double volume) {
  if (volume == 1.0) return;
  using Limits = std::numeric_limits<int16_t>;
  for (int16_t& sample : samples) {
    const double louder = std::clamp<double>(sample * volume, Limits::min(), Limits::max());
    sample = static_cast<int16_t>(std::lround(louder));
  }
}

}  // namespace

EspeakUtterance::EspeakUtterance(std::shared_ptr<Espeak> espeak, Manner manner, SourcedText text,
                                 const SpeechRequest& request, size_t dropped,
                                 std::vector<Error> deviations)
    : espeak_(std::move(espeak)),
      manner_(std::move(manner)),
      text_(std::move(text)),
      volume_(request.volume),
      cancel_(request.cancel),
      continued_(request.continued),
      dropped_(dropped),
      deviations_(std::move(deviations)),
      guard_(espeak_->sample_rate() * guard_ms / 1000) {}

SpeechDuration EspeakUtterance::duration() {
  while (!finished())
    speak();
  return {made(), true};
}

bool EspeakUtterance::next(AudioChunk& chunk) {
  chunk.samples.clear();
  chunk.words.clear();
  if (cancel_ && cancel_->load(std::memory_order_relaxed))
    throw Error(Error::Kind::Cancelled, "The speech was cancelled.");
  const int64_t wanted = espeak_->sample_rate() * chunk_ms / 1000;
  // A sample more than that, so that the last chunk is known for the last.
  while (final_ - handed_out_ <= wanted && !finished())
    speak();
  const auto count = static_cast<size_t>(std::min(wanted, final_ - handed_out_));
  if (count == 0) return false;

  const auto first = samples_.begin() + static_cast<std::ptrdiff_t>(taken_);
  chunk.samples.assign(first, first + static_cast<std::ptrdiff_t>(count));
  amplify(chunk.samples, volume_);
  taken_ += count;
  handed_out_ += static_cast<int64_t>(count);
  const bool last = finished() && handed_out_ == final_;
  while (words_handed_out_ < words_.size() &&
         (last || words_[words_handed_out_].sample < handed_out_))
    chunk.words.push_back(words_[words_handed_out_++]);
  return true;
}

/// One piece of sound more, or the end of a clause. A clause that is lost ends where it is.
void EspeakUtterance::speak() {
  try {
    if (!clause_) begin_clause();
    ClauseSound piece;
    if (speaker_->next(piece, cancel_.get())) {
      take(std::move(piece));
      return;
    }
  } catch (const ClauseLost& loss) {
    gst_translate::log(gst_translate::LogLevel::Warning, "voice", [&] { return loss.what(); });
    speaker_.reset();
    losses_.push_back(loss);
    dropped_ += count_word_characters(text_, clause_->begin, clause_->end);
  }
  end_clause();
}

void EspeakUtterance::begin_clause() {
  const size_t end = clause_end(text_, spoken_);
  const bool last = end == text_.size();
  const bool pause = (!last || continued_) && ends_with_mark(text_, end);
  clause_.emplace(Current{spoken_, end, last, last && !pause, made(), made(),
                          WordTimes(text_, spoken_, end, made())});
  if (!speaker_) speaker_ = espeak_->speaker(manner_);
  Clause clause = {encode(text_, spoken_, end), end - spoken_, pause};
  if (last && continued_ && !pause) {
    // Without the pause a comma is no more than the voice of who goes on.
    clause.text += ',';
    ++clause.characters;
  }
  speaker_->begin(clause);
}

void EspeakUtterance::take(ClauseSound&& piece) {
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  const auto added = static_cast<std::ptrdiff_t>(samples_.size());
  samples_.insert(samples_.end(), piece.samples.begin(), piece.samples.end());
  if (!begun_) {
    waiting_.insert(waiting_.end(), piece.events.begin(), piece.events.end());
    const auto sound = std::find_if(samples_.begin() + added, samples_.end(), is_loud);
    if (sound == samples_.end()) return;
    cut_lead(static_cast<size_t>(sound - samples_.begin()));
  } else {
    add_events(piece.events);
  }
  const auto sound = std::find_if(samples_.rbegin(), samples_.rend(), is_loud);
  if (sound != samples_.rend())
    clause_->sound_end = std::max(clause_->sound_end, made() - (sound - samples_.rbegin()));
  final_ = std::min(clause_->words.known_until(), made());
  // What is silent may be the end of the text, which is cut off.
  if (clause_->ends) final_ = std::min(final_, clause_->sound_end + guard_);
}

void EspeakUtterance::add_events(const std::vector<TextEvent>& events) {
  for (const TextEvent& event : events)
    clause_->words.add(event, clause_->start + event.sample, words_);
}

/// The text begins with so many silent samples.
void EspeakUtterance::cut_lead(size_t silent) {
  const auto cut =
      static_cast<std::ptrdiff_t>(silent - std::min(silent, static_cast<size_t>(guard_)));
  samples_.erase(samples_.begin(), samples_.begin() + cut);
  clause_->start -= cut;
  begun_ = true;
  add_events(std::exchange(waiting_, {}));
}

void EspeakUtterance::end_clause() {
  if (!begun_ && !samples_.empty()) cut_lead(samples_.size());
  if (clause_->ends) {
    const int64_t end = std::min(made(), clause_->sound_end + guard_);
    samples_.resize(taken_ + static_cast<size_t>(end - handed_out_));
  }
  final_ = made();
  clause_->words.finish(final_, words_);
  for (size_t i = words_handed_out_; i < words_.size(); ++i)
    words_[i].sample = std::min(words_[i].sample, final_);
  spoken_ = clause_->end;
  while (spoken_ < text_.size() && text_[spoken_].character == ' ')
    ++spoken_;
  clause_.reset();
}

}  // namespace gst_tts::espeak
