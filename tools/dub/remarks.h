// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "tools/dub/container.h"
#include "tools/dub/cues.h"
#include "tools/dub/film.h"

namespace gst_lingua_dub {

// What a user wants to know of a film though it can be dubbed.

/// What of the film the output will not have; empty if it will have all.
std::string left_out(const Film& film, const Subtitles& subtitles, const Container& container);

/// Subtitles of another film would make this one as long as they are: what begins long after its
/// end goes away, with a warning. Throws `Error` where all do.
void leave_out_late(std::vector<Cue>& cues, const Film& film);

/// Warns of a film that is damaged, or still being written, and so ends before it says. `end`: the
/// time of the last that was read.
void warn_of_end(const Film& film, GstClockTime end);

}  // namespace gst_lingua_dub
