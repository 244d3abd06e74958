// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/markup.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

// What arrives here was written down from `subparse` of GStreamer 1.22, see
// tests/unit/test_markup.cpp: entities of WebVTT and SRT are escaped once more, WebVTT's time
// stamps are escaped, and end tags of more than one letter are lost and put at the end of the cue.

namespace gst_translate {

namespace {

constexpr size_t npos = std::string_view::npos;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

template <typename List>
bool contains(const List& list, std::string_view item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

// Entities

struct NamedEntity {
  std::string_view name;
  char32_t character;
};

// The ones that WebVTT and XML define, and the typographic ones of HTML that subtitles use.
constexpr NamedEntity named_entities[] = {
    {"amp", U'&'},         {"lt", U'<'},        {"gt", U'>'},        {"quot", U'"'},
    {"apos", U'\''},       {"nbsp", U'\u00A0'}, {"lrm", U'\u200E'},  {"rlm", U'\u200F'},
    {"hellip", U'…'},      {"mdash", U'—'},     {"ndash", U'–'},     {"lsquo", U'‘'},
    {"rsquo", U'’'},       {"ldquo", U'“'},     {"rdquo", U'”'},     {"laquo", U'«'},
    {"raquo", U'»'},       {"shy", U'\u00AD'},  {"ensp", U'\u2002'}, {"emsp", U'\u2003'},
    {"thinsp", U'\u2009'}, {"zwj", U'\u200D'},  {"zwnj", U'\u200C'}, {"copy", U'©'},
    {"reg", U'®'},         {"trade", U'™'},     {"deg", U'°'},       {"euro", U'€'},
};

/// "#233" or "#xE9".
std::optional<char32_t> numeric_entity(std::string_view name) {
  if (name.size() < 2 || name[0] != '#') return {};
  name.remove_prefix(1);
  const bool hexadecimal = name[0] == 'x' || name[0] == 'X';
  if (hexadecimal) name.remove_prefix(1);
  if (name.empty()) return {};
  const char32_t base = hexadecimal ? 16 : 10;
  char32_t value = 0;
  for (char c : lower(name)) {
    const int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
    if (static_cast<char32_t>(digit) >= base) return {};
    value = std::min<char32_t>(value * base + static_cast<char32_t>(digit), 0x110000);
  }
  return value == 0 ? 0xFFFD : value;
}

/// The character of the entity at `position`, which moves past it, however often it was escaped;
/// none if there is no entity.
std::optional<char32_t> take_entity(std::string_view text, size_t& position) {
  size_t start = position + 1;
  while (text.substr(start, 4) == "amp;")
    start += 4;
  const std::string_view rest = text.substr(start, 12);
  const std::string_view name = rest.substr(0, std::min(rest.find(';'), rest.size()));
  std::optional<char32_t> character;
  if (name.size() < rest.size()) {
    character = numeric_entity(name);
    for (const NamedEntity& entity : named_entities)
      if (entity.name == name) character = entity.character;
  }
  if (character) {
    position = start + name.size() + 1;
  } else if (start > position + 1) {
    character = U'&';
    position = start;
  }
  return character;
}

std::string decode_entities(std::string_view text) {
  std::string decoded;
  for (size_t position = 0; position < text.size();) {
    std::optional<char32_t> entity;
    if (text[position] == '&') entity = take_entity(text, position);
    if (entity)
      append_utf8(decoded, *entity);
    else
      decoded += text[position++];
  }
  return decoded;
}

// Tags

struct Tag {
  bool end = false;
  std::string name;             ///< lower case
  std::string_view annotation;  ///< what follows the name and the classes
  size_t length = 0;            ///< bytes, with the brackets
};

constexpr std::string_view webvtt_tags[] = {"b", "c", "i", "lang", "rt", "ruby", "u", "v"};
constexpr std::string_view tags_with_attributes[] = {"b",      "big", "br",  "em",    "font",
                                                     "i",      "p",   "s",   "small", "span",
                                                     "strong", "sub", "sup", "tt",    "u"};

/// The tag at the start of `text`, if it is one that subtitles have; `a <b and c> d` has none.
std::optional<Tag> parse_tag(std::string_view text) {
  const size_t close = text.find_first_of("<>", 1);
  if (close == npos || text[close] != '>') return {};
  std::string_view inside = text.substr(1, close - 1);
  Tag tag;
  tag.length = close + 1;
  tag.end = !inside.empty() && inside[0] == '/';
  if (tag.end) inside.remove_prefix(1);
  const auto name_end = std::find_if_not(inside.begin(), inside.end(), is_letter);
  tag.name = lower(inside.substr(0, static_cast<size_t>(name_end - inside.begin())));
  inside.remove_prefix(tag.name.size());

  const bool webvtt = contains(webvtt_tags, tag.name);
  if (webvtt && !inside.empty() && inside[0] == '.') {
    const auto classes_end = std::find_if(inside.begin(), inside.end(), is_space);
    inside.remove_prefix(static_cast<size_t>(classes_end - inside.begin()));
  }
  if (!inside.empty() && inside.back() == '/') inside.remove_suffix(1);
  if (!inside.empty() && !is_space(inside[0])) return {};
  tag.annotation = trim(inside);
  if (!webvtt && !contains(tags_with_attributes, tag.name)) return {};
  if (tag.annotation.empty()) return tag;
  if (tag.name == "v" || tag.name == "lang") return tag;
  const bool attributes = tag.annotation.find('=') != npos;
  return attributes && contains(tags_with_attributes, tag.name) ? std::optional(tag) : std::nullopt;
}

/// Bytes of the time stamp `<00:01.000>` at the start of `text`, 0 if it is none.
size_t time_stamp_length(std::string_view text) {
  size_t colons = 0, points = 0;
  for (size_t i = 1; i < text.size() && i < 18; ++i) {
    if (text[i] == '>') return colons >= 1 && points == 1 ? i + 1 : 0;
    if (text[i] == ':')
      ++colons;
    else if (text[i] == '.')
      ++points;
    else if (!is_digit(text[i]))
      return 0;
  }
  return 0;
}

/// Bytes of the override block of SubStation (`{\an8}`) or the SubRip tag (`{b}`) at the start of
/// `text`, 0 if it is neither.
size_t braces_length(std::string_view text) {
  if (text.size() > 1 && text[1] == '\\') {
    const size_t close = text.find_first_of("{}\n", 1);
    return close != npos && text[close] == '}' ? close + 1 : 0;
  }
  for (std::string_view tag : {"{b}", "{/b}", "{i}", "{/i}", "{u}", "{/u}"})
    if (lower(text.substr(0, tag.size())) == tag) return tag.size();
  return 0;
}

// Ruby

/// True for a reading in kana or Latin letters. Kanji, a line break or punctuation mean that the
/// text after the ruby, whose end tags `subparse` moved to the end of the cue, is in it.
bool is_reading(std::string_view text) {
  for (size_t position = 0; position < text.size();) {
    const char32_t character = next_character(text, position);
    const auto c = static_cast<UChar32>(character);
    if (character == U'\n' || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return false;
    if (is_cjk(character) && u_ispunct(c)) return false;
  }
  return true;
}

/// One pass over a cue: tags and blocks out, entities in clear, line breaks as '\n'.
class Stripper {
 public:
  explicit Stripper(std::string_view markup) : markup_(markup) {}

  PlainText run() {
    while (position_ < markup_.size())
      step();
    end_reading();
    return std::move(plain_);
  }

 private:
  void step() {
    const std::string_view rest = markup_.substr(position_);
    switch (rest[0]) {
      case '<':
        if (const std::optional<Tag> tag = parse_tag(rest)) {
          apply(*tag);
          position_ += tag->length;
          return;
        }
        break;
      case '{':
        if (const size_t length = braces_length(rest)) {
          position_ += length;
          return;
        }
        break;
      case '&':
        if (const std::optional<char32_t> character = take_entity(markup_, position_)) {
          append_utf8(plain_.text, *character);
          return;
        }
        break;
      case '\\':
        if (take_line_break(rest)) return;
        break;
      default:
        break;
    }
    plain_.text += rest[0];
    ++position_;
    if (is_space(rest[0])) begin_word();
  }

  void apply(const Tag& tag) {
    if (tag.name == "v" && !tag.end && plain_.speaker.empty())
      plain_.speaker = trim(decode_entities(tag.annotation));
    if (tag.name == "rt" || tag.name == "ruby") {
      end_reading();
      if (tag.name == "rt" && !tag.end) reading_ = plain_.text.size();
    }
    if (tag.name == "br" || tag.name == "p") plain_.text += '\n';
  }

  void end_reading() {
    if (reading_ != npos && is_reading(std::string_view(plain_.text).substr(reading_)))
      plain_.text.resize(reading_);
    reading_ = npos;
  }

  /// SubStation's `\N` and `\h`, but not in `C:\Names` or `\\host\Names`.
  bool take_line_break(std::string_view rest) {
    const size_t in_word = position_ - word_;
    if ((in_word == 0 && rest.substr(1, 1) == "\\") ||
        (in_word == 2 && markup_[position_ - 1] == ':' && is_letter(markup_[word_])))
      path_ = true;
    if (path_ || rest.size() < 2 || (rest[1] != 'N' && rest[1] != 'h')) return false;
    plain_.text += rest[1] == 'N' ? '\n' : ' ';
    position_ += 2;
    begin_word();
    return true;
  }

  void begin_word() {
    word_ = position_;
    path_ = false;
  }

  std::string_view markup_;
  size_t position_ = 0;
  size_t word_ = 0;        ///< where the present word begins
  bool path_ = false;      ///< the present word is a path of Windows
  size_t reading_ = npos;  ///< where a reading begins in the text
  PlainText plain_;
};

/// Without WebVTT's time stamps, which come as tags or escaped.
std::string without_time_stamps(std::string_view text) {
  std::string rest;
  for (size_t position = 0; position < text.size();) {
    const size_t length = text[position] == '<' ? time_stamp_length(text.substr(position)) : 0;
    if (length == 0) rest += text[position];
    position += std::max<size_t>(length, 1);
  }
  return rest;
}

/// One line: white space collapses, a line break becomes a space except between CJK.
std::string one_line(std::string_view text) {
  std::string line;
  char32_t previous = 0;
  bool space = false, line_break = false;
  for (size_t position = 0; position < text.size();) {
    const char32_t character = next_character(text, position);
    if (character < 0x80 && is_space(static_cast<char>(character))) {
      space = true;
      line_break = line_break || character == U'\n';
      continue;
    }
    if (space && previous != 0 && !(line_break && is_cjk(previous) && is_cjk(character)))
      line += ' ';
    append_utf8(line, character);
    previous = character;
    space = line_break = false;
  }
  return std::string(trim(line));
}

}  // namespace

PlainText strip_markup(std::string_view markup) {
  PlainText plain = Stripper(markup).run();
  plain.text = one_line(without_time_stamps(plain.text));
  plain.speaker = one_line(plain.speaker);
  return plain;
}

std::string escape_markup(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace gst_translate
