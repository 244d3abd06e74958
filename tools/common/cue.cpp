// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/cue.h"

#include <algorithm>

#include "gst-translate/text/markup.h"
#include "tools/common/buffer.h"
#include "tools/common/rolling.h"

namespace gst_lingua_tools {

namespace {

/// What it says, without tags, line by line.
std::string plain_lines(const std::string& text) {
  std::string lines;
  for (const gst_translate::PlainText& voice : gst_translate::read_cue(text))
    lines += (lines.empty() ? "" : "\n") + voice.text;
  return lines;
}

}  // namespace

std::optional<Cue> cue_of(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  if (!GST_BUFFER_PTS_IS_VALID(buffer)) return std::nullopt;
  Cue cue;
  cue.start = gst_segment_to_stream_time(gst_sample_get_segment(sample), GST_FORMAT_TIME,
                                         GST_BUFFER_PTS(buffer));
  if (!GST_CLOCK_TIME_IS_VALID(cue.start)) return std::nullopt;
  if (GST_BUFFER_DURATION_IS_VALID(buffer)) cue.duration = GST_BUFFER_DURATION(buffer);
  cue.text = bytes_of(buffer);
  cue.text.erase(std::find(cue.text.begin(), cue.text.end(), '\0'), cue.text.end());
  return cue;
}

void tidy(std::vector<Cue>& cues) {
  constexpr GstClockTime longest = 5 * GST_SECOND;
  // Texts that are no markup may have tags of their own all the same, as in MP4.
  for (Cue& cue : cues)
    cue.text = plain_lines(cue.text);
  const auto is_empty = [](const Cue& cue) { return cue.text.empty(); };
  cues.erase(std::remove_if(cues.begin(), cues.end(), is_empty), cues.end());
  std::stable_sort(cues.begin(), cues.end(),
                   [](const Cue& one, const Cue& other) { return one.start < other.start; });
  for (size_t i = 0; i < cues.size(); ++i)
    if (cues[i].duration == 0)
      cues[i].duration =
          i + 1 < cues.size() ? std::min(longest, cues[i + 1].start - cues[i].start) : longest;
  unroll(cues);
}

}  // namespace gst_lingua_tools
