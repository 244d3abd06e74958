// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

namespace gst_lingua_tools {

/// A time as subtitles have it: "01:02:03.456" in WebVTT, with a comma as separator in SubRip.
std::string timestamp(GstClockTime time, char separator);

}  // namespace gst_lingua_tools
