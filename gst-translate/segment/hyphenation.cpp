// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/hyphenation.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace gst_translate::segment {

bool is_hyphenated(Reader& reader, size_t end, size_t next) {
  const std::u32string_view before = reader.before(end);
  if (before.size() < 3 || (before.back() != U'-' && before.back() != U'\u2010')) return false;
  const auto is_small = [](char32_t c) { return kind_of(c) == Kind::Lower; };
  if (!is_small(before[end - 2]) || !is_small(before[end - 3])) return false;
  constexpr std::u32string_view conjunctions[] = {
      U"and", U"bis", U"bzw", U"eller", U"en",    U"et", U"lub", U"och", U"oder", U"of",
      U"og",  U"or",  U"ou",  U"oraz",  U"sowie", U"to", U"und", U"или", U"та"};
  constexpr size_t longest = 6;
  std::u32string word;
  while (word.size() < longest && reader.kind(next + word.size()) == Kind::Lower)
    word += reader[next + word.size()];
  return word.size() > 1 && std::find(std::begin(conjunctions), std::end(conjunctions), word) ==
                                std::end(conjunctions);
}

}  // namespace gst_translate::segment
