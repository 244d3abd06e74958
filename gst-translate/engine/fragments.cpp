// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/fragments.h"

#include <unicode/uchar.h>

#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

/// Marks between clauses that need a space behind them in their scripts.
bool is_spaced_mark(char32_t character) {
  switch (character) {
    case U',':
    case U';':
    case U':':
    case U'!':
    case U'?':
    case U'…':
    case U'—':
    case U'–':
    case U'،':
    case U'؛':
    case U'؟':
    case U'।':
      return true;
    default:
      return false;
  }
}

/// Marks that end a clause whatever follows.
bool is_wide_mark(char32_t character) {
  switch (character) {
    case U'、':
    case U'。':
    case U'，':
    case U'；':
    case U'：':
    case U'！':
    case U'？':
      return true;
    default:
      return false;
  }
}

}  // namespace

size_t clause_end(std::string_view text, size_t from) {
  size_t end = from;
  bool after_spaced = false, after_wide = false;
  for (size_t position = from; position < text.size();) {
    const size_t start = position;
    const char32_t character = next_character(text, position);
    const bool space = is_white_space(character);
    const bool closes =
        u_hasBinaryProperty(static_cast<UChar32>(character), UCHAR_QUOTATION_MARK) != 0 ||
        character == U')' || character == U'）';
    if (after_spaced && space) end = position;
    if (after_wide && !closes && !is_wide_mark(character)) end = start;
    after_wide = is_wide_mark(character) || (after_wide && closes);
    after_spaced = is_spaced_mark(character) || (after_spaced && closes);
  }
  return end;
}

}  // namespace gst_translate
