// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/terminator.h"

#include <algorithm>

namespace gst_translate::segment {

namespace {

constexpr size_t longest_tail = 64;
constexpr size_t longest_gap = 16;       // white space that a rule looks across
constexpr size_t longest_footnote = 24;  // "[citation needed]"
constexpr size_t longest_citation = 48;  // "(Miller & Baker, 2010, p. 12)"
constexpr size_t digits_of_year = 4;

bool is_superscript(char32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x2079);
}

/// The end of a footnote reference such as [1] at `position`; 0 if there is none. One that follows
/// at once may be of words: "[citation needed]".
size_t footnote_end(Reader& reader, size_t position, bool attached) {
  if (reader[position] != U'[') return 0;
  bool digit = false;
  for (size_t at = position + 1; at - position <= longest_footnote; ++at) {
    const Kind kind = reader.kind(at);
    digit = digit || kind == Kind::Digit;
    if (kind == Kind::Close) return digit || attached ? at + 1 : 0;
    if (kind != Kind::Digit && kind != Kind::Lower && kind != Kind::Dash && kind != Kind::Comma &&
        kind != Kind::Space)
      return 0;
  }
  return 0;
}

/// The end of a citation such as (Phil. 4:8) at `position`; 0 if there is none: a number is in it,
/// and no sentence. (2) and (two days later) are none, and neither is (2 days later).
size_t citation_end(Reader& reader, size_t position) {
  const char32_t bracket = reader[position];
  if (bracket != U'(' && bracket != U'[') return 0;
  size_t digits = 0;
  bool letter = false;
  for (size_t at = position + 1; at - position <= longest_citation; ++at) {
    const Kind kind = reader.kind(at);
    if (kind == Kind::Digit) {
      ++digits;
    } else if (is_letter(kind)) {
      if (!letter && digits > 0) return 0;
      letter = true;
    } else if (kind == Kind::Close) {
      const bool cites = letter ? digits > 0 : digits >= digits_of_year;
      return cites && !is_terminator(reader.kind_before(at)) ? at + 1 : 0;
    } else if (kind != Kind::Space && kind != Kind::Comma && kind != Kind::Colon &&
               kind != Kind::Dash && kind != Kind::FullStop && kind != Kind::Mark &&
               kind != Kind::Sign && reader[at] != U'&') {
      return 0;
    }
  }
  return 0;
}

/// True if emphasis was begun before the mark at `position` and has not ended: **Stop.**
bool is_emphasised(const Reader& reader, size_t position, char32_t mark) {
  const std::u32string_view before = reader.before(position);
  size_t runs = 0;
  for (size_t i = 0; i < before.size(); ++i)
    if (before[i] == mark && (i == 0 || before[i - 1] != mark)) ++runs;
  return runs % 2 == 1;
}

/// The end of an emoticon such as :-) at `position`; 0 if there is none.
size_t emoticon_end(Reader& reader, size_t position) {
  constexpr std::u32string_view eyes = U":;=", mouths = U")(]D|/\\PpOo3*";
  if (eyes.find(reader[position]) == std::u32string_view::npos) return 0;
  size_t at = position + 1;
  if (reader[at] == U'-') ++at;
  if (mouths.find(reader[at]) == std::u32string_view::npos) return 0;
  while (reader[at + 1] == reader[at] && at - position <= longest_gap)
    ++at;
  const Kind after = reader.kind(at + 1);
  return is_space(after) || after == Kind::End ? at + 1 : 0;
}

/// Takes the closing mark at `at`, if it is one.
bool read_closer(Reader& reader, const LanguageRules& rules, Tail& tail, size_t at) {
  const Nesting::Mark mark = tail.nesting.read(reader, at, rules);
  if (mark.role == Nesting::Role::Opens) return false;
  if (mark.role == Nesting::Role::None && is_letter(reader.kind(at + mark.length)) &&
      kind_of(reader[at]) == Kind::Quote)
    return false;  // "Jr.'s"
  if (mark.role == Nesting::Role::Closes && mark.family != 0) {
    const std::u32string_view before = trim_end(reader.before(tail.nesting.begin_of(mark)));
    const bool mid_sentence = !before.empty() && !is_terminator(kind_of(before.back()));
    tail.closes_aside = is_aside(mark.family) && mid_sentence;
    tail.introduced = mid_sentence && (kind_of(before.back()) == Kind::Colon ||
                                       kind_of(before.back()) == Kind::Comma);
    tail.closes_title = mark.family == U'《' || mark.family == U'〈';
    tail.closes = true;
    tail.nesting.take(mark, at);
  }
  tail.quoted = tail.quoted || kind_of(reader[at]) == Kind::Quote;
  tail.end = at + mark.length;
  return true;
}

/// What belongs to the terminators across white space: ". . .", "! ?", [1], a closing quote that a
/// tokenizer or French typography has set off, an emoji.
bool read_detached_tail(Reader& reader, const LanguageRules& rules, Tail& tail) {
  size_t at = tail.end;
  while (reader.kind(at) == Kind::Space)
    ++at;
  at = reader.skip_invisible(at);
  size_t after = at;
  switch (reader.kind(at)) {
    case Kind::FullStop:
    case Kind::Ellipsis: {
      size_t stops = 0;
      for (; reader.kind(after) == Kind::FullStop && stops <= longest_tail; ++after)
        ++stops;
      while (reader.kind(after) == Kind::Ellipsis && after - at <= longest_tail)
        ++after;
      const Kind kind = reader.kind(after);
      if (is_letter(kind) || kind == Kind::Digit) return false;  // "...and so", ".NET"
      tail.stops += stops;
      tail.detached_stops += stops;
      tail.ellipsis = tail.ellipsis || stops < after - at;
      break;
    }
    case Kind::Question:
      if (is_letter(reader.kind(at + 1))) return false;
      tail.question = true;
      ++after;
      break;
    case Kind::Close:
    case Kind::Quote: {
      const Nesting::Mark mark = tail.nesting.read(reader, at, rules);
      return mark.role == Nesting::Role::Closes && read_closer(reader, rules, tail, at);
    }
    case Kind::Open:
      after = std::max(footnote_end(reader, at, false), citation_end(reader, at));
      if (after == 0) return false;
      break;
    case Kind::Symbol:
      ++after;
      break;
    case Kind::Colon:
    case Kind::Other:
      after = emoticon_end(reader, at);
      if (after == 0) return false;
      break;
    default:
      return false;
  }
  tail.end = after;
  return true;
}

/// A Burmese little section that is doubled stands for a section mark.
bool is_burmese_stop(Reader& reader, size_t position) {
  return reader[position] == 0x104A && reader[position + 1] == 0x104A;
}

}  // namespace

