// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/cue_lines.h"

#include <algorithm>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/line_units.h"
#include "gst-translate/text/markup.h"

namespace gst_translate {

std::string join_cue_lines(std::string_view cue) {
  const std::u32string text = segment::to_utf32(cue);
  segment::Reader reader(text, true);
  std::string units;
  for (size_t begin = 0, end; begin < text.size(); begin = end) {
    // As far as the line before the next unit.
    for (end = begin;;) {
      end = std::min(text.find(U'\n', end), text.size());
      if (end == text.size()) break;
      ++end;
      if (segment::begins_unit(reader, end) || segment::begins_with_dialogue_dash(reader, end))
        break;
    }
    const auto lines = std::u32string_view(text).substr(begin, end - begin);
    const std::string unit = join_lines(segment::to_utf8(lines));
    if (!unit.empty()) units += (units.empty() ? "" : "\n") + unit;
  }
  return units;
}

}  // namespace gst_translate
