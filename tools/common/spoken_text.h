// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

namespace gst_lingua_tools {

/// What of a cue somebody says: without what subtitles for the deaf have beside it. That is what
/// stands in square brackets, `[door slams]`; in round ones where they stand apart from sentences,
/// `(sighs) Come in.`, and hold no sentence or digit; in those of Chinese and Japanese at the
/// beginning of a line; marks of a new speaker, `>>`; and names in capitals, `JOHN: Come in.`,
/// before what is not, but not words such as `WARNING`. Numbers and formulas in brackets stay.
/// Empty where nobody says anything. `text`: without markup, in its lines, which stay.
std::string spoken_text(const std::string& text);

}  // namespace gst_lingua_tools
