// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/remarks.h"

#include <algorithm>

#include "gst-translate/command-line/program.h"
#include "gst-translate/text/error.h"
#include "tools/common/timestamp.h"

namespace gst_lingua_dub {

using gst_lingua_tools::timestamp;
using gst_translate::Error;
using gst_translate::warn;

std::string left_out(const Film& film, const Subtitles& subtitles, const Container& container) {
  std::string names;
  const auto add = [&names](const std::string& name) {
    names += (names.empty() ? "" : ", ") + name;
  };
  const auto count = [&add](size_t number, const std::string& one, const std::string& more) {
    if (number > 0) add(std::to_string(number) + " " + (number == 1 ? one : more));
  };
  if (!container.has_text())
    count(film.subtitles.size() - (subtitles.are_in_film ? 1 : 0), "track of subtitles",
          "tracks of subtitles");
  count(film.picture_subtitles.size(), "track of subtitles that are pictures",
        "tracks of subtitles that are pictures");
  count(film.attachments, "attached file", "attached files");
  if (film.chapters && !container.has_chapters()) add("the chapters");
  return names;
}

void leave_out_late(std::vector<Cue>& cues, const Film& film) {
  constexpr GstClockTime grace = 60 * GST_SECOND;
  if (!GST_CLOCK_TIME_IS_VALID(film.duration) || film.duration == 0) return;
  const auto late = std::find_if(cues.begin(), cues.end(), [&film](const Cue& cue) {
    return cue.start > film.duration + grace;
  });
  if (late == cues.end()) return;
  const std::string end = timestamp(film.duration, '.');
  if (late == cues.begin())
    throw Error(Error::Kind::Settings,
                "The subtitles begin after the end of the film, which is at " + end +
                    ": they are those of another film.");
  warn("left out, since they begin after the end of the film, which is at " + end + ": " +
       std::to_string(cues.end() - late) + " of " + std::to_string(cues.size()) +
       " texts. Are the subtitles those of this film?");
  cues.erase(late, cues.end());
}

void warn_of_end(const Film& film, GstClockTime end) {
  if (!film.picture || !GST_CLOCK_TIME_IS_VALID(film.duration) ||
      end + film.duration / 10 + GST_SECOND > film.duration)
    return;
  warn(film.path + " ends at " + timestamp(end, '.') + ", though it says that it is " +
       timestamp(film.duration, '.') +
       " long: it is damaged, or was not yet whole. What there is was dubbed.");
}

}  // namespace gst_lingua_dub
