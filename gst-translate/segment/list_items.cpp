// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/list_items.h"

#include <algorithm>

#include "gst-translate/segment/words.h"

namespace gst_translate::segment {

namespace {

constexpr size_t most_digits = 3;
constexpr size_t longest_numeral = 5;  // "xviii"

/// 一, 十二: in scripts without spaces other words stand in brackets as well, (笑).
bool is_numeral(std::u32string_view value) {
  return value.find_first_not_of(U"〇一二三四五六七八九十百") == std::u32string_view::npos;
}

unsigned digits_value(const std::u32string& digits) {
  unsigned value = 0;
  for (const char32_t c : digits) {
    if (c < U'0' || c > U'9') return 0;
    value = value * 10 + static_cast<unsigned>(c - U'0');
  }
  return value;
}

}  // namespace

bool ListMarker::may_precede(char32_t first) const {
  if (style == Style::Brackets) return first == U'(' || first == U'（';
  return (kind_of(first) == Kind::Digit) == (kind_of(value[0]) == Kind::Digit);
}

bool ListMarker::precedes(const ListMarker& next) const {
  if (style != next.style) return false;
  const unsigned number = digits_value(value);
  if (number > 0) return digits_value(next.value) == number + 1;
  if (value.size() == 1 && next.value.size() == 1 && next.value[0] == value[0] + 1) return true;
  const unsigned roman = roman_value(value);
  return roman > 0 && roman_value(next.value) == roman + 1;
}

std::optional<ListMarker> read_list_marker(Reader& reader, size_t position) {
  while (reader.kind(position) == Kind::Bullet)
    position = reader.skip_space(position + 1);
  const bool wide = reader[position] == U'（', bracket = wide || reader[position] == U'(';
  if (bracket) ++position;
  ListMarker marker;
  const Kind kind = reader.kind(position);
  if (kind != Kind::Digit && !is_letter(kind)) return std::nullopt;
  const size_t longest = kind == Kind::Digit ? most_digits : longest_numeral;
  while (marker.value.size() <= longest &&
         (kind == Kind::Digit ? reader.kind(position) == Kind::Digit
                              : is_letter(reader.kind(position))))
    marker.value += reader[position++];
  if (marker.value.size() > longest) return std::nullopt;
  const bool stop = reader[position] == U'.';
  if (stop) ++position;
  const bool closed = reader[position] == U')' || reader[position] == U'）';
  if (closed) ++position;
  if (bracket != (bracket && closed) || (!stop && !closed)) return std::nullopt;
  if (bracket)
    marker.style = ListMarker::Style::Brackets;
  else if (stop)
    marker.style = closed ? ListMarker::Style::StopBracket : ListMarker::Style::Stop;
  else
    marker.style = ListMarker::Style::Bracket;
  // "A. Smith met B. Jones": initials, not a list.
  if (marker.style == ListMarker::Style::Stop && kind == Kind::Upper) return std::nullopt;
  if (kind != Kind::Digit && marker.value.size() > 1 && roman_value(marker.value) == 0)
    return std::nullopt;
  const bool attached = bracket && is_unspaced(reader[position]);
  if (!is_space(reader.kind(position)) && !attached) return std::nullopt;
  if (kind == Kind::Letter && (attached || wide) && !is_numeral(marker.value)) return std::nullopt;
  marker.end = position;
  return marker;
}

}  // namespace gst_translate::segment
