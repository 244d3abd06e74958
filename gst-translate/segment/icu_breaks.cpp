// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/icu_breaks.h"

#include <unicode/utf16.h>

#include <string>

#include "gst-translate/text/error.h"

namespace gst_translate::segment {

Utf16::Utf16(std::u32string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    UChar pair[2];
    int32_t n = 0;
    U16_APPEND_UNSAFE(pair, n, text[i]);
    for (int32_t k = 0; k < n; ++k) {
      units.push_back(pair[k]);
      starts.push_back(i);
    }
  }
  starts.push_back(text.size());
}

void Utf16::give_to(const BreakIterator& iterator) const {
  UErrorCode error = U_ZERO_ERROR;
  ubrk_setText(iterator.get(), units.data(), static_cast<int32_t>(units.size()), &error);
  if (U_FAILURE(error)) throw Error(Error::Kind::Failed, u_errorName(error));
}

}  // namespace gst_translate::segment
