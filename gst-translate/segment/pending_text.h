// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gst-translate/segment/character_times.h"
#include "gst-translate/segment/segmenter.h"

namespace gst_translate::segment {

/// The text that has not left yet: its characters, and when each was said.
class PendingText {
 public:
  size_t size() const { return characters_.size(); }
  bool empty() const { return characters_.empty(); }
  char32_t operator[](size_t position) const { return characters_[position]; }
  operator std::u32string_view() const { return characters_; }
  std::u32string_view first(size_t count) const { return substr(0, count); }
  std::u32string_view substr(size_t begin, size_t count) const {
    return std::u32string_view(characters_).substr(begin, count);
  }

  /// Without the white space at its end.
  size_t trimmed_size() const;

  /// The characters until `end_piece` are those of `valid`, which was said in this time.
  void begin_piece(std::string_view valid, TimeSpan time);
  void end_piece() { times_.end_piece(); }

  /// Character `offset` of the piece is going to be the one at `position`.
  void place(size_t position, size_t offset) { times_.add(position, offset); }
  void append(std::u32string_view characters);
  void erase(size_t begin, size_t count);

  /// Whether `columns` is asked for: it costs a look-up a character.
  void measure(bool wanted);
  /// Its width; 0 if it is not measured.
  size_t columns() const { return columns_; }

  /// A sentence of the first `count` characters, without the white space at its end.
  Sentence sentence(size_t count) const;

 private:
  std::u32string characters_;
  CharacterTimes times_;
  bool measured_ = false;
  size_t columns_ = 0;
};

}  // namespace gst_translate::segment
