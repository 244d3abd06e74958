// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/replacement.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

bool ends_word(char32_t c) {
  return c == 0 || gst_translate::is_white_space(c);
}

/// One past those of `set` that begin at `at`.
size_t run_end(const SourcedText& text, size_t at, View set) {
  while (is_one_of(character_at(text, at), set))
    ++at;
  return at;
}

/// Where `what` is, from `at` on; 0 if it is not.
size_t find(const SourcedText& text, size_t at, View what) {
  for (; at + what.size() <= text.size(); ++at)
    if (is_at(text, at, what)) return at;
  return 0;
}

/// What begins a line: "## ", "> > ", "+ ". A number behind it is compared or signed: "> 5 km".
Replacement line_mark(const SourcedText& text, size_t at) {
  constexpr size_t deepest = 6;
  const size_t heading = run_end(text, at, U"#");
  if (heading > at && heading - at <= deepest && ends_word(character_at(text, heading)))
    return {heading, {}};
  const bool item = character_at(text, at) == U'+' && ends_word(character_at(text, at + 1));
  size_t end = item ? at + 1 : at;
  for (size_t next = end; character_at(text, next) == U'>'; next = skip_spaces(text, end))
    end = run_end(text, next, U">");
  return end > at && !is_digit(character_at(text, skip_spaces(text, end))) ? Replacement{end, {}}
                                                                           : Replacement{};
}

/// "=====", and "```python".
Replacement ruler(const SourcedText& text, size_t at) {
  constexpr size_t shortest = 3;
  const char32_t sign = text[at].character;
  if (!is_one_of(sign, U"=#+`~")) return {};
  size_t end = run_end(text, at, View(&sign, 1));
  if (end - at < shortest) return {};
  if (sign == U'`')
    while (is_letter_or_digit(character_at(text, end)))
      ++end;
  return {end, U" "};
}

/// The address of "[text](address)", whose brackets stay.
Replacement link_address(const SourcedText& text, size_t at) {
  if (!is_at(text, at, U"](")) return {};
  size_t depth = 0;
  for (size_t end = at + 1; end < text.size() && text[end].character != U'\n'; ++end) {
    if (text[end].character == U'(') ++depth;
    if (text[end].character == U')' && --depth == 0) return {end + 1, U"]"};
  }
  return {};
}

/// Those that stand in texts. Other words in angle brackets are read: "<name>".
constexpr View tags[] = {U"a",    U"abbr", U"b",      U"big",    U"blockquote", U"body",  U"br",
                         U"code", U"dd",   U"del",    U"div",    U"dl",         U"dt",    U"em",
                         U"font", U"h1",   U"h2",     U"h3",     U"h4",         U"h5",    U"h6",
                         U"head", U"hr",   U"html",   U"i",      U"img",        U"ins",   U"kbd",
                         U"li",   U"mark", U"ol",     U"p",      U"pre",        U"s",     U"small",
                         U"span", U"sub",  U"strike", U"strong", U"sup",        U"table", U"td",
                         U"th",   U"tr",   U"tt",     U"u",      U"ul"};

/// "<b>", "</p>", "<br/>", "<a href=\"...\">", "<!-- ... -->".
Replacement tag(const SourcedText& text, size_t at) {
  if (text[at].character != U'<') return {};
  if (is_at(text, at, U"<!--")) {
    const size_t end = find(text, at, U"-->");
    return end > 0 ? Replacement{end + 3, U" "} : Replacement{};
  }
  const size_t begin = at + (character_at(text, at + 1) == U'/' ? 2 : 1);
  std::u32string name;
  for (size_t i = begin; is_letter_or_digit(character_at(text, i)); ++i)
    name += static_cast<char32_t>(u_tolower(static_cast<UChar32>(text[i].character)));
  if (!contains(tags, name)) return {};
  const size_t name_end = begin + name.size();
  size_t end = name_end;
  bool attributes = false;  // "<b and c>" is no tag
  for (; end < text.size() && !is_one_of(text[end].character, U"<>"); ++end)
    attributes |= text[end].character == U'=';
  const bool plain = skip_spaces(text, run_end(text, skip_spaces(text, name_end), U"/")) == end;
  if (character_at(text, end) != U'>' || !(plain || attributes)) return {};
  return {end + 1, is_letter_or_digit(character_at(text, end + 1)) ? U" " : U""};
}

struct Entity {
  View name, character;
};

// What stays where HTML was taken apart. "&#39;" is any.
constexpr Entity entities[] = {{U"&amp;", U"&"}, {U"&apos;", U"'"}, {U"&gt;", U">"},
                               {U"&lt;", U"<"},  {U"&nbsp;", U" "}, {U"&quot;", U"\""}};

Replacement entity(const SourcedText& text, size_t at) {
  if (text[at].character != U'&') return {};
  for (const Entity& row : entities)
    if (is_at(text, at, row.name)) return {at + row.name.size(), std::u32string(row.character)};
  if (character_at(text, at + 1) != U'#') return {};
  constexpr size_t most_digits = 6;  // too few for what stands for a reading: readings.h
  const size_t end = digits_end(text, at + 2);
  if (end == at + 2 || end > at + 2 + most_digits || character_at(text, end) != U';') return {};
  char32_t character = 0;
  for (size_t i = at + 2; i < end; ++i)
    character = character * 10 + (text[i].character - U'0');
  // NUL would end the text; what is no character is U+FFFD in HTML, too.
  const bool is_character =
      U_IS_UNICODE_CHAR(character) &&
      (u_iscntrl(static_cast<UChar32>(character)) == 0 || gst_translate::is_white_space(character));
  return {end + 1, std::u32string(1, is_character ? character : U'\uFFFD')};
}

/// ":-)", ";D", "xD", a word of its own. "5 :3" may be a result.
Replacement emoticon(const SourcedText& text, size_t at) {
  if (at > 0 && !ends_word(text[at - 1].character)) return {};
  size_t end = at;
  if (is_at(text, at, U"xD") || is_at(text, at, U"XD")) {
    end = run_end(text, at + 1, U"D");
  } else {
    const size_t eyes = run_end(text, at, U":;");
    if (eyes != at + 1) return {};
    const size_t nose = run_end(text, eyes, U"'-^");
    end = run_end(text, nose, U"()DPpOoSs/\\|*");
    if (end == nose || nose > eyes + 2) return {};
  }
  const char32_t next = character_at(text, end);
  return ends_word(next) || is_one_of(next, U".,!?") ? Replacement{end, {}} : Replacement{};
}

/// "https://" of an address.
Replacement scheme(const SourcedText& text, size_t at) {
  if (at > 0 && is_letter_or_digit(text[at - 1].character)) return {};
  for (const View name : {View(U"https://"), View(U"http://")})
    if (is_at(text, at, name)) return {at + name.size(), {}};
  return {};
}

}  // namespace

SourcedText drop_markup(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  bool line_begins = true;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = text[at].character;
    Replacement found = line_begins ? line_mark(text, at) : Replacement{};
    for (const auto part : {ruler, link_address, tag, entity, emoticon, scheme})
      if (found.end == 0) found = part(text, at);
    if (found.end == 0) {
      out.push_back(text[at++]);
    } else {
      append(out, found.said, text[at].begin, text[found.end - 1].end);
      at = found.end;
    }
    line_begins = c == U'\n' || (line_begins && gst_translate::is_white_space(c));
  }
  return out;
}

}  // namespace gst_tts
