// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>
#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_tools {

/// Whether a text, of UTF-8, is a file of SubStation Alpha, `.ssa` or `.ass`: no element of
/// GStreamer's reads those where they lie beside a film.
bool is_substation(std::string_view text);

/// What its events say, in their order, without styles and drawings. Lines that make no sense are
/// left out.
std::vector<Cue> read_substation(std::string_view text);

}  // namespace gst_lingua_tools
