// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/breaks.h"

#include <unicode/utext.h>

#include "gst-translate/text/break_iterator.h"
#include "gst-translate/text/error.h"

namespace gst_translate {

std::vector<TextRange> break_text(std::string_view text, Break by) {
  std::vector<TextRange> ranges;
  // Kept: opening one costs more than a sentence takes.
  thread_local const BreakIterator words = open_break_iterator(UBRK_WORD);
  thread_local const BreakIterator graphemes = open_break_iterator(UBRK_CHARACTER);
  UBreakIterator* breaks = (by == Break::Word ? words : graphemes).get();
  UErrorCode error = U_ZERO_ERROR;
  UText input = UTEXT_INITIALIZER;
  utext_openUTF8(&input, text.data(), static_cast<int64_t>(text.size()), &error);
  ubrk_setUText(breaks, &input, &error);
  if (U_FAILURE(error)) {
    utext_close(&input);
    throw Error(Error::Kind::Failed, u_errorName(error));
  }
  size_t begin = 0;
  for (int32_t at = ubrk_next(breaks); at != UBRK_DONE; at = ubrk_next(breaks)) {
    ranges.push_back({begin, static_cast<size_t>(at)});
    begin = static_cast<size_t>(at);
  }
  utext_close(&input);
  return ranges;
}

}  // namespace gst_translate
