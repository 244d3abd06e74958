// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

#include "gst-translate/text/error.h"

namespace gst_lingua {

/// A GError's domain and code.
struct ErrorCode
{
  GQuark domain;
  gint code;
};

/// What an Error of the cores is called in GStreamer.
ErrorCode error_code (gst_translate::Error::Kind kind);

/// A place in the source, for messages on the bus; as a default argument, the caller's.
struct Place
{
  const char *file;
  const char *function;
  int line;

  static constexpr Place
  here (const char *file = __builtin_FILE(), const char *function = __builtin_FUNCTION(),
        int line = __builtin_LINE())
  {
    return {file, function, line};
  }
};

/// Posts an ERROR or WARNING message with the error's own text; its detail is the debug string.
void post_error (GstElement *element, const gst_translate::Error &error,
                 Place place = Place::here ());
void post_warning (GstElement *element, const gst_translate::Error &error,
                   Place place = Place::here ());

/// Does the work; false after an exception, which becomes an ERROR message.
bool post_exceptions (GstElement *element, const std::function<void ()> &work,
                      Place place = Place::here ());

} // namespace gst_lingua
