// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>
#include <vector>

namespace gst_lingua_tools {

/// A text and when it is shown, from the beginning of what it belongs to.
struct Cue {
  GstClockTime start = 0;
  GstClockTime duration = 0;  ///< 0: nobody says
  std::string text;
};

/// A sample of text as it is, in stream time; nothing for one that has no time.
std::optional<Cue> cue_of(GstSample* sample);

/// Brings cues in order of time, without their markup, in their lines. What is empty goes
/// away; what has no end lasts until the next begins, and no longer than it takes to read it.
/// Captions that roll are unrolled (see `unroll`).
void tidy(std::vector<Cue>& cues);

}  // namespace gst_lingua_tools
