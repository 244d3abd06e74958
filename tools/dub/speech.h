// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/dub/options.h"
#include "tools/dub/parts.h"

namespace gst_lingua_dub {

/// Translates cues into one language and speaks them, into a file. `progress` is told the fraction
/// that is done. Throws `Error`: also where the model or the voices do not have the language.
Part make_part(const std::vector<Cue>& cues, const std::string& language, const Options& options,
               const std::string& sound_file, const std::function<void(double)>& progress);

}  // namespace gst_lingua_dub
