// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gst-tts/voice/spoken_run.h"

namespace gst_tts::ssml {

/// How a text is said as what `interpret_as` names, as W3C's note of 2005 and Google's and Amazon's
/// documentation have them: characters, spell-out, verbatim; digits, telephone; cardinal, number,
/// ordinal; date (with a format as "mdy"), time, duration. Only the kind and the words of it are
/// set. Nothing where the text is no such thing or the name is another one: it is spoken as it is
/// written.
std::optional<Reading> say_as(std::string_view interpret_as, std::string_view format,
                              std::string_view text, std::string_view language);

}  // namespace gst_tts::ssml
