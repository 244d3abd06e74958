// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <unicode/ubrk.h>

#include <string_view>
#include <vector>

#include "gst-translate/text/break_iterator.h"

namespace gst_translate::segment {

/// A text as ICU wants it.
struct Utf16 {
  explicit Utf16(std::u32string_view text);

  /// From its beginning; this object has to live as long as it is asked.
  void give_to(const BreakIterator& iterator) const;

  std::vector<UChar> units;
  std::vector<size_t> starts;  ///< of the character that each unit belongs to
};

}  // namespace gst_translate::segment
