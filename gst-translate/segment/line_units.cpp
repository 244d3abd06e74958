// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/line_units.h"

namespace gst_translate::segment {

namespace {

constexpr size_t longest_name = 24;      // "POLICE OFFICER #2"
constexpr size_t longest_bracket = 120;  // "[tense music plays\nin the distance]"
constexpr size_t shortest_rule = 3;      // "---"
constexpr size_t longest_line = 200;     // a caption's is hardly a quarter of that

/// "MAN 1:", "DR. HILL:"
bool is_name(Reader& reader, size_t position) {
  size_t letters = 0;
  for (size_t at = position; at - position <= longest_name; ++at) {
    const Kind kind = reader.kind(at);
    if (reader[at] == U':') {
      const Kind after = reader.kind(at + 1);
      return letters > 1 && (is_space(after) || after == Kind::End);
    }
    if (kind == Kind::Upper)
      ++letters;
    else if (kind != Kind::Digit && kind != Kind::Space && kind != Kind::FullStop &&
             kind != Kind::Quote && kind != Kind::Dash && kind != Kind::Mark && reader[at] != U'#')
      return false;
  }
  return false;
}

/// [MUSIC], with nothing behind it on its line.
bool is_whole_bracket(Reader& reader, size_t position) {
  if (!is_aside(reader[position]) || reader[position] == U'{') return false;
  size_t depth = 0;
  for (size_t at = position; at - position <= longest_bracket; ++at) {
    const Kind kind = reader.kind(at);
    if (kind == Kind::End) return false;
    if (is_aside(reader[at])) ++depth;
    if (kind != Kind::Close || --depth > 0) continue;
    do
      ++at;
    while (reader.kind(at) == Kind::Space);
    return reader.kind(at) == Kind::Newline || reader.kind(at) == Kind::End;
  }
  return false;
}

}  // namespace

bool begins_unit(Reader& reader, size_t position) {
  const size_t at = reader.skip_invisible(position);
  const char32_t c = reader[at];
  if (c == U'>') return reader[at + 1] == U'>';
  if (is_note(c)) return true;
  return is_whole_bracket(reader, at) || (reader.kind(at) == Kind::Upper && is_name(reader, at));
}

bool begins_with_dialogue_dash(Reader& reader, size_t position) {
  size_t at = reader.skip_invisible(position);
  if (reader.kind(at) != Kind::Dash) return false;
  while (reader.kind(at) == Kind::Dash)
    ++at;
  at = reader.skip_space(at);
  const Kind kind = reader.kind(at);
  return kind != Kind::Lower && kind != Kind::End && kind != Kind::Comma && kind != Kind::Close;
}

bool has_note(Reader& reader, size_t position) {
  for (size_t at = position; at - position <= longest_line; ++at) {
    const Kind kind = reader.kind(at);
    if (kind == Kind::Newline || kind == Kind::End) return false;
    if (is_note(reader[at])) return true;
  }
  return false;
}

bool is_rule(Reader& reader, size_t begin) {
  size_t marks = 0;
  for (size_t at = begin;; ++at) {
    const Kind kind = reader.kind(at);
    if (kind == Kind::Newline || kind == Kind::End) return marks >= shortest_rule;
    if (kind == Kind::Space) continue;
    if (is_note(reader[at])) {
      marks += shortest_rule;
      continue;
    }
    if (kind != Kind::Dash && kind != Kind::Emphasis && kind != Kind::Other &&
        kind != Kind::Bullet && kind != Kind::Sign && kind != Kind::FullStop &&
        kind != Kind::Ellipsis)
      return false;
    ++marks;
  }
}

}  // namespace gst_translate::segment
