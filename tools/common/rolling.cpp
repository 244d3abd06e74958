// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/rolling.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace gst_lingua_tools {

namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// How many of a cue's first lines are the last ones of the cue before, which it follows at once.
size_t count_kept(const Cue& before, const Cue& cue) {
  constexpr GstClockTime soon = 100 * GST_MSECOND;
  if (cue.start > before.start + before.duration + soon) return 0;
  const Lines old = lines_of(before.text), lines = lines_of(cue.text);
  size_t kept = std::min(old.size(), lines.size());
  while (kept > 0 &&
         !std::equal(old.end() - static_cast<ptrdiff_t>(kept), old.end(), lines.begin()))
    --kept;
  return kept;
}

}  // namespace

void unroll(std::vector<Cue>& cues) {
  std::vector<size_t> kept(cues.size());
  size_t repeating = 0, rolling = 0;
  for (size_t i = 1; i < cues.size(); ++i) {
    kept[i] = count_kept(cues[i - 1], cues[i]);
    if (kept[i] == 0) continue;
    ++repeating;
    if (kept[i] < lines_of(cues[i].text).size()) ++rolling;
  }
  // Who says "No." again and again repeats lines, but adds none to them.
  if (rolling < 2 || 3 * rolling < repeating || 2 * repeating < cues.size() - 1) return;

  std::vector<Cue> once;
  for (size_t i = 0; i < cues.size(); ++i) {
    Cue& cue = cues[i];
    const Lines lines = lines_of(cue.text);
    if (kept[i] == lines.size()) {
      const GstClockTime end = cue.start + cue.duration;
      once.back().duration = std::max(once.back().duration, end - once.back().start);
      continue;
    }
    if (kept[i] > 0)
      cue.text.erase(0, static_cast<size_t>(lines[kept[i]].data() - cue.text.data()));
    once.push_back(std::move(cue));
  }
  cues = std::move(once);
}

}  // namespace gst_lingua_tools
