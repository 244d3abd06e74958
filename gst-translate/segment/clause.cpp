// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/clause.h"

#include <algorithm>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/icu_breaks.h"

namespace gst_translate::segment {

namespace {

constexpr size_t window = 256;  // characters before the cut that a dictionary is shown

/// True if a cut at `position` would take an accent from its letter, or from the white space that
/// carries it.
bool goes_on_cluster(std::u32string_view text, size_t position) {
  while (position < text.size() && is_space(kind_of(text[position])))
    ++position;
  return position < text.size() && kind_of(text[position]) == Kind::Mark;
}

/// True for a comma or dash at `position` that separates clauses: not in 1,000 or well-known.
bool is_clause_mark(std::u32string_view text, size_t position) {
  const Kind kind = kind_of(text[position]);
  if (kind != Kind::Comma && kind != Kind::Colon && kind != Kind::Dash && kind != Kind::Ellipsis)
    return false;
  const bool last = position + 1 == text.size();
  // 1,000 and １，０００
  if (kind == Kind::Comma && position > 0 && kind_of(text[position - 1]) == Kind::Digit &&
      (last || kind_of(text[position + 1]) == Kind::Digit))
    return false;
  if (kind == Kind::Dash && text[position] != U'—' && text[position] != U'―')
    return position > 0 && is_space(kind_of(text[position - 1])) && !last &&
           is_space(kind_of(text[position + 1]));
  if (text[position] > 127) return true;
  return last ? position > 0 && kind_of(text[position - 1]) != Kind::Digit
              : is_space(kind_of(text[position + 1]));
}

/// False where white space belongs to both its sides: before a mark that is set off by it (vous ?),
/// and where no line may be broken.
bool may_cut_at_space(std::u32string_view text, size_t position) {
  for (; position < text.size() && is_space(kind_of(text[position])); ++position)
    if (text[position] == 0xA0 || text[position] == 0x202F || text[position] == 0x2007)
      return false;
  if (position == text.size()) return true;
  const Kind next = kind_of(text[position]);
  return !is_terminator(next) && next != Kind::Close && next != Kind::Comma &&
         next != Kind::Colon && text[position] != U'»' && text[position] != U'”';
}

}  // namespace

struct ClauseCutter::Iterators {
  /// The last boundary between words before `limit` but one, as the dictionary may see an
  /// unfinished word as two, and the one before that where a word ends at the limit and may go on;
  /// the last if it is the only one; between grapheme clusters up to `limit` if there is none. 0:
  /// none after the beginning of the text.
  size_t last_boundary(std::u32string_view text, size_t limit) const {
    const Utf16 utf16(text);
    utf16.give_to(words);
    utf16.give_to(clusters);
    size_t word = 0, word_before = 0, third = 0, cluster = 0;
    bool touches = false;  // the last word that the dictionary sees ends at the limit
    for (int32_t at = ubrk_first(clusters.get()); at != UBRK_DONE; at = ubrk_next(clusters.get())) {
      const size_t start = utf16.starts[static_cast<size_t>(at)];
      if (start > limit) break;
      if (goes_on_cluster(text, start)) continue;
      cluster = start;
      if (start == limit && limit < text.size())
        touches = is_unspaced(text[limit]) && ubrk_isBoundary(words.get(), at) != 0;
      if (start == 0 || start == limit || !ubrk_isBoundary(words.get(), at) ||
          !may_cut_at_space(text, start) || !may_cut_at_space(text, start - 1))
        continue;
      third = word_before;
      word_before = word;
      word = start;
    }
    if (touches && third > 0) return third;
    if (word_before > 0) return word_before;
    return word > 0 ? word : cluster;
  }

  BreakIterator words = open_break_iterator(UBRK_WORD);
  BreakIterator clusters = open_break_iterator(UBRK_CHARACTER);
};

ClauseCutter::ClauseCutter() = default;
ClauseCutter::~ClauseCutter() = default;
ClauseCutter::ClauseCutter(ClauseCutter&&) noexcept = default;
ClauseCutter& ClauseCutter::operator=(ClauseCutter&&) noexcept = default;

size_t ClauseCutter::best_cut(std::u32string_view text, size_t limit, bool last_word_complete) {
  for (size_t i = limit; i-- > 1;) {
    if (!is_clause_mark(text, i)) continue;
    size_t end = i + 1;
    while (end < limit && (kind_of(text[end]) == Kind::Close || kind_of(text[end]) == Kind::Quote))
      ++end;
    if (!goes_on_cluster(text, end)) return end;
  }
  size_t space = limit;  // before which a word ends
  while (space > 1 && is_space(kind_of(text[space - 1])))
    --space;
  if (last_word_complete && !goes_on_cluster(text, limit) && may_cut_at_space(text, space))
    return limit;
  if (!is_unspaced(text[limit - 1])) {
    for (size_t i = limit - 1; i > 0; --i)
      if (is_space(kind_of(text[i])) && !is_space(kind_of(text[i - 1])) &&
          !goes_on_cluster(text, i) && may_cut_at_space(text, i))
        return i;
  }
  // A word that reaches up to the limit may not be whole, or not be cut right yet.
  if (!iterators_) iterators_ = std::make_unique<Iterators>();
  const size_t from = limit > window ? limit - window : 0;
  const size_t cut = iterators_->last_boundary(text.substr(from, limit + 1 - from), limit - from);
  return cut > 0 ? from + cut : 0;
}

}  // namespace gst_translate::segment