/// The letter nearest before `position`, in the same few characters; 0 if none.
char32_t letter_before(const Reader& reader, size_t position) {
  for (size_t n = 0; n < 8 && position > 0; ++n) {
    const char32_t c = reader.before(position--).back();
    if (is_letter(kind_of(c))) return c;
  }
  return 0;
}

Terminator terminator_at(Reader& reader, size_t position) {
  const char32_t c = reader[position];
  switch (kind_of(c)) {
    case Kind::FullStop:
      // The Armenian full stop is ։, typed as a colon; the dot separates clauses.
      return is_armenian(letter_before(reader, position)) && reader[position + 1] != U'.'
                 ? Terminator::None
                 : Terminator::Stop;
    case Kind::Ellipsis:
      return Terminator::Ellipsis;
    case Kind::Question:
      return Terminator::Question;
    case Kind::Sure:
      // The Ethiopic word space is a full stop where it is doubled.
      return c == 0x1361 && (position == 0 || reader[position - 1] != c) ? Terminator::None
                                                                         : Terminator::Sure;
    case Kind::Colon: {
      const char32_t letter = letter_before(reader, position);
      if (c == U':' && is_armenian(letter)) return Terminator::Question;
      if (c == U';' && is_greek(letter)) return Terminator::Question;
      if (c == U'|' && is_indic(letter)) return Terminator::Question;
      if (is_burmese_stop(reader, position)) return Terminator::Sure;
      return Terminator::None;
    }
    default:
      return Terminator::None;
  }
}

