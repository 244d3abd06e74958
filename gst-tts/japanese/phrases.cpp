// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/phrases.h"

namespace gst_tts::japanese {

namespace {

/// espeak-ng reads no word of more than 160 bytes, 53 kana.
constexpr size_t longest_phrase = 40;

/// Longer compounds of nouns have more than one stress.
constexpr size_t longest_compound = 14;

}  // namespace

bool PhraseWriter::joins(std::u32string_view katakana, Role role) const {
  const size_t length = length_ + katakana.size();
  if (length_ == 0 || length > longest_phrase) return false;
  if (role == Role::Attached || role == Role::Counter || last_ == Role::Prefix) return true;
  // It lengthens or changes what is before it.
  if (std::u32string_view(U"ーァィゥェォャュョヮッン").find(katakana[0]) !=
      std::u32string_view::npos)
    return true;
  if (stretched_ && katakana.size() == 1) return true;  // すごーい
  return role == Role::Noun && last_ == Role::Noun && length <= longest_compound;
}

void PhraseWriter::add(std::u32string_view katakana, Role role, size_t begin, size_t end) {
  if (katakana.empty()) return;
  if (!joins(katakana, role)) {
    if (!out_.empty()) out_.push_back({U' ', begin, begin});
    length_ = 0;
  }
  for (const char32_t c : katakana) {
    out_.push_back({c, begin, end});
    ++length_;
  }
  last_ = role;
  stretched_ = katakana == U"ー";
}

void PhraseWriter::add_mark(char32_t mark, size_t begin, size_t end) {
  out_.push_back({mark, begin, end});
  end_phrase();
}

}  // namespace gst_tts::japanese
