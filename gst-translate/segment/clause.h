// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace gst_translate::segment {

/// Finds where to cut a text that cannot wait for its sentence to end.
class ClauseCutter {
 public:
  ClauseCutter();
  ~ClauseCutter();
  ClauseCutter(ClauseCutter&&) noexcept;
  ClauseCutter& operator=(ClauseCutter&&) noexcept;

  /// How many of the first `limit` characters of `text` to give away: up to the last mark between
  /// clauses; else between words, those that need a dictionary (Thai, Japanese, ...) by ICU's; else
  /// between grapheme clusters. At least one cluster, unless the only one may go on at `limit`:
  /// then 0. `last_word_complete`: `limit` is the end of a word; otherwise a word there may go on.
  size_t best_cut(std::u32string_view text, size_t limit, bool last_word_complete);

 private:
  struct Iterators;
  std::unique_ptr<Iterators> iterators_;  // opened when first needed
};

}  // namespace gst_translate::segment
