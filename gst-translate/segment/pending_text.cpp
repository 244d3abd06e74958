// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/pending_text.h"

#include <algorithm>

#include "gst-translate/segment/characters.h"

namespace gst_translate::segment {

size_t PendingText::trimmed_size() const {
  return trim_end(characters_).size();
}

void PendingText::begin_piece(std::string_view valid, TimeSpan time) {
  const auto length =
      std::count_if(valid.begin(), valid.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
  times_.begin_piece(time, static_cast<size_t>(length));
}

void PendingText::append(std::u32string_view characters) {
  characters_.append(characters);
  if (measured_) columns_ += width_of(characters);
}

void PendingText::erase(size_t begin, size_t count) {
  if (measured_) columns_ -= width_of(substr(begin, count));
  characters_.erase(begin, count);
  times_.erase(begin, count);
}

void PendingText::measure(bool wanted) {
  measured_ = wanted;
  columns_ = wanted ? width_of(characters_) : 0;
}

Sentence PendingText::sentence(size_t count) const {
  const size_t size = trim_end(first(count)).size();
  Sentence sentence;
  sentence.text = to_utf8(first(size));
  sentence.time = times_.time_of(0, size);
  sentence.words = times_.words_of(characters_, 0, size);
  return sentence;
}

}  // namespace gst_translate::segment
