// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/dub/container.h"
#include "tools/dub/cues.h"
#include "tools/dub/film.h"
#include "tools/dub/options.h"
#include "tools/dub/parts.h"

namespace gst_lingua_dub {

/// A language and what was made for it.
struct Dubbed {
  std::string language;  ///< a code
  Part part;
};

/// Writes the film with all its tracks to `file`. The picture is copied; so is the film's own sound
/// where the container takes it. Returns the time of the last that was copied. Throws `Error`.
GstClockTime write_film(const Film& film, const Subtitles& subtitles,
                        const std::vector<Dubbed>& languages, const Options& options,
                        const Container& container, const std::string& file,
                        const std::function<void(double)>& progress);

}  // namespace gst_lingua_dub
