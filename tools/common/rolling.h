// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_tools {

/// Captions that roll show each line two or three times: it comes below, moves up when the next one
/// comes, and may stand alone for a moment in between, as in YouTube's automatic captions. Where
/// most of the cues do so, each line stays in the cue that has it first, and a cue that has nothing
/// new goes away; other cues stay as they are, also where a text is said twice. `cues`: in order of
/// time, without markup, with durations.
void unroll(std::vector<Cue>& cues);

}  // namespace gst_lingua_tools
