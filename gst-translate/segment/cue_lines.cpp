// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/cue_lines.h"

#include <algorithm>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/line_units.h"
#include "gst-translate/text/markup.h"

namespace gst_translate {

std::string join_cue_lines(std::string_view cue) {
  std::string units;
  for (size_t begin = 0, end; begin < cue.size(); begin = end) {
    // As far as the line before the next unit.
    for (end = begin;;) {
      end = std::min(cue.find('\n', end), cue.size());
      if (end == cue.size()) break;
      ++end;
      const std::u32string next = segment::to_utf32(cue.substr(end));
      segment::Reader reader(next, true);
      if (segment::begins_unit(reader, 0) || segment::begins_with_dialogue_dash(reader, 0)) break;
    }
    const std::string unit = join_lines(cue.substr(begin, end - begin));
    if (!unit.empty()) units += (units.empty() ? "" : "\n") + unit;
  }
  return units;
}

}  // namespace gst_translate
