// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_tools {

/// For a message: what to do with subtitles that are pictures.
extern const char* const instead_of_pictures;

/// What the names of files of subtitles end in.
extern const std::vector<std::string> subtitle_extensions;

/// True for the name of a file that `read_subtitles` is for.
bool is_subtitle_file(const std::string& name);

/// The cues of a file, tidy: SubRip, WebVTT, MicroDVD or SubStation. `encoding`: as for
/// gst-translate (docs/gst-translate.md), but that "auto" knows the encodings of before Unicode
/// (see `legacy_encoding`). `language`: a code; empty if it is not known. `frame_rate`: "25/1", for
/// MicroDVD, which counts pictures and seldom says how many a second has; empty: 24000/1001, as is
/// usual. Throws `Error`: the file cannot be read, or has no cues in a format that is known.
std::vector<Cue> read_subtitles(const std::string& file, const std::string& encoding,
                                const std::string& language = "",
                                const std::string& frame_rate = "");

}  // namespace gst_lingua_tools
