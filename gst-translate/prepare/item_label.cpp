// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/item_label.h"

#include <unicode/uchar.h>

#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

constexpr size_t most_digits = 3;
constexpr size_t longest_numeral = 5;  // "xviii"

bool has_case(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  return u_isupper(c) != 0 || u_islower(c) != 0;
}

/// One past the number or letter that begins at `begin`, or the Roman numeral; `begin` if none
/// does.
size_t value_end(std::string_view text, size_t begin) {
  const std::string_view rest = text.substr(begin);
  const size_t digits = rest.find_first_not_of("0123456789");
  if (digits != 0) return digits <= most_digits ? begin + digits : begin;
  const size_t numeral = rest.find_first_not_of("ivx");
  if (numeral != 0 && numeral <= longest_numeral) return begin + numeral;
  size_t end = begin;
  return end < text.size() && has_case(next_character(text, end)) ? end : begin;
}

}  // namespace

std::string_view item_label(std::string_view text) {
  const size_t begin = !text.empty() && text[0] == '(' ? 1 : 0;
  size_t end = value_end(text, begin);
  if (end == begin || end >= text.size() || text[end] != ')') return {};
  const size_t space = ++end;
  for (size_t next = end; end < text.size() && is_white_space(next_character(text, next));)
    end = next;
  return end > space && end < text.size() ? text.substr(0, end) : std::string_view();
}

}  // namespace gst_translate
