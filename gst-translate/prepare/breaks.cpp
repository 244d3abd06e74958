// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/breaks.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <memory>

namespace gst_translate {

std::vector<TextRange> break_text(std::string_view text, Break by) {
  std::vector<TextRange> ranges;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> breaks(
      ubrk_open(by == Break::Word ? UBRK_WORD : UBRK_CHARACTER, "", nullptr, 0, &error),
      ubrk_close);
  UText input = UTEXT_INITIALIZER;
  utext_openUTF8(&input, text.data(), static_cast<int64_t>(text.size()), &error);
  ubrk_setUText(breaks.get(), &input, &error);
  if (U_SUCCESS(error)) {
    size_t begin = 0;
    for (int32_t at = ubrk_next(breaks.get()); at != UBRK_DONE; at = ubrk_next(breaks.get())) {
      ranges.push_back({begin, static_cast<size_t>(at)});
      begin = static_cast<size_t>(at);
    }
  }
  utext_close(&input);
  return ranges;
}

}  // namespace gst_translate
