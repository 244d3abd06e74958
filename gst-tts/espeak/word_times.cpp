// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/word_times.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <limits>

namespace gst_tts::espeak {

namespace {

/// Written without spaces, so that each character is a word for itself.
bool stands_alone(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

bool is_word_character(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_P_MASK | U_GC_Z_MASK)) == 0;
}

}  // namespace

/// Its words are what spaces part, without the punctuation at their ends.
WordTimes::WordTimes(const SourcedText& text, size_t begin, size_t end, int64_t start)
    : text_(text), begin_(begin), end_(end), known_sample_(start), promised_(start) {
  for (size_t i = begin; i < end;) {
    if (!is_word_character(text[i].character)) {
      ++i;
      continue;
    }
    Range word{i, i + 1};
    if (!stands_alone(text[i].character)) {
      while (i < end && text[i].character != ' ' && !stands_alone(text[i].character)) {
        if (is_word_character(text[i].character)) word.end = i + 1;
        ++i;
      }
    }
    i = std::max(i, word.end);
    ranges_.push_back({word.begin - begin, word.end - begin});
  }
}

void WordTimes::add(const TextEvent& event, int64_t sample, std::vector<SpokenWord>& words) {
  sample = std::max(sample, known_sample_);
  while (next_ < ranges_.size() && ranges_[next_].begin <= event.character)
    place(event.character, sample, words);
}

/// The next word may have no event. Then it begins by its distance on the way to an event that is
/// yet to come, which is at `made` at the soonest, and in the clause's last character at the
/// farthest. So a first sound need not wait for the second word: 1 to 2 ms where words are long.
int64_t WordTimes::known_until(int64_t made) {
  if (next_ == ranges_.size()) return std::numeric_limits<int64_t>::max();
  const auto distance = static_cast<int64_t>(ranges_[next_].begin - known_character_);
  const auto rest = static_cast<int64_t>(end_ - begin_ - known_character_);
  const int64_t soonest = known_sample_ + (made - known_sample_) * distance / rest;
  return promised_ = std::max(promised_, soonest);
}

void WordTimes::finish(int64_t sample, std::vector<SpokenWord>& words) {
  sample = std::max(sample, known_sample_);
  while (next_ < ranges_.size())
    place(end_ - begin_, sample, words);
}

/// The next word, before or at a place where sound and text meet.
void WordTimes::place(size_t character, int64_t sample, std::vector<SpokenWord>& words) {
  const Range word = ranges_[next_++];
  if (character >= word.end) {
    const auto span = static_cast<int64_t>(character - known_character_);
    const auto distance = static_cast<int64_t>(word.begin - known_character_);
    sample = known_sample_ + (span == 0 ? 0 : (sample - known_sample_) * distance / span);
  }
  sample = std::max(sample, promised_);
  known_character_ = word.begin;
  known_sample_ = sample;
  const size_t offset = text_[begin_ + word.begin].begin;
  // A word of the request may be read as several: 120000.
  if (!words.empty() && offset < words.back().offset + words.back().length) return;
  words.push_back({offset, text_[begin_ + word.end - 1].end - offset, sample});
}

size_t count_word_characters(const SourcedText& text, size_t begin, size_t end) {
  size_t count = 0;
  for (size_t i = begin; i < end; ++i)
    count += is_word_character(text[i].character);
  return count;
}

}  // namespace gst_tts::espeak
