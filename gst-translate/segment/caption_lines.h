// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gst_translate::segment {

/// Breaks a text into lines where Unicode (annex 14) allows it, clauses first. Widths are those of
/// grapheme clusters.
class CaptionLines {
 public:
  static constexpr size_t columns = 42;  ///< of a line
  static constexpr size_t most = 2;      ///< lines

  CaptionLines();
  ~CaptionLines();

  /// The columns that a text takes.
  size_t width(std::u32string_view text) const;

  /// The text in one line or in two that are as long as each other, where it fits.
  std::optional<std::u32string> fit(std::u32string_view text) const;

  /// Where parts of a text end, each of which fits; the last is its size.
  std::vector<size_t> parts(std::u32string_view text) const;

 private:
  struct Break {
    size_t position;
    size_t width;  ///< of the text before it, without the white space there
    bool clause;   ///< behind a comma or the like
  };
  std::vector<Break> breaks(std::u32string_view text) const;

  struct Iterators;
  std::unique_ptr<Iterators> iterators_;
};

}  // namespace gst_translate::segment
