// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/utterance.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace gst_tts::espeak {

namespace {

constexpr int chunk_ms = 20;

/// Below this it is silent: -60 dB of full scale.
constexpr int silence = 32;

/// espeak-ng begins with 0 to 49 ms of silence and ends with 7 to 21 ms (measured with 1.51). So
/// much of it stays, so that no sound begins or ends in a step.
constexpr int guard_ms = 3;

bool is_silent(int16_t sample) {
  return std::abs(sample) < silence;
}

size_t leading_silence(const std::vector<int16_t>& samples, size_t guard) {
  const auto sound = std::find_if_not(samples.begin(), samples.end(), is_silent);
  const auto length = static_cast<size_t>(sound - samples.begin());
  return length - std::min(length, guard);
}

size_t trailing_silence(const std::vector<int16_t>& samples, size_t guard) {
  const auto sound = std::find_if_not(samples.rbegin(), samples.rend(), is_silent);
  const auto length = static_cast<size_t>(sound - samples.rbegin());
  return length - std::min(length, guard);
}

void amplify(std::vector<int16_t>& samples, double volume) {
  if (volume == 1.0) return;
  using Limits = std::numeric_limits<int16_t>;
  for (int16_t& sample : samples) {
    const double louder = std::clamp<double>(sample * volume, Limits::min(), Limits::max());
    sample = static_cast<int16_t>(std::lround(louder));
  }
}

struct CharacterRange {
  size_t begin, end;
};

/// Written without spaces, so that each character is a word for itself.
bool stands_alone(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

bool is_word_character(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_P_MASK | U_GC_Z_MASK)) == 0;
}

/// The words of a cleaned clause: what spaces part, without the punctuation at its ends.
std::vector<CharacterRange> words_of(const SourcedText& text, size_t begin, size_t end) {
  std::vector<CharacterRange> words;
  for (size_t i = begin; i < end;) {
    if (!is_word_character(text[i].character)) {
      ++i;
      continue;
    }
    CharacterRange word{i, i + 1};
    if (!stands_alone(text[i].character)) {
      while (i < end && text[i].character != ' ' && !stands_alone(text[i].character)) {
        if (is_word_character(text[i].character)) word.end = i + 1;
        ++i;
      }
    }
    i = std::max(i, word.end);
    words.push_back(word);
  }
  return words;
}

}  // namespace

EspeakUtterance::EspeakUtterance(Library& library, Manner manner, SourcedText text, double volume,
                                 CancelFlag cancel, size_t dropped)
    : library_(library),
      manner_(std::move(manner)),
      text_(std::move(text)),
      volume_(volume),
      cancel_(std::move(cancel)),
      dropped_(dropped) {}

SpeechDuration EspeakUtterance::duration() {
  while (spoken_ < text_.size())
    speak_clause();
  return {made_, true};
}

bool EspeakUtterance::next(AudioChunk& chunk) {
  chunk.samples.clear();
  chunk.words.clear();
  if (cancel_ && cancel_->load(std::memory_order_relaxed))
    throw Error(Error::Kind::Cancelled, "The speech was cancelled.");
  const auto wanted = static_cast<size_t>(library_.sample_rate() * chunk_ms / 1000);
  while (samples_.size() - taken_ < wanted && spoken_ < text_.size())
    speak_clause();
  const size_t count = std::min(wanted, samples_.size() - taken_);
  if (count == 0) return false;

  const auto first = samples_.begin() + static_cast<std::ptrdiff_t>(taken_);
  chunk.samples.assign(first, first + static_cast<std::ptrdiff_t>(count));
  taken_ += count;
  handed_out_ += static_cast<int64_t>(count);
  const bool last = taken_ == samples_.size() && spoken_ == text_.size();
  while (words_handed_out_ < words_.size() &&
         (last || words_[words_handed_out_].sample < handed_out_))
    chunk.words.push_back(words_[words_handed_out_++]);
  return true;
}

void EspeakUtterance::speak_clause() {
  const size_t begin = spoken_;
  const size_t end = clause_end(text_, begin);
  const bool last = end == text_.size();
  ClauseSound sound = library_.speak(encode(text_, begin, end), end - begin, manner_,
                                     !last && ends_with_mark(text_, end), cancel_.get());
  std::vector<int16_t>& samples = sound.samples;

  const auto guard = static_cast<size_t>(library_.sample_rate() * guard_ms / 1000);
  const size_t lead = made_ == 0 ? leading_silence(samples, guard) : 0;
  samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(lead));
  if (last) samples.resize(samples.size() - trailing_silence(samples, guard));
  amplify(samples, volume_);

  add_words(begin, end, sound, made_ - static_cast<int64_t>(lead));
  made_ += static_cast<int64_t>(samples.size());
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  spoken_ = end;
  while (spoken_ < text_.size() && text_[spoken_].character == ' ')
    ++spoken_;
}

/// espeak-ng's events are the beginnings of what it takes for words: parts of numbers, halves of
/// "don't", two words at once. A word of ours begins with the first event in it, and one without an
/// event somewhere between its neighbours, by its distance in characters.
void EspeakUtterance::add_words(size_t begin, size_t end, const ClauseSound& sound, int64_t shift) {
  const int64_t clause = made_;
  const int64_t length = static_cast<int64_t>(sound.samples.size());
  size_t event = 0;
  size_t known_character = 0;  // of the clause: where sound and text were last known to meet
  int64_t known_sample = clause;
  for (const CharacterRange& word : words_of(text_, begin, end)) {
    while (event < sound.events.size() && sound.events[event].character < word.begin - begin)
      ++event;
    size_t next_character = end - begin;
    int64_t next_sample = clause + length;
    if (event < sound.events.size()) {
      next_character = sound.events[event].character;
      next_sample = std::clamp(sound.events[event].sample + shift, known_sample, clause + length);
    }
    const size_t at = word.begin - begin;
    int64_t sample = next_sample;
    if (next_character >= word.end - begin) {
      const auto span = static_cast<int64_t>(next_character - known_character);
      sample = known_sample + (span == 0 ? 0
                                         : (next_sample - known_sample) *
                                               static_cast<int64_t>(at - known_character) / span);
    }
    known_character = at;
    known_sample = sample;
    const size_t offset = text_[word.begin].begin;
    // A word of the request may be read as several: 120000.
    if (!words_.empty() && offset < words_.back().offset + words_.back().length) continue;
    words_.push_back({offset, text_[word.end - 1].end - offset, sample});
  }
}

}  // namespace gst_tts::espeak
