// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "tools/dub/container.h"
#include "tools/dub/cues.h"
#include "tools/dub/film.h"
#include "tools/dub/options.h"

namespace gst_lingua_dub {

// What cannot be done is said before hours of work: each of these throws an `Error`, or a
// `UsageError` for what makes no sense.

/// There is a place for the output, and the film is not there.
void check_output(const Options& options);

/// GStreamer has the elements that every film needs.
void check_elements();

/// The picture can be copied, and there are decoders for the film's sounds.
void check_streams(const Film& film, const Options& options, const Container& container);

/// No subtitles that are to be written beside the film replace those that are read, or others.
void check_subtitles(const Subtitles& subtitles, const Options& options,
                     const Container& container);

/// "film.mkv" and "de": "film.de.srt", where a format that holds no text has its subtitles.
std::string text_beside(const std::string& output, const std::string& code);

}  // namespace gst_lingua_dub
