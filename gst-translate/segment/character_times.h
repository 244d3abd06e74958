// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/segmenter.h"

namespace gst_translate::segment {

/// When each character of the pending text was said: the times of the pieces that it came in,
/// shared among their characters. Pieces without a time cost nothing.
class CharacterTimes {
 public:
  /// The piece whose characters come next, `length` of them.
  void begin_piece(TimeSpan time, size_t length);
  void end_piece() { timed_ = false; }

  /// Character `offset` of the piece is character `position` of the pending text.
  void add(size_t position, size_t offset) {
    if (timed_) add_timed(position, offset);
  }

  /// From the character at `begin` to the one before `end`.
  TimeSpan time_of(size_t begin, size_t end) const;

  /// The pieces between two positions of `text`, with offsets in UTF-8 from `begin`.
  std::vector<TimedText> words_of(std::u32string_view text, size_t begin, size_t end) const;

  /// `count` characters of the pending text, from `begin` on, are gone.
  void erase(size_t begin, size_t count);

  void clear() { runs_.clear(); }

 private:
  /// Characters of one piece, side by side in the text.
  struct Run {
    size_t position;
    size_t count;
    size_t offset;  // of the first, in the piece
    size_t length;  // of the piece
    TimeSpan time;

    int64_t at(size_t position) const;  // when the character at `position` begins
    TimeSpan part(size_t begin, size_t end) const;
    Run between(size_t begin, size_t end) const;  // empty if it has none there
  };

  void add_timed(size_t position, size_t offset);

  std::vector<Run> runs_;
  bool timed_ = false;
  bool new_piece_ = false;
  TimeSpan time_;
  size_t length_ = 0;
};

}  // namespace gst_translate::segment
