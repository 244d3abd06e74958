// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

/// What a text lasts where nobody says. Valid UTF-8.
namespace gst_lingua {

/// How long it takes to say a text without hurry: 12 characters a second, as the six-second rule of
/// subtitling has it (two lines of 36 characters are read in six seconds), a full-width character
/// of Chinese, Japanese or Korean counted as three.
GstClockTime speaking_time (const std::string &text);

/// How long a caption with this text has to stay: the same, at least one second.
GstClockTime reading_time (const std::string &text);

} // namespace gst_lingua
