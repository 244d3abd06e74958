// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/full_stop.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

/// Its last characters, without spaces and the quotation marks and brackets that close.
struct End {
  char32_t last = 0, before = 0;
  size_t begin = 0, end = 0;  ///< of `last`, in bytes
};

End end_of(std::string_view text) {
  constexpr std::u32string_view closing = U"\"'”’»›)]}」』）♪*_";
  End end;
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const char32_t c = next_character(text, position);
    if (is_white_space(c) || closing.find(c) != std::u32string_view::npos) continue;
    end = {c, end.end == begin ? end.last : 0, begin, position};
  }
  return end;
}

bool has_case(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASED) != 0;
}

/// "a.m.", "z. B.": its full stop may be no sentence's.
bool may_be_abbreviation(std::string_view text, size_t stop) {
  const size_t word = text.find_last_of(" .", stop - 1) + 1;
  size_t letters = 0;
  for (size_t position = word; position < stop;)
    letters += u_isalpha(static_cast<UChar32>(next_character(text, position))) != 0 ? 1U : 2U;
  return letters < 2 || (word > 0 && text[word - 1] == '.');
}

}  // namespace

void drop_added_full_stop(std::string& translation, std::string_view source) {
  const End own = end_of(source), end = end_of(translation);
  const bool number = u_isdigit(static_cast<UChar32>(own.last)) != 0;
  if (!number && !has_case(own.last)) return;
  constexpr std::u32string_view stops = U".。।۔։።";
  if (end.last == 0 || stops.find(end.last) == std::u32string_view::npos || end.before == end.last)
    return;
  // "am 3.": German ordinals end with one.
  if (!number && u_isdigit(static_cast<UChar32>(end.before)) != 0) return;
  if (end.last == U'.' && may_be_abbreviation(translation, end.begin)) return;
  translation.erase(end.begin, end.end - end.begin);
}

}  // namespace gst_translate
