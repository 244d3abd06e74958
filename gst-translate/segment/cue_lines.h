// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// The lines of a cue, joined where one was full (see `join_lines`), so that a line break is left
/// only before a unit of its own: the dash of a dialogue, `>>`, `NAME:`, a note, a whole [bracket].
GST_LINGUA_EXPORT std::string join_cue_lines(std::string_view cue);

}  // namespace gst_translate
