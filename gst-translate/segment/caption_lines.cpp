// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/caption_lines.h"

#include <algorithm>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/icu_breaks.h"

namespace gst_translate::segment {

namespace {

// In columns: so much nearer to the middle has a break between words to be than one behind a
// clause.
constexpr size_t clause_bonus = 16;

size_t distance(size_t a, size_t b) {
  return a > b ? a - b : b - a;
}

bool ends_clause(std::u32string_view text) {
  const Kind last = text.empty() ? Kind::End : kind_of(text.back());
  return last == Kind::Comma || last == Kind::Colon || last == Kind::Dash || is_terminator(last) ||
         last == Kind::Close;
}

size_t skip_space(std::u32string_view text, size_t position) {
  while (position < text.size() && is_space(kind_of(text[position])))
    ++position;
  return position;
}

}  // namespace

struct CaptionLines::Iterators {
  BreakIterator lines = open_break_iterator(UBRK_LINE);
  BreakIterator clusters = open_break_iterator(UBRK_CHARACTER);
};

CaptionLines::CaptionLines() : iterators_(std::make_unique<Iterators>()) {}
CaptionLines::~CaptionLines() = default;

size_t CaptionLines::width(std::u32string_view text) const {
  const Utf16 utf16(text);
  utf16.give_to(iterators_->clusters);
  size_t taken = 0, begin = 0;
  for (int32_t at = ubrk_next(iterators_->clusters.get()); at != UBRK_DONE;
       at = ubrk_next(iterators_->clusters.get())) {
    const size_t end = utf16.starts[static_cast<size_t>(at)];
    size_t widest = 0;
    for (; begin < end; ++begin)
      widest = std::max(widest, is_invisible(text[begin]) ? 0 : width_of(text[begin]));
    taken += widest;
  }
  return taken;
}

/// All places where a line may end; within a word only where nothing else lets a line fit.
std::vector<CaptionLines::Break> CaptionLines::breaks(std::u32string_view text) const {
  std::vector<Break> found;
  const Utf16 utf16(text);
  const auto add = [&](size_t position) {
    const std::u32string_view before = trim_end(text.substr(0, position));
    found.push_back({position, width(before), ends_clause(before)});
  };
  std::vector<size_t> positions;
  utf16.give_to(iterators_->lines);
  for (int32_t at = ubrk_next(iterators_->lines.get()); at != UBRK_DONE;
       at = ubrk_next(iterators_->lines.get()))
    positions.push_back(utf16.starts[static_cast<size_t>(at)]);
  std::vector<size_t> all;
  size_t begin = 0;
  for (const size_t position : positions) {
    if (width(trim_end(text.substr(begin, position - begin))) > columns) {
      utf16.give_to(iterators_->clusters);
      for (int32_t at = ubrk_next(iterators_->clusters.get()); at != UBRK_DONE;
           at = ubrk_next(iterators_->clusters.get())) {
        const size_t inside = utf16.starts[static_cast<size_t>(at)];
        if (inside > begin && inside < position) all.push_back(inside);
      }
    }
    all.push_back(position);
    begin = position;
  }
  for (const size_t position : all)
    add(position);
  return found;
}

std::optional<std::u32string> CaptionLines::fit(std::u32string_view text) const {
  if (width(text) <= columns) return std::u32string(text);
  const size_t half = width(text) / 2;
  std::optional<Break> best;
  size_t best_cost = 0;
  for (const Break& one : breaks(text)) {
    if (one.width > columns) break;
    if (width(text.substr(skip_space(text, one.position))) > columns) continue;
    const size_t cost = distance(one.width, half) + (one.clause ? 0 : clause_bonus);
    if (best && cost >= best_cost) continue;
    best = one;
    best_cost = cost;
  }
  if (!best) return std::nullopt;
  std::u32string lines(trim_end(text.substr(0, best->position)));
  lines += U'\n';
  lines += text.substr(skip_space(text, best->position));
  return lines;
}

std::vector<size_t> CaptionLines::parts(std::u32string_view text) const {
  std::vector<size_t> ends;
  for (size_t begin = 0; begin < text.size();) {
    const std::u32string_view rest = text.substr(begin);
    if (fit(rest)) break;
    const size_t total = width(rest);
    const size_t captions = std::max<size_t>(2, (total + columns * most - 1) / (columns * most));
    const size_t target = total / captions;
    size_t best = 0, best_cost = 0;
    for (const Break& one : breaks(rest)) {
      if (one.width > columns * most) break;
      if (!fit(trim_end(rest.substr(0, one.position)))) continue;
      const size_t cost = distance(one.width, target) + (one.clause ? 0 : clause_bonus);
      if (best > 0 && cost >= best_cost) continue;
      best = one.position;
      best_cost = cost;
    }
    if (best == 0) break;  // not reached: a cluster always fits
    begin = begin + skip_space(rest, best);
    ends.push_back(begin);
  }
  ends.push_back(text.size());
  return ends;
}

}  // namespace gst_translate::segment
