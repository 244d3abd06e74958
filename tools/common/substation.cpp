// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/substation.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include "gst-translate/text/utf8.h"

namespace gst_lingua_tools {

namespace {

using gst_translate::trim;

constexpr std::string_view heading = "[script info]";

/// What stands before the mark, which is taken off `text` with it; all of it where there is none.
std::string_view take(std::string_view& text, char mark) {
  const size_t end = std::min(text.find(mark), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

bool take_word(std::string_view& line, std::string_view word) {
  if (line.substr(0, word.size()) != word) return false;
  line.remove_prefix(word.size());
  return true;
}

/// "0:01:02.50"
std::optional<GstClockTime> time_of(std::string_view text) {
  unsigned hours = 0, minutes = 0, seconds = 0, hundredths = 0;
  if (std::sscanf(std::string(text).c_str(), "%4u:%2u:%2u.%2u", &hours, &minutes, &seconds,
                  &hundredths) != 4)
    return std::nullopt;
  return ((hours * GstClockTime{60} + minutes) * 60 + seconds) * GST_SECOND +
         hundredths * 10 * GST_MSECOND;
}

/// Without what stands in braces; what is drawn between {\p1} and {\p0} is no text.
std::string plain(std::string_view written) {
  std::string text;
  bool drawn = false;
  while (!written.empty()) {
    const char c = written.front();
    const char next = written.size() > 1 ? written[1] : '\0';
    const size_t end = c == '{' ? written.find('}') : std::string_view::npos;
    if (end != std::string_view::npos) {
      const std::string_view styles = written.substr(0, end);
      for (size_t at = styles.find("\\p"); at != std::string_view::npos;
           at = styles.find("\\p", at + 2))
        if (at + 2 < styles.size() && styles[at + 2] >= '0' && styles[at + 2] <= '9')
          drawn = styles[at + 2] != '0';
      written.remove_prefix(end + 1);
      continue;
    }
    const bool breaks = c == '\\' && (next == 'N' || next == 'n'), space = c == '\\' && next == 'h';
    if (!drawn) text += breaks ? '\n' : space ? ' ' : c;
    written.remove_prefix(breaks || space ? 2 : 1);
  }
  return text;
}

}  // namespace

bool is_substation(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = trim(take(text, '\n'));
    if (line.empty() || line[0] == ';') continue;  // a remark
    return std::equal(line.begin(), line.end(), heading.begin(), heading.end(),
                      [](char one, char other) { return g_ascii_tolower(one) == other; });
  }
  return false;
}

std::vector<Cue> read_substation(std::string_view text) {
  std::vector<std::string> fields = {"Start", "End", "Text"};
  std::vector<Cue> cues;
  while (!text.empty()) {
    std::string_view line = trim(take(text, '\n'));
    if (take_word(line, "Format:")) {  // of styles first, of events last
      for (fields.clear(); !line.empty();)
        fields.emplace_back(trim(take(line, ',')));
      continue;
    }
    if (!take_word(line, "Dialogue:")) continue;
    std::optional<GstClockTime> start, end;
    for (const std::string& field : fields) {
      if (field == "Text") break;  // which may have commas
      const std::string_view value = take(line, ',');
      if (field == "Start") start = time_of(value);
      if (field == "End") end = time_of(value);
    }
    if (start && end && *end > *start) cues.push_back({*start, *end - *start, plain(line)});
  }
  return cues;
}

}  // namespace gst_lingua_tools
