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

/// Where there is none of it.
constexpr int fade_ms = 5;

/// Of an utterance that has lost so many words each crash costs a clause: to find a word takes some
/// processes.
constexpr size_t most_lost_words = 20;

bool is_loud(int16_t sample) {
  return std::abs(sample) >= silence;
}

/// What begins in the midst of a wave begins from nothing.
void fade_in(std::vector<int16_t>& samples, size_t length) {
  length = std::min(length, samples.size());
  for (size_t i = 0; i < length; ++i)
    samples[i] =
        static_cast<int16_t>(samples[i] * static_cast<int64_t>(i) / static_cast<int64_t>(length));
}

/// What ends in the midst of a wave dies away.
void die_away(std::vector<int16_t>& samples, size_t length) {
  const int64_t last = samples.back();
  for (size_t i = 1; i <= length; ++i)
    samples.push_back(static_cast<int16_t>(last * static_cast<int64_t>(length - i) /
                                           static_cast<int64_t>(length)));
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
      pauses_(request.pauses),
      cancel_(request.cancel),
      continued_(request.continued),
      dropped_(dropped),
      deviations_(std::move(deviations)),
      guard_(espeak_->sample_rate() * guard_ms / 1000),
      fade_(static_cast<size_t>(espeak_->sample_rate() * fade_ms / 1000)) {}

SpeechDuration EspeakUtterance::duration_up_to(int64_t samples) {
  while (!finished() && (clause_ || made() <= samples))
    speak();
  if (finished()) return {made(), true};
  // What is left sounds as long, a character.
  const double whole = static_cast<double>(text_.size()) / static_cast<double>(spoken_);
  return {std::llround(static_cast<double>(made()) * whole), false};
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

/// One piece of sound more, or the end of a clause. A clause that is lost ends where it is, unless
/// it may be said in pieces.
void EspeakUtterance::speak() {
  try {
    if (!clause_) begin_clause();
    ClauseSound piece;
    if (speaker_->next(piece, cancel_.get())) {
      take(std::move(piece));
      return;
    }
  } catch (const ClauseLost& loss) {
    speaker_.reset();
    if (loss.crashed() && halve_clause()) return;
    gst_translate::log(gst_translate::LogLevel::Warning, "voice", [&] { return loss.what(); });
    losses_.push_back(loss);
    dropped_ += count_word_characters(text_, clause_->begin, clause_->end);
  }
  end_clause();
}

void EspeakUtterance::begin_clause() {
  // espeak-ng makes a pause within what it is given at a time, too: "Well, I suppose so."
  const size_t first_mark = clause_end(text_, spoken_, 1);
  size_t end = pauses_ ? clause_end(text_, spoken_) : first_mark;
  if (piece_end_ > spoken_) end = std::min(end, piece_end_);
  const bool last = end == text_.size();
  const bool marked = ends_with_mark(text_, end);
  const bool goes_on = !last || continued_;
  const bool pause = pauses_ && goes_on && marked;
  has_pauses_ |= pause || first_mark < end;
  clause_.emplace(Current{spoken_, end, !pauses_ || (last && !pause), made() > 0 && pauses_, made(),
                          made(), WordTimes(text_, spoken_, end, made())});
  if (!speaker_) speaker_ = espeak_->speaker(manner_);
  Clause clause = {encode(text_, spoken_, end), end - spoken_, pause};
  if (last && continued_ && !marked) {
    // Without the pause a comma is no more than the voice of who goes on.
    clause.text += ',';
    ++clause.characters;
  }
  speaker_->begin(clause);
}

/// Most crashes come before the first sound, and of one word or of many together: so what can be
/// said is said, and what is lost is a word. False where it is one, or was heard in part, or where
/// too many were lost.
bool EspeakUtterance::halve_clause() {
  if (made() != clause_->start || losses_.size() >= most_lost_words) return false;
  const size_t middle = clause_->begin + (clause_->end - clause_->begin) / 2;
  size_t before = middle, behind = middle;
  while (before > clause_->begin && text_[before].character != ' ')
    --before;
  while (behind < clause_->end && text_[behind].character != ' ')
    ++behind;
  const bool has_before = before > clause_->begin;
  const bool has_behind = behind < clause_->end;
  if (!has_before && !has_behind) return false;
  piece_end_ = has_before && (!has_behind || middle - before <= behind - middle) ? before : behind;
  clause_.reset();
  waiting_.clear();
  return true;
}

void EspeakUtterance::take(ClauseSound&& piece) {
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  const auto added = static_cast<std::ptrdiff_t>(samples_.size());
  // What is silent stays as it is.
  if (made() == clause_->start) fade_in(piece.samples, fade_);
  samples_.insert(samples_.end(), piece.samples.begin(), piece.samples.end());
  if (!clause_->begun) {
    waiting_.insert(waiting_.end(), piece.events.begin(), piece.events.end());
    const auto sound = std::find_if(samples_.begin() + added, samples_.end(), is_loud);
    if (sound == samples_.end()) return;
    cut_lead(handed_out_ + (sound - samples_.begin()) - clause_->start);
  } else {
    add_events(piece.events);
  }
  const auto sound = std::find_if(samples_.rbegin(), samples_.rend(), is_loud);
  if (sound != samples_.rend())
    clause_->sound_end = std::max(clause_->sound_end, made() - (sound - samples_.rbegin()));
  final_ = std::min(clause_->words.known_until(made()), made());
  // What is silent may be the clause's end, which is cut off.
  if (clause_->cuts_end) final_ = std::min(final_, clause_->sound_end + guard_);
}

void EspeakUtterance::add_events(const std::vector<TextEvent>& events) {
  for (const TextEvent& event : events)
    clause_->words.add(event, clause_->start + event.sample, words_);
}

/// The clause begins with so many silent samples.
void EspeakUtterance::cut_lead(int64_t silent) {
  const int64_t cut = silent - std::min(silent, guard_);
  const auto begin = samples_.begin() + static_cast<std::ptrdiff_t>(taken_) +
                     static_cast<std::ptrdiff_t>(clause_->start - handed_out_);
  samples_.erase(begin, begin + static_cast<std::ptrdiff_t>(cut));
  clause_->start -= cut;
  clause_->begun = true;
  add_events(std::exchange(waiting_, {}));
}

void EspeakUtterance::end_clause() {
  if (!clause_->begun) cut_lead(made() - clause_->start);
  if (clause_->cuts_end) {
    const int64_t end = std::min(made(), clause_->sound_end + guard_);
    samples_.resize(taken_ + static_cast<size_t>(end - handed_out_));
  }
  if (!samples_.empty() && is_loud(samples_.back())) die_away(samples_, fade_);
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
