// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/readingtime.h"

namespace gst_lingua {

GstClockTime
speaking_time (const std::string &text)
{
  constexpr GstClockTime characters_a_second = 12;
  GstClockTime characters = 0;
  for (const gchar *at = text.c_str (); *at; at = g_utf8_next_char (at))
    characters += g_unichar_iswide (g_utf8_get_char (at)) ? 3 : 1;
  return characters * GST_SECOND / characters_a_second;
}

GstClockTime
reading_time (const std::string &text)
{
  return MAX (speaking_time (text), GST_SECOND);
}

} // namespace gst_lingua
