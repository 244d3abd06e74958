// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

/// What is said in a film, and when, in ms.
struct Cue {
  int start = 0, end = 0;
  std::string text;  ///< lines parted by "\n"
};

/// The lines of film.txt, which are our own, with the rhythm of real subtitles. Each cue stands as
/// long as its text takes to read with 12 to 20 characters a second, most with 15 to 18, for 5/6 s
/// at least and 7 s at most. Up to the next one there are 2 frames of 24 a second as often as not,
/// else up to 1 s, now and then up to 4 s, and 5 to 20 s between scenes (an empty line). Times are
/// whole frames. These are the bounds of Netflix' guide for timed text, and of broadcasters'.
/// Always the same ones.
std::vector<Cue> film(const std::string& path);

/// As SubRip has them.
std::string as_subrip(const std::vector<Cue>& cues);
