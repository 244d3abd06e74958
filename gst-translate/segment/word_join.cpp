// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/word_join.h"

#include "gst-translate/segment/characters.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate::segment {

namespace {

/// True if a word that begins like this is written without a space before it: , ) 's
bool clings(std::string_view word) {
  size_t position = 0;
  const char32_t first = next_character(word, position);
  const bool more = position < word.size();
  switch (kind_of(first)) {
    case Kind::Mark:
    case Kind::FullStop:
    case Kind::Ellipsis:
    case Kind::Question:
    case Kind::Sure:
    case Kind::Close:
    case Kind::Comma:
    case Kind::Colon:
      return true;
    case Kind::Quote:
      if (first == U'”' || first == U'»' || !more) return true;
      return first == U'’' || (first == U'\'' && word.size() <= 3);
    case Kind::Dash:
      return more;
    default:
      return first == U'%';
  }
}

}  // namespace

bool wants_space_between(char32_t before, std::string_view word) {
  size_t position = 0;
  const char32_t first = next_character(word, position);
  const Kind kind = kind_of(before);
  return !is_space(kind) && !is_space(kind_of(first)) && !is_unspaced(before) &&
         !is_unspaced(first) && kind != Kind::Open && kind != Kind::Sign && !clings(word);
}

}  // namespace gst_translate::segment
