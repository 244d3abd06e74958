// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/timestamp.h"

#include <array>
#include <cstdio>

namespace gst_lingua_tools {

std::string timestamp(GstClockTime time, char separator) {
  const guint64 ms = GST_TIME_AS_MSECONDS(time);
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%02u:%02u:%02u%c%03u",
                static_cast<unsigned>(ms / 3600000), static_cast<unsigned>(ms / 60000 % 60),
                static_cast<unsigned>(ms / 1000 % 60), separator, static_cast<unsigned>(ms % 1000));
  return text.data();
}

}  // namespace gst_lingua_tools
