// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/markup.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "gst-translate/text/entities.h"
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

constexpr size_t longest_entity = 33;  // CounterClockwiseContourIntegral;

std::optional<std::string> entity_text(std::string_view name) {
  std::string text;
  if (const std::optional<char32_t> character = numeric_entity(name)) {
    append_utf8(text, *character);
    return text;
  }
  const std::vector<NamedEntity>& all = named_entities();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const NamedEntity& entity, std::string_view n) { return entity.name < n; });
  if (found == all.end() || found->name != name) return {};
  return std::string(found->text);
}

/// The text of the entity at `position`, which moves past it, however often it was escaped; none if
/// there is no entity.
std::optional<std::string> take_entity(std::string_view text, size_t& position) {
  size_t start = position + 1;
  while (text.substr(start, 4) == "amp;")
    start += 4;
  const std::string_view rest = text.substr(start, longest_entity);
  const std::string_view name = rest.substr(0, std::min(rest.find(';'), rest.size()));
  std::optional<std::string> entity;
  if (name.size() < rest.size()) entity = entity_text(name);
  if (entity) {
    position = start + name.size() + 1;
  } else if (start > position + 1) {
    entity = "&";
    position = start;
  }
  return entity;
}

std::string decode_entities(std::string_view text) {
  std::string decoded;
  for (size_t position = 0; position < text.size();) {
    std::optional<std::string> entity;
    if (text[position] == '&') entity = take_entity(text, position);
    if (entity)
      decoded += *entity;
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

/// True for a reading in kana or Latin letters. Kanji, white space or punctuation mean that the
/// text after the ruby, whose end tags `subparse` moved to the end of the cue, is in it.
bool is_reading(std::string_view text) {
  for (size_t position = 0; position < text.size();) {
    const char32_t character = next_character(text, position);
    const auto c = static_cast<UChar32>(character);
    if (is_white_space(character) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return false;
    if (is_cjk(character) && u_ispunct(c)) return false;
  }
  return true;
}

/// True if there is more than end tags.
bool text_follows(std::string_view rest) {
  while (rest.substr(0, 2) == "</") {
    const std::optional<Tag> tag = parse_tag(rest);
    if (!tag) break;
    rest.remove_prefix(tag->length);
  }
  return !trim(rest).empty();
}

/// One pass over a cue: tags and blocks out, entities in clear, line breaks as '\n'. A text a
/// voice.
class Stripper {
 public:
  explicit Stripper(std::string_view markup) : markup_(markup) {}

  std::vector<PlainText> run() {
    while (position_ < markup_.size())
      step();
    end_part({});
    return std::move(parts_);
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
        if (const std::optional<std::string> entity = take_entity(markup_, position_)) {
          plain_.text += *entity;
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
    if (tag.name == "v") end_part(tag.end ? std::string() : decode_entities(tag.annotation));
    if (tag.name == "rt" || tag.name == "ruby") {
      end_reading(tag.end && text_follows(markup_.substr(position_ + tag.length)));
      if (tag.name == "rt" && !tag.end) reading_ = plain_.text.size();
    }
    if (tag.name == "br" || tag.name == "p") plain_.text += '\n';
  }

  /// What follows is said by somebody else.
  void end_part(std::string speaker) {
    end_reading();
    if (!trim(plain_.text).empty()) parts_.push_back(std::move(plain_));
    plain_ = {{}, std::move(speaker)};
  }

  /// `in_place`: its end tag certainly is where it was written.
  void end_reading(bool in_place = false) {
    if (reading_ != npos &&
        (in_place || is_reading(std::string_view(plain_.text).substr(reading_))))
      plain_.text.resize(reading_);
    reading_ = npos;
  }

  /// SubStation's `\N`, `\n` and `\h`, but not in `C:\Names` or `\\host\Names`.
  bool take_line_break(std::string_view rest) {
    const size_t in_word = position_ - word_;
    if ((in_word == 0 && rest.substr(1, 1) == "\\") ||
        (in_word == 2 && markup_[position_ - 1] == ':' && is_letter(markup_[word_])))
      path_ = true;
    if (path_ || rest.size() < 2 || (rest[1] != 'N' && rest[1] != 'n' && rest[1] != 'h'))
      return false;
    plain_.text += rest[1] == 'h' ? ' ' : '\n';
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
  PlainText plain_;        ///< the part that is read now
  std::vector<PlainText> parts_;
};

/// True for a drawing of SubStation, "m 0 0 l 100 0 100 100", of which `ssaparse` leaves the
/// commands: letters and pairs of numbers, a move first.
bool is_drawing(std::string_view text) {
  constexpr std::string_view commands = "mnlbspc";
  const auto is_number = [](std::string_view word) {
    if (word[0] == '-') word.remove_prefix(1);
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; });
  };
  size_t numbers = 0, letters = 0;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
    const bool command = word.size() == 1 && commands.find(word[0]) != npos;
    if (!command && !is_number(word)) return false;
    if (letters == 0 && word != "m") return false;
    letters += command;
    numbers += !command;
    text.remove_prefix(word.size());
  }
  return letters >= 2 && numbers >= 4;
}

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

/// Windows-1252 that was read as Latin-1 or Latin-9, as `subparse` does, has control characters for
/// its quotation marks, dashes and €. So have numbered entities of old pages, which the standard of
/// HTML gives this meaning.
char32_t instead_of_control(char32_t character) {
  constexpr std::u32string_view meant =
      U"€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
  static_assert(meant.size() == 0x20);
  return character >= 0x80 && character < 0xA0 ? meant[character - 0x80] : character;
}

/// Each line without white space at its ends, empty ones left out.
std::string trim_lines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string line = join_lines(text.substr(0, end));
    if (!line.empty()) lines += (lines.empty() ? "" : "\n") + line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::vector<PlainText> read_cue(std::string_view markup) {
  std::vector<PlainText> parts = Stripper(markup).run();
  for (PlainText& part : parts) {
    part.text = trim_lines(without_time_stamps(part.text));
    part.speaker = join_lines(part.speaker);
  }
  parts.erase(std::remove_if(
                  parts.begin(), parts.end(),
                  [](const PlainText& part) { return part.text.empty() || is_drawing(part.text); }),
              parts.end());
  return parts;
}

PlainText strip_markup(std::string_view markup) {
  PlainText all;
  for (const PlainText& part : read_cue(markup)) {
    if (!all.text.empty()) all.text += '\n';
    all.text += part.text;
    if (all.speaker.empty()) all.speaker = part.speaker;
  }
  all.text = join_lines(all.text);
  return all;
}

std::string join_lines(std::string_view text) {
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
    append_utf8(line, instead_of_control(character));
    previous = character;
    space = line_break = false;
  }
  return std::string(trim(line));
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
