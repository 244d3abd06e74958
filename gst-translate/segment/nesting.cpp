// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/nesting.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "gst-translate/segment/words.h"

namespace gst_translate::segment {

namespace {

// Families named by their opening mark; the pairs typed as two characters have names of their own.
constexpr char32_t single = U'\'';
constexpr char32_t grave = U'`';
constexpr char32_t note = U'♪';
constexpr char32_t two_singles = 0x110000;
constexpr char32_t low_double = U'„', high_double = U'“', right_double = U'”', reversed = U'‟';
constexpr char32_t low_single = U'‚', high_single = U'‘', right_single = U'’';
constexpr char32_t left_guillemet = U'«', right_guillemet = U'»';
constexpr char32_t left_angle = U'‹', right_angle = U'›';
constexpr char32_t ornate_open = U'〝';

/// White space, an opening mark or a dash: what stands before the first letter of a word.
bool is_before_word(Kind kind) {
  return is_space(kind) || kind == Kind::Open || kind == Kind::Dash || kind == Kind::Quote ||
         kind == Kind::Emphasis;
}

bool is_alphanumeric(Kind kind) {
  return is_letter(kind) || kind == Kind::Digit || kind == Kind::Mark;
}

/// White space, the end, or punctuation that follows a word.
bool is_after_word(Kind kind) {
  return is_space(kind) || kind == Kind::End || kind == Kind::FullStop || kind == Kind::Ellipsis ||
         kind == Kind::Question || kind == Kind::Sure || kind == Kind::Close ||
         kind == Kind::Quote || kind == Kind::Comma || kind == Kind::Colon || kind == Kind::Dash;
}

/// What is left of "I'm", "it's", "don't" when a tokenizer has put a space before the apostrophe.
bool is_clitic(std::u32string_view word) {
  return word == U"s" || word == U"t" || word == U"d" || word == U"m" || word == U"re" ||
         word == U"ve" || word == U"ll";
}

bool is_emoticon(const Reader& reader, size_t position) {
  if (position == 0) return false;
  const std::u32string_view text = reader.before(position);
  const auto is_eyes = [](char32_t c) { return c == U':' || c == U';' || c == U'='; };
  return is_eyes(text.back()) ||
         (text.back() == U'-' && text.size() > 1 && is_eyes(text[text.size() - 2]));
}

char32_t opening_of(char32_t closer) {
  if (closer == U'〞' || closer == U'〟') return ornate_open;
  return static_cast<char32_t>(u_getBidiPairedBracket(static_cast<UChar32>(closer)));
}

bool is_bracket(char32_t family) {
  return kind_of(family) == Kind::Open && family != low_double && family != low_single;
}

}  // namespace

bool Nesting::contains(char32_t family) const {
  return std::any_of(levels_.begin(), levels_.begin() + depth_,
                     [&](const Level& level) { return level.family == family; });
}

Nesting::Mark Nesting::closing(char32_t family, size_t length) const {
  return {Role::Closes, family, length, false};
}

/// True if the mark at `position` can be the closing one of the quotation that was given up.
bool Nesting::closes_given_up(Reader& reader, size_t position) const {
  const char32_t c = reader[position];
  const auto is_one_of = [c](std::u32string_view marks) {
    return marks.find(c) != std::u32string_view::npos;
  };
  const bool ends_word = !is_before_word(reader.kind_before(position));
  switch (given_up_) {
    case 0:
      return false;
    case low_double:
      return ends_word && is_one_of(U"“”");
    case high_double:
    case reversed:
    case right_double:
      return is_one_of(U"”") && (ends_word || !is_letter(reader.visible_kind(position + 1)));
    case left_guillemet:
      return is_one_of(U"»") && (ends_word || !is_letter(reader.visible_kind(position + 1)));
    case right_guillemet:
      return is_one_of(U"«") && ends_word;
    default:
      return kind_of(c) == Kind::Close && opening_of(c) == given_up_;
  }
}

Nesting::Mark Nesting::read(Reader& reader, size_t position, const LanguageRules& rules) const {
  const char32_t c = reader[position];
  if (given_up_ != 0 && !contains(given_up_) && closes_given_up(reader, position))
    return closing(given_up_);
  switch (kind_of(c)) {
    case Kind::Open:
      if (is_emoticon(reader, position)) return {};
      return {Role::Opens, c, 1, false};
    case Kind::Close: {
      const char32_t opening = opening_of(c);
      return contains(opening) ? closing(opening) : Mark{};
    }
    default:
      return read_quote(reader, position, rules);
  }
}

Nesting::Mark Nesting::read_quote(Reader& reader, size_t position,
                                  const LanguageRules& rules) const {
  const char32_t c = reader[position];
  const Kind before = reader.kind_before(position);
  const bool begins_word = is_before_word(before);
  const auto opens = [](char32_t family, bool weak = false) {
    return Mark{Role::Opens, family, 1, weak};
  };
  if (is_note(c)) {
    size_t length = 1;
    while (is_note(reader[position + length]))
      ++length;
    return contains(note) ? closing(note, length) : Mark{Role::Opens, note, length, true};
  }
  switch (c) {
    case high_double:
      if (contains(right_double) && !begins_word) return closing(right_double);  // Urdu
      return contains(low_double) ? closing(low_double) : opens(high_double);
    case reversed:
      return opens(reversed);
    case right_double:
      for (const char32_t family : {high_double, low_double, reversed, right_double})
        if (contains(family)) return closing(family);
      return begins_word && !is_after_word(reader.visible_kind(position + 1)) ? opens(right_double)
                                                                              : Mark{};
    case left_guillemet:
    case left_angle: {
      const char32_t other = c == left_guillemet ? right_guillemet : right_angle;
      return contains(other) ? closing(other) : opens(c);
    }
    case right_guillemet:
    case right_angle: {
      const char32_t other = c == right_guillemet ? left_guillemet : left_angle;
      if (contains(other)) return closing(other);
      if (contains(c) && !begins_word) return closing(c);
      return begins_word && !is_after_word(reader.visible_kind(position + 1)) ? opens(c) : Mark{};
    }
    case high_single:
      if (is_alphanumeric(before)) return {};  // o‘zbek
      return contains(low_single) ? closing(low_single) : opens(high_single, true);
    case right_single:
    case U'´': {
      const Kind after = reader.visible_kind(position + 1);
      if (is_alphanumeric(before) && is_letter(after)) return {};
      for (const char32_t family : {high_single, low_single})
        if (contains(family) && !is_letter(after)) return closing(family);
      return {};
    }
    case single:
      if (reader[position + 1] == single)
        return read_plain_quote(reader, position, two_singles, 2, rules);
      return read_plain_quote(reader, position, single, 1, rules);
    case grave: {
      const bool two = reader[position + 1] == grave;
      if (two && reader[position + 2] == grave) return {Role::None, 0, 3, false};  // code fence
      const size_t length = two ? 2 : 1;
      const char32_t family = two ? two_singles : grave;
      const Kind after = reader.visible_kind(position + length);
      if (is_alphanumeric(before) && is_letter(after)) return {};
      if (contains(family) && !is_space(before)) return closing(family, length);
      return begins_word ? Mark{Role::Opens, family, length, true} : Mark{Role::None, 0, length};
    }
    case U'"':
      return read_plain_quote(reader, position, U'"', 1, rules);
    default:
      return {};
  }
}

/// ", ' and '': the same mark at both ends, and apostrophes among them.
Nesting::Mark Nesting::read_plain_quote(Reader& reader, size_t position, char32_t family,
                                        size_t length, const LanguageRules& rules) const {
  const bool double_mark = family == U'"';
  const Mark opens{Role::Opens, family, length, !double_mark};
  const Kind before = reader.kind_before(position);
  const size_t next = position + length;
  const Kind after = reader.visible_kind(next);
  char32_t open = 0;
  if (contains(family))
    open = family;
  else if (family == single && contains(grave))
    open = grave;

  if (is_alphanumeric(before) && is_alphanumeric(after)) {
    // An apostrophe, or the gershayim of a Hebrew abbreviation; 他说"好"。 has no spaces to go by.
    if (!double_mark || !is_unspaced(reader[position - 1]) || !is_unspaced(reader[next]))
      return {Role::None, 0, length, false};
    return open ? closing(open, length) : opens;
  }
  if (is_space(before) && (is_space(after) || after == Kind::End))
    return open ? closing(open, length) : read_detached(reader, position, family, length);

  const bool begins_word = is_before_word(before);
  if (begins_word && !is_after_word(after)) {
    if (family == single) {
      if (after == Kind::Digit) return {};  // the '80s
      const std::u32string word = word_after(reader, next);
      if (is_clitic(word) || rules.has(WordList::Elisions, word)) return {};
    }
    if (is_space(before) || open == 0) return opens;
  }
  if (open) return closing(open, length);
  if (begins_word && after != Kind::End) return opens;
  if (double_mark && !is_after_word(after) &&
      (before == Kind::Letter || before == Kind::Comma || before == Kind::Colon))
    return opens;  // 他说："好。"
  return {Role::None, 0, length, false};
}

/// A quotation mark between spaces, as tokenizers leave it, where none is open. The first of a
/// paragraph may close what began before the text did.
Nesting::Mark Nesting::read_detached(Reader& reader, size_t position, char32_t family,
                                     size_t length) const {
  const Mark opens{Role::Opens, family, length, true};
  const Mark stray{Role::Closes, 0, length, false};
  size_t word_end = position;
  while (word_end > 0 && is_space(reader.kind_before(word_end)))
    --word_end;
  if (word_end == 0) return opens;
  const Kind next = reader.kind(reader.skip_space(position + length));
  if (is_after_word(next) && next != Kind::Ellipsis && next != Kind::FullStop) return stray;
  if (next == Kind::FullStop && reader[reader.skip_space(position + length) + 1] != U'.')
    return stray;
  if (quoted_) return opens;
  if (is_terminator(reader.kind_before(word_end))) return stray;
  size_t word = word_end;
  while (word > 0 && is_alphanumeric(reader.kind_before(word)))
    --word;
  return word < word_end && reader.kind(word) == Kind::Upper ? stray : opens;
}

void Nesting::give_up() {
  if (depth_ > 0 && !levels_[0].weak && !is_aside(levels_[0].family)) given_up_ = levels_[0].family;
  close_all();
}

void Nesting::take(const Mark& mark, size_t position) {
  if (mark.role == Role::None) return;
  if (mark.family == given_up_) given_up_ = 0;
  if (!is_bracket(mark.family)) quoted_ = true;
  // A quotation cannot be inside another of the same marks: the first was never closed.
  if (mark.role == Role::Closes || !is_bracket(mark.family)) {
    for (size_t i = depth_; i-- > 0;) {
      if (levels_[i].family != mark.family) continue;
      depth_ = i;
      break;
    }
  }
  if (mark.role == Role::Opens && depth_ < levels_.size())
    levels_[depth_++] = {mark.family, position, mark.weak};
}

size_t Nesting::begin_of(const Mark& closer) const {
  for (size_t i = depth_; i-- > 0;)
    if (levels_[i].family == closer.family) return levels_[i].begin;
  return 0;
}

void Nesting::shift(size_t count) {
  for (size_t i = 0; i < depth_; ++i)
    levels_[i].begin -= std::min(count, levels_[i].begin);
}

}  // namespace gst_translate::segment
