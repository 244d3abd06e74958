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

/// True if there are two letters in a row, or an ideograph: not for numbers and "(x + y)".
bool has_word(std::string_view text) {
  bool after_letter = false;
  for (size_t position = 0; position < text.size();) {
    const auto character = static_cast<UChar32>(next_character(text, position));
    const bool is_letter = u_isUAlphabetic(character) != 0;
    if ((is_letter && after_letter) || u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC) != 0)
      return true;
    after_letter = is_letter;
  }
  return false;
}

/// What a line begins with, beside the dash of a dialogue.
std::string_view without_dash(std::string_view line) {
  line = trim(line);
  for (const std::string_view dash : {"-", "–", "—"})
    if (starts_with(line, dash)) return trim(line.substr(dash.size()));
  return line;
}

/// The line that a text ends with.
std::string_view last_line(std::string_view text) {
  return text.substr(text.rfind('\n') + 1);  // all of it where there is no end of a line
}

/// Whether brackets hold what nobody says. `before`, `after`: what is near them.
bool is_description(const Brackets& brackets, std::string_view before, std::string_view content,
                    std::string_view after) {
  if (has(content, u_isalnum) && !has_word(content)) return false;
  const std::string_view line = last_line(before);
  const bool begins_line = without_dash(line).empty();
  switch (brackets.place) {
    case Brackets::Place::Anywhere:
      // "item[index]"; the last byte of other letters is none.
      return before.empty() || !has(before.substr(before.size() - 1), u_isalnum);
    case Brackets::Place::LineStart:
      return begins_line && !ends_sentence(content);
    case Brackets::Place::BesideSentences:
      break;
  }
  if (ends_sentence(content) || has(content, u_isdigit)) return false;
  if (begins_line && !trim(line).empty()) return true;  // a dash
  // "(by train) to Rome." goes on where the cue before ended.
  size_t begin = 0;
  const std::string_view next = trim(after);
  const bool goes_on =
      !next.empty() && u_islower(static_cast<UChar32>(next_character(next, begin))) != 0;
  return !goes_on && (trim(before).empty() || ends_sentence(before));
}

std::string without_descriptions(std::string_view text) {
  static constexpr size_t longest = 400, near = 80;  // bytes
  std::string said;
  const auto last = [&said] {
    return std::string_view(said).substr(said.size() - std::min(said.size(), near));
  };
  for (size_t at = 0; at < text.size();) {
    const auto* brackets =
        std::find_if(std::begin(all_brackets), std::end(all_brackets),
                     [&](const Brackets& each) { return starts_with(text.substr(at), each.open); });
    const bool opens = brackets != std::end(all_brackets);
    const size_t begin = at + (opens ? brackets->open.size() : 0);
    const std::string_view content =
        opens ? text.substr(begin, text.substr(begin, longest).find(brackets->close)) : "";
    const size_t end = begin + content.size() + (opens ? brackets->close.size() : 0);
    if (!opens || end > text.size() ||
        !is_description(*brackets, last(), content, text.substr(end, near))) {
      said += text[at++];
      continue;
    }
    at = end;
    // "[Tom]: Come in."
    if (at < text.size() && text[at] == ':' && without_dash(last_line(last())).empty()) ++at;
  }
  return said;
}

/// True for what stands in capitals before a colon, and names nobody: "STEP 2", "P.S."
bool is_heading(std::string_view capitals) {
  constexpr std::string_view headings[] = {
      "NOTE",     "NB",       "N.B.",      "PS",       "P.S.",    "P.P.S.",   "WARNING",
      "CAUTION",  "DANGER",   "ALERT",     "ERROR",    "URGENT",  "PLEASE",   "IMPORTANT",
      "BREAKING", "FYI",      "TIP",       "STEP",     "PART",    "CHAPTER",  "LESSON",
      "EPISODE",  "ACT",      "SCENE",     "DAY",      "RULE",    "FACT",     "QUESTION",
      "ANSWER",   "NAME",     "DATE",      "FROM",     "TO",      "SUBJECT",  "RE",
      "PASSWORD", "ACHTUNG",  "WARNUNG",   "VORSICHT", "HINWEIS", "SCHRITT",  "KAPITEL",
      "TEIL",     "TAG",      "ATTENTION", "REMARQUE", "ÉTAPE",   "CHAPITRE", "PARTIE",
      "JOUR",     "ATENCIÓN", "AVISO",     "PELIGRO",  "NOTA",    "PASO",     "CAPÍTULO",
      "PARTE",    "DÍA",      "ВНИМАНИЕ",  "ШАГ",      "ГЛАВА",   "ЧАСТЬ",
  };
  return std::find(std::begin(headings), std::end(headings),
                   capitals.substr(0, capitals.find(' '))) != std::end(headings);
}

/// True for what can be a speaker's name: "DR. O'NEIL", "MAN #2".
bool is_name(std::string_view text) {
  size_t begin = 0;
  if (text.empty() || u_isupper(static_cast<UChar32>(next_character(text, begin))) == 0)
    return false;
  const bool has_other = has(text, [](UChar32 c) -> UBool {
    return c == '\n' || u_islower(c) != 0 ||
           (c != ' ' && u_isUAlphabetic(c) == 0 && u_isdigit(c) == 0 &&
            std::u32string_view(U".'’-&/#").find(static_cast<char32_t>(c)) ==
                std::u32string_view::npos);
  });
  return !has_other && !is_heading(text);
}

/// The size of a name that a line begins with, with its colon; 0 if it begins with none. `rest`:
/// the cue from there on.
size_t name_before(std::string_view rest) {
  constexpr size_t longest = 40;  // bytes
  const size_t colon = rest.substr(0, longest).find(':');
  if (colon == std::string_view::npos) return 0;
  const std::string_view after = rest.substr(colon + 1);
  std::string_view name = trim(rest.substr(0, colon));
  if (const size_t manner = name.find('('); manner != std::string_view::npos && name.back() == ')')
    name = trim(name.substr(0, manner));  // "TOM (on the phone): Hello."
  if (!is_name(name)) return 0;
  if (after.empty() || u_isspace(after[0]) == 0) return 0;  // "10:30"
  const std::string_view said = trim(after.substr(0, 400));
  // Where all is in capitals, none are a name's; "PIN: 1234" is said.
  return has(said, u_islower) && u_isdigit(said[0]) == 0 ? colon + 1 : 0;
}

}  // namespace

std::string spoken_text(const std::string& text) {
  const std::string described = without_descriptions(text);
  std::string lines;
  for (std::string_view rest = described; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::string_view words = without_dash(line);
    if (words.empty()) {
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      continue;
    }
    const std::string dash(line.substr(0, static_cast<size_t>(words.data() - line.data())));
    rest.remove_prefix(dash.size());
    const size_t marks = std::min(rest.find_first_not_of('>'), rest.size());
    if (marks > 1) rest.remove_prefix(marks);  // ">> Come in.", but not "> 3"
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    // A name may stand in a line of its own, or in more than one.
    if (const size_t name = name_before(rest); name > 0)
      rest.remove_prefix(std::min(rest.find_first_not_of(" \n", name), rest.size()));
    const std::string_view said = rest.substr(0, rest.find('\n'));
    if (!trim(said).empty())
      lines += (lines.empty() ? "" : "\n") + gst_translate::join_lines(dash + std::string(said));
    rest.remove_prefix(std::min(said.size() + 1, rest.size()));
  }
  return lines;
}

}  // namespace gst_lingua_tools
