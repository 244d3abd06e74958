// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/word_join.h"

#include "gst-translate/segment/characters.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate::segment {

namespace {

constexpr size_t longest_unspaced_word = 16;  // columns

/// Behind the marks that show nothing.
char32_t next_visible(std::string_view word, size_t& position) {
  char32_t c = next_character(word, position);
  while (position < word.size() && is_invisible(c))
    c = next_character(word, position);
  return c;
}

}  // namespace

bool has_letter_or_digit(std::string_view word) {
  for (size_t position = 0; position < word.size();) {
    const Kind kind = kind_of(next_character(word, position));
    if (is_letter(kind) || kind == Kind::Digit) return true;
  }
  return false;
}

bool is_cue(std::string_view piece) {
  const std::string_view text = trim(piece);
  size_t columns = 0;
  bool unspaced = true;
  for (size_t position = 0; position < text.size();) {
    const char32_t c = next_character(text, position);
    if (is_note(c) || is_space(kind_of(c))) return true;
    unspaced = unspaced && (is_unspaced(c) || !is_letter(kind_of(c)));
    columns += width_of(c);
  }
  return unspaced && columns > longest_unspaced_word;
}

bool is_sound(std::string_view piece) {
  const std::string_view text = trim(piece);
  return text.size() > 2 && ((text.front() == '[' && text.back() == ']') ||
                             (text.front() == '(' && text.back() == ')'));
}

bool clings(std::string_view word, bool spaced_marks) {
  size_t position = 0;
  const char32_t first = next_visible(word, position);
  const bool more = position < word.size();
  switch (kind_of(first)) {
    case Kind::FullStop:
    case Kind::Ellipsis:
      return !has_letter_or_digit(word);  // "...tell you" and ".NET" do not
    case Kind::Mark:
    case Kind::Close:
    case Kind::Comma:
    case Kind::Sure:
      return true;
    case Kind::Question:
    case Kind::Colon:
      return !spaced_marks;
    case Kind::Quote:
      if (first == U'”' || first == U'»' || (!more && !is_note(first))) return !spaced_marks;
      return first == U'’' || (first == U'\'' && word.size() <= 3);
    case Kind::Dash:
      return more && !is_space(kind_of(next_character(word, position)));
    default:
      return first == U'%' && !spaced_marks;
  }
}

bool wants_space_between(char32_t before, std::string_view word, bool spaced_marks) {
  size_t position = 0;
  const char32_t first = next_visible(word, position);
  const Kind kind = kind_of(before);
  return !is_space(kind) && !is_space(kind_of(first)) && !is_unspaced(before) &&
         !is_unspaced(first) && kind != Kind::Open && kind != Kind::Sign &&
         !clings(word, spaced_marks);
}

}  // namespace gst_translate::segment
