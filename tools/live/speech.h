// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

namespace gst_lingua_live {

/// What came out in one language. Times are running times of the pipeline, in ns.
struct Caption {
  std::string language;
  GstClockTime time = 0;  ///< the same in all languages of one sentence
  GstClockTime duration = 0;
  std::string text;
  std::string original;
  std::string speaker;  ///< empty where nobody is named
};

/// A caption's text as it is spoken.
struct Speech {
  std::string language;
  std::string text;
  GstClockTime start = 0;
  GstClockTime duration = 0;
};

}  // namespace gst_lingua_live
