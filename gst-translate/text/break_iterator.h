// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <unicode/ubrk.h>

#include <memory>
#include <string>

#include "gst-translate/text/error.h"

namespace gst_translate {

struct CloseBreakIterator {
  void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};
/// Where words, characters or lines may be parted (ICU). For one thread at a time.
using BreakIterator = std::unique_ptr<UBreakIterator, CloseBreakIterator>;

/// Throws `Error` Unavailable where ICU's data is missing.
inline BreakIterator open_break_iterator(UBreakIteratorType type) {
  UErrorCode error = U_ZERO_ERROR;
  BreakIterator iterator(ubrk_open(type, "", nullptr, 0, &error));
  if (U_FAILURE(error))
    throw Error(Error::Kind::Unavailable, std::string("ICU has no break iterator (") +
                                              u_errorName(error) +
                                              "): install its data, package libicu");
  return iterator;
}

}  // namespace gst_translate
