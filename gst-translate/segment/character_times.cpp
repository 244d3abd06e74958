// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/character_times.h"

#include <algorithm>
#include <utility>

namespace gst_translate::segment {

void CharacterTimes::begin_piece(TimeSpan time, size_t length) {
  timed_ = time.start != TimeSpan::none;
  new_piece_ = true;
  time_ = time;
  length_ = length;
}

void CharacterTimes::add_timed(size_t position, size_t offset) {
  if (!new_piece_) {
    Run& run = runs_.back();
    if (run.position + run.count == position && run.offset + run.count == offset) {
      ++run.count;
      return;
    }
  }
  runs_.push_back({position, 1, offset, length_, time_});
  new_piece_ = false;
}

int64_t CharacterTimes::Run::at(size_t wanted) const {
  if (time.end == TimeSpan::none) return time.start;
  const auto in_piece = static_cast<double>(offset + (wanted - position));
  const double share = in_piece / static_cast<double>(length);
  return time.start + static_cast<int64_t>(share * static_cast<double>(time.end - time.start));
}

TimeSpan CharacterTimes::Run::part(size_t begin, size_t end) const {
  return {at(begin), time.end == TimeSpan::none ? TimeSpan::none : at(end)};
}

TimeSpan CharacterTimes::time_of(size_t begin, size_t end) const {
  TimeSpan time;
  for (const Run& run : runs_) {
    if (run.position <= begin && begin < run.position + run.count) time.start = run.at(begin);
    if (run.position < end && end <= run.position + run.count) time.end = run.part(begin, end).end;
  }
  return time;
}

std::vector<TimedText> CharacterTimes::words_of(std::u32string_view text, size_t begin,
                                                size_t end) const {
  std::vector<TimedText> words;
  size_t position = begin, bytes = 0;
  const auto advance = [&](size_t to) {
    for (; position < to; ++position)
      bytes += utf8_length(text[position]);
    return bytes;
  };
  for (const Run& run : runs_) {
    size_t from = std::max(run.position, begin);
    size_t to = std::min(run.position + run.count, end);
    while (from < to && is_space(kind_of(text[from])))
      ++from;
    while (from < to && is_space(kind_of(text[to - 1])))
      --to;
    if (from >= to) continue;
    TimedText word;
    word.offset = advance(from);
    word.length = advance(to) - word.offset;
    word.time = run.part(from, to);
    words.push_back(word);
  }
  return words;
}

CharacterTimes::Run CharacterTimes::Run::between(size_t begin, size_t end) const {
  Run run = *this;
  run.position = std::clamp(begin, position, position + count);
  run.count = std::clamp(end, run.position, position + count) - run.position;
  run.offset += run.position - position;
  return run;
}

void CharacterTimes::erase(size_t begin, size_t count) {
  if (runs_.empty()) return;
  std::vector<Run> kept;
  for (const Run& run : runs_) {
    const Run before = run.between(0, begin);
    if (before.count > 0) kept.push_back(before);
    Run after = run.between(begin + count, run.position + run.count);
    if (after.count == 0) continue;
    after.position -= count;
    kept.push_back(after);
  }
  runs_ = std::move(kept);
}

}  // namespace gst_translate::segment
