// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gst_translate {

/// Bytes [begin, end) of a text.
struct TextRange {
  size_t begin = 0, end = 0;

  bool operator==(const TextRange& other) const { return begin == other.begin && end == other.end; }
  bool overlaps(const TextRange& other) const { return begin < other.end && other.begin < end; }
};

/// The one of `ranges` that overlaps `range`, or nullptr.
inline const TextRange* find_overlap(const std::vector<TextRange>& ranges, const TextRange& range) {
  const auto found = std::find_if(ranges.begin(), ranges.end(),
                                  [&](const TextRange& each) { return each.overlaps(range); });
  return found == ranges.end() ? nullptr : &*found;
}

}  // namespace gst_translate
