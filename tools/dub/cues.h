// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>
#include <vector>

#include "tools/common/cue.h"
#include "tools/dub/film.h"

namespace gst_lingua_dub {

using gst_lingua_tools::Cue;

/// Subtitles that are in a film.
struct TextTrack {
  std::string id;        ///< of the stream
  std::string language;  ///< as it is tagged; empty if it is not
  std::string title;
  std::vector<Cue> cues;
};

/// The cues to speak, in order of time.
struct Subtitles {
  std::vector<Cue> cues;
  std::string language;  ///< as it is tagged; empty if nobody says
  std::string source;    ///< for the user: where they come from
  bool are_in_film = false;
  std::vector<TextTrack> others;  ///< of the film's own, those that are not spoken
};

/// Those that `file` names; else the film's own, of several those in `language`, a code, if it is
/// not empty; else those that lie beside it (film.srt, film.vtt, film.sub). `with_others`: the
/// film's others are wanted, too, for which all of it has to be read. Throws `Error`: there are
/// none, or they cannot be read.
Subtitles find_subtitles(const Film& film, const std::string& file, const std::string& encoding,
                         const std::string& language, bool with_others);

/// What is said in cues (see `spoken_text`), without those in which nobody says anything. Throws
/// `Error` where that is all.
std::vector<Cue> spoken(const Subtitles& subtitles);

/// Cues for an `appsrc`, and that nothing follows.
void push(GstElement* source, const std::vector<Cue>& cues);

/// A file in the format of SubRip.
std::string to_srt(const std::vector<Cue>& cues);

}  // namespace gst_lingua_dub
