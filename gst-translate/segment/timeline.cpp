// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/timeline.h"

#include <algorithm>

namespace gst_translate::segment {

void Timeline::begin_piece(TimeSpan time, size_t length) {
  timed_ = time.start != TimeSpan::none;
  new_piece_ = true;
  time_ = time;
  length_ = length;
}

void Timeline::add_timed(size_t position, size_t offset) {
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

int64_t Timeline::Run::at(size_t wanted) const {
  if (time.end == TimeSpan::none) return time.start;
  const auto in_piece = static_cast<double>(offset + (wanted - position));
  const double share = in_piece / static_cast<double>(length);
  return time.start + static_cast<int64_t>(share * static_cast<double>(time.end - time.start));
}

TimeSpan Timeline::Run::part(size_t begin, size_t end) const {
  return {at(begin), time.end == TimeSpan::none ? TimeSpan::none : at(end)};
}

TimeSpan Timeline::time_of(size_t begin, size_t end) const {
  TimeSpan time;
  for (const Run& run : runs_) {
    if (run.position <= begin && begin < run.position + run.count) time.start = run.at(begin);
    if (run.position < end && end <= run.position + run.count) time.end = run.part(begin, end).end;
  }
  return time;
}

std::vector<TimedText> Timeline::words_of(std::u32string_view text, size_t begin,
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

void Timeline::shift(size_t count) {
  size_t kept = 0;
  for (Run run : runs_) {
    if (run.position + run.count <= count) continue;
    if (run.position < count) {
      const size_t gone = count - run.position;
      run.count -= gone;
      run.offset += gone;
      run.position = count;
    }
    run.position -= count;
    runs_[kept++] = run;
  }
  runs_.resize(kept);
}

}  // namespace gst_translate::segment
