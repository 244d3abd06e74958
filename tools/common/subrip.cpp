// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/subrip.h"

#include <algorithm>
#include <optional>
#include <string>

#include "gst-translate/text/utf8.h"

namespace gst_lingua_tools {

namespace {

using gst_translate::trim;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view line) {
  return !line.empty() && std::all_of(line.begin(), line.end(), is_digit);
}

/// Digits at the beginning of `text`, which are taken off it; nothing if there are none, or more
/// than `most`.
std::optional<guint64> take_number(std::string_view& text, size_t most) {
  const auto end =
      static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  if (end == 0 || end > most) return std::nullopt;
  guint64 number = 0;
  for (const char digit : text.substr(0, end))
    number = number * 10 + static_cast<guint64>(digit - '0');
  text.remove_prefix(end);
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  text.remove_prefix(word.size());
  return true;
}

/// "00:00:01,000", "00:01.000" or "0:00:01", which is taken off `text`.
std::optional<GstClockTime> take_time(std::string_view& text) {
  std::optional<guint64> part = take_number(text, 5);
  size_t parts = 0;
  guint64 seconds = 0;
  for (; part; ++parts) {
    seconds = seconds * 60 + *part;
    if (parts == 2 || !take(text, ":")) break;
    part = take_number(text, 2);
  }
  if (!part || parts == 0) return std::nullopt;
  GstClockTime time = seconds * GST_SECOND;
  if (text.size() > 1 && (text[0] == ',' || text[0] == '.') && is_digit(text[1])) {
    text.remove_prefix(1);
    for (GstClockTime unit = GST_SECOND / 10; !text.empty() && is_digit(text[0]); unit /= 10) {
      time += static_cast<guint64>(text[0] - '0') * unit;
      text.remove_prefix(1);
    }
  }
  return time;
}

/// A cue without its text.
struct Timing {
  Cue cue;
  bool by_comma;  ///< as in SubViewer, where "[br]" breaks a line
};

std::optional<Timing> timing_of(std::string_view line) {
  line = trim(line);
  const bool has_point = line.find('.') != std::string_view::npos;
  const std::optional<GstClockTime> start = take_time(line);
  if (!start) return std::nullopt;
  line = trim(line);
  const bool by_comma = take(line, ",");
  if (!by_comma && !take(line, "-->")) return std::nullopt;
  line = trim(line);
  const std::optional<GstClockTime> end = take_time(line);
  // "10:30, 11:45" may be said, too.
  if (!end || (by_comma && (!line.empty() || !has_point))) return std::nullopt;
  return Timing{{*start, *end > *start ? *end - *start : 0, {}}, by_comma};
}

/// "Good<00:00:01.500><c> morning.</c>"
bool has_timed_words(std::string_view line) {
  for (size_t at = 0; (at = line.find('<', at)) != std::string_view::npos;)
    if (++at < line.size() && is_digit(line[at])) return true;
  return false;
}

/// What stands between a line of times and the next, or the end of the file.
class Block {
 public:
  Block(const Timing& timing, bool is_webvtt) : timing_(timing), is_webvtt_(is_webvtt) {}

  void add(std::string_view line) {
    // A text of WebVTT ends there; what follows are notes, styles and regions. A line of mere
    // space, with which YouTube's begin, ends none, but an editor may have made it empty.
    if (is_webvtt_ && line.empty()) ended_ = true;
    if (is_blank_ && has_timed_words(line)) ended_ = false;
    is_blank_ = is_blank_ && trim(line).empty();
    lines_.push_back(ended_ ? std::string_view() : line);
  }

  /// `followed`: by another line of times, which a number may stand before.
  Cue cue(bool followed) {
    if (followed && !lines_.empty() && is_number(trim(lines_.back()))) lines_.pop_back();
    Cue cue = timing_.cue;
    for (const std::string_view line : lines_)
      if (!trim(line).empty()) cue.text += (cue.text.empty() ? "" : "\n") + std::string(line);
    if (timing_.by_comma)
      for (size_t at = 0; (at = cue.text.find("[br]", at)) != std::string::npos;)
        cue.text.replace(at, 4, "\n");
    return cue;
  }

 private:
  Timing timing_;
  bool is_webvtt_;
  bool is_blank_ = true;  ///< until now
  bool ended_ = false;
  std::vector<std::string_view> lines_;
};

}  // namespace

std::vector<Cue> read_subrip(std::string_view text) {
  const bool is_webvtt = trim(text).substr(0, 6) == "WEBVTT";
  std::vector<Cue> cues;
  std::optional<Block> block;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const std::optional<Timing> timing = timing_of(line)) {
      if (block) cues.push_back(block->cue(true));
      block.emplace(*timing, is_webvtt);
    } else if (block) {
      block->add(line);
    }
  }
  if (block) cues.push_back(block->cue(false));
  return cues;
}

}  // namespace gst_lingua_tools
