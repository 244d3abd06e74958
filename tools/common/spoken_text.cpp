// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/spoken_text.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "gst-translate/text/markup.h"
#include "gst-translate/text/utf8.h"

namespace gst_lingua_tools {

namespace {

using gst_translate::next_character;
using gst_translate::trim;

struct Brackets {
  std::string_view open, close;
  enum class Place {
    Anywhere,
    BesideSentences,
    LineStart,
  } place;  ///< where they hold what nobody says
};
constexpr Brackets all_brackets[] = {
    {"[", "]", Brackets::Place::Anywhere},
    {"(", ")", Brackets::Place::BesideSentences},
    {"（", "）", Brackets::Place::LineStart},
    {"［", "］", Brackets::Place::LineStart},
};

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool ends_sentence(std::string_view text) {
  text = trim(text);
  for (const std::string_view end : {".", "!", "?", "…", "。", "！", "？", "؟", "\"", "”", "»"})
    if (text.size() >= end.size() && text.substr(text.size() - end.size()) == end) return true;
  return false;
}

/// True if one of the characters is of that kind.
bool has(std::string_view text, UBool (*kind)(UChar32)) {
  for (size_t position = 0; position < text.size();)
    if (kind(static_cast<UChar32>(next_character(text, position))) != 0) return true;
  return false;
}

/// What a line begins with, beside the dash of a dialogue.
std::string_view without_dash(std::string_view line) {
  line = trim(line);
  for (const std::string_view dash : {"-", "–", "—"})
    if (starts_with(line, dash)) return trim(line.substr(dash.size()));
  return line;
}

/// `before`: the text up to the bracket.
bool is_description(const Brackets& brackets, std::string_view before, std::string_view content) {
  if (brackets.place == Brackets::Place::Anywhere) return true;
  const size_t line = before.rfind('\n') + 1;  // 0 where there is none
  const bool begins_line = without_dash(before.substr(line)).empty();
  if (brackets.place == Brackets::Place::LineStart) return begins_line;
  const bool has_dash = begins_line && !trim(before.substr(line)).empty();
  return !ends_sentence(content) && (trim(before).empty() || has_dash || ends_sentence(before));
}

std::string without_descriptions(std::string_view text) {
  std::string said;
  for (size_t at = 0; at < text.size();) {
    const auto* brackets =
        std::find_if(std::begin(all_brackets), std::end(all_brackets),
                     [&](const Brackets& each) { return starts_with(text.substr(at), each.open); });
    const bool opens = brackets != std::end(all_brackets);
    const size_t begin = at + (opens ? brackets->open.size() : 0);
    const size_t end = opens ? text.find(brackets->close, begin) : std::string_view::npos;
    if (end == std::string_view::npos ||
        !is_description(*brackets, said, text.substr(begin, end - begin))) {
      said += text[at++];
      continue;
    }
    at = end + brackets->close.size();
    if (at < text.size() && text[at] == ':') ++at;  // "[Tom]: Come in."
  }
  return said;
}

/// The size of a name that a line begins with, with its colon; 0 if it begins with none. `rest`:
/// the cue from there on.
size_t name_before(std::string_view rest) {
  constexpr size_t longest = 40;  // bytes
  const size_t colon = rest.substr(0, longest).find(':');
  if (colon == std::string_view::npos) return 0;
  const std::string_view after = rest.substr(colon + 1);
  std::string_view name = trim(rest.substr(0, colon));
  if (const size_t manner = name.find('('); manner != 0 && !name.empty() && name.back() == ')')
    name = name.substr(0, manner);  // "TOM (on the phone): Hello."
  if (name.find('\n') != std::string_view::npos || !has(name, u_isupper) || has(name, u_islower) ||
      has(name, [](UChar32 c) -> UBool {
        return u_isspace(c) == 0 && u_ispunct(c) == 0 && u_isUAlphabetic(c) == 0 &&
               u_isdigit(c) == 0 && c != '#';
      }))
    return 0;
  if (after.empty() || u_isspace(after[0]) == 0) return 0;  // "10:30"
  const std::string_view said = trim(after);
  // Where all is in capitals, none are a name's; "PIN: 1234" is said.
  return has(said, u_islower) && u_isdigit(said[0]) == 0 ? colon + 1 : 0;
}

/// One line, of which `rest` is the beginning of what is left of the cue.
std::string without_speaker(std::string_view line, std::string_view rest) {
  const std::string_view words = without_dash(line);
  if (words.empty()) return "";
  std::string dash(line.substr(0, static_cast<size_t>(words.data() - line.data())));
  std::string_view said = words;
  while (starts_with(said, ">"))
    said.remove_prefix(1);
  if (words.size() - said.size() == 1) said = words;  // "> 3"
  said = trim(said);
  if (said.empty()) return "";
  const size_t from = static_cast<size_t>(said.data() - line.data());
  said.remove_prefix(name_before(rest.substr(from)));
  return dash + std::string(trim(said));
}

}  // namespace

std::string spoken_text(const std::string& text) {
  const std::string said = without_descriptions(text);
  std::string lines;
  for (size_t at = 0; at < said.size();) {
    const size_t end = std::min(said.find('\n', at), said.size());
    const std::string line = without_speaker(std::string_view(said).substr(at, end - at),
                                             std::string_view(said).substr(at));
    if (!line.empty()) lines += (lines.empty() ? "" : "\n") + gst_translate::join_lines(line);
    at = end + 1;
  }
  return lines;
}

}  // namespace gst_lingua_tools
