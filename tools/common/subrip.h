// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>
#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_tools {

/// The cues of a file whose texts follow lines with two times, in the order in which they stand;
/// empty where there is no such line. Such files are SubRip's (`00:00:01,000 --> 00:00:02,000`),
/// WebVTT's (https://www.w3.org/TR/webvtt1/), YouTube's and SubViewer's
/// (`0:00:01.000,0:00:02.000`). They are read as people write them: without numbers, with blank
/// lines inside a text, with spaces at the ends of lines, in any order. Markup stays in the texts.
/// `text`: UTF-8 with '\n' at the ends of its lines. A cue that would end before it begins has no
/// duration.
std::vector<Cue> read_subrip(std::string_view text);

}  // namespace gst_lingua_tools