Tail read_tail(Reader& reader, const LanguageRules& rules, const Nesting& nesting,
               size_t position) {
  Tail tail;
  tail.nesting = nesting;
  tail.end = position;
  const bool attached = !is_space(reader.kind_before(position));
  bool more = true;
  while (more) {
    if (tail.end - position > longest_tail) {
      tail.too_long = true;
      break;
    }
    const size_t at = tail.end;
    switch (reader.kind(at)) {
      case Kind::FullStop:
        ++tail.stops;
        ++tail.end;
        break;
      case Kind::Ellipsis:
        tail.ellipsis = true;
        ++tail.end;
        break;
      case Kind::Question:
        tail.question = true;
        ++tail.end;
        break;
      case Kind::Sure:
        tail.sure = true;
        ++tail.end;
        break;
      case Kind::Colon:
        if (is_burmese_stop(reader, at)) {
          tail.sure = true;
          tail.end += 2;
          break;
        }
        more = at == position;
        tail.question = tail.question || more;
        tail.end += more ? 1u : 0u;
        break;
      case Kind::Mark:
      case Kind::Symbol:
        ++tail.end;
        break;
      case Kind::Emphasis:
        // 下雨。**注意** has no space that would tell.
        more = !is_unspaced(reader[position]) || is_emphasised(reader, position, reader[at]);
        tail.end += more ? 1u : 0u;
        break;
      case Kind::Close:
      case Kind::Quote:
        more = read_closer(reader, rules, tail, at);
        break;
      case Kind::Open:
        tail.end = std::max(at, footnote_end(reader, at, true));
        more = tail.end > at;
        break;
      case Kind::Other:
        more = is_superscript(reader[at]);
        tail.end += more ? 1u : 0u;
        break;
      case Kind::Space:
        more = read_detached_tail(reader, rules, tail);
        break;
      default:
        more = false;
    }
    if (!tail.closes && !tail.quoted && is_terminator(reader.kind_before(tail.end)))
      tail.marks_end = tail.end;
  }
  tail.doubled = tail.stops == 2 && tail.detached_stops == 0 && !tail.closes;
  tail.new_ellipsis = attached && reader.kind(position + 1) == Kind::Space && tail.stops == 4 &&
                      tail.detached_stops == 3 && !tail.closes && !tail.question;
  if (tail.question)
    tail.mark = Terminator::Question;
  else if (tail.sure)
    tail.mark = Terminator::Sure;
  else if (tail.stops == 3 || (tail.ellipsis && tail.stops == 0))
    tail.mark = Terminator::Ellipsis;
  return tail;
}

Next read_next(Reader& reader, const LanguageRules& rules, const Tail& tail) {
  Next next;
  size_t at = tail.end;
  size_t newlines = 0;
  for (; newlines < 2 && is_space(reader.kind(at)) && at - tail.end <= longest_gap; ++at)
    newlines += reader.kind(at) == Kind::Newline ? 1u : 0u;
  next.adjacent = at == tail.end;
  if (newlines > 1) {
    next.kind = Kind::Newline;
    return next;
  }
  const auto skip = [&](Kind kind) {
    const size_t from = at;
    while (reader.kind(at) == kind && at - from <= longest_gap)
      ++at;
    return at > from;
  };
  at = reader.skip_invisible(at);
  const bool emphasised = skip(Kind::Emphasis);
  const bool dashed = skip(Kind::Dash);
  if (dashed)
    while (reader.kind(at) == Kind::Space && at - tail.end <= longest_tail)
      ++at;
  bool code = false;
  for (int depth = 0; depth < 3; ++depth) {
    const Kind kind = reader.kind(at);
    if (kind != Kind::Quote && (kind != Kind::Open || is_aside(reader[at]))) break;
    const Nesting::Mark mark = tail.nesting.read(reader, at, rules);
    if (mark.role == Nesting::Role::Closes) break;
    code = code || reader[at] == U'`' || is_note(reader[at]);
    next.quoted = true;
    at = reader.skip_invisible(at + mark.length);
    while (reader.kind(at) == Kind::Space && at - tail.end <= longest_tail)
      ++at;
  }
  next.position = at;
  next.kind = reader.kind(at);
  if (reader[at] == U'|' && !next.adjacent) next.kind = Kind::Sign;
  if (reader[at] == 0xFFFD) next.kind = Kind::Mark;  // could have been anything
  // "It was hit. ...and then hell broke loose."
  if (next.kind == Kind::FullStop || next.kind == Kind::Ellipsis) {
    skip(next.kind);
    if (is_letter(reader.kind(at)) && !next.adjacent)
      next.kind = tail.mark == Terminator::Ellipsis && reader.kind(at) == Kind::Lower ? Kind::Lower
                                                                                      : Kind::Sign;
  }
  // iPhone
  if (next.kind == Kind::Lower && !next.adjacent && reader.kind(at + 1) == Kind::Upper)
    next.kind = Kind::Upper;
  if (dashed) {
    if (next.kind == Kind::Lower || next.kind == Kind::End) next.kind = Kind::Dash;
  } else if (!next.adjacent && (emphasised || code)) {
    // *waves* and `config` are words with a sign before them, whatever their first letter; so is
    // the item that an asterisk begins.
    if (next.kind == Kind::Lower || is_space(next.kind)) next.kind = Kind::Sign;
  }
  return next;
}

}  // namespace gst_translate::segment
