// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <atomic>
#include <string>

#include "gst-translate/text/markup.h"
#include "gst-translate/text/utf8.h"

namespace gst_lingua {

/// Makes plain text of the buffers that a text sink pad receives: UTF-8 cut anywhere where there
/// are no caps or they say utf8, whole cues where they say pango-markup. What is not UTF-8 becomes
/// U+FFFD, with a warning when it happens first and one with the count at the end.
class TextInput
{
public:
  explicit TextInput (GstElement *element) : element_ (element)
  {
  }

  /// True if these caps mean another format than the one so far.
  bool changes (const GstCaps *caps) const;
  void set_caps (const GstCaps *caps);

  gst_translate::PlainText read (GstBuffer *buffer);

  /// At the end of a stream: what an unfinished character becomes.
  std::string finish ();

  /// A flush, or the way down: an unfinished character is forgotten, and the caps with `full`.
  void reset (bool full);

  /// Invalid sequences so far. From any thread.
  guint64
  invalid_sequences () const
  {
    return invalid_;
  }

private:
  void count (bool end);

  GstElement *element_;
  bool markup_ = false;
  gst_translate::Utf8Stream utf8_;
  guint64 counted_before_ = 0; ///< by streams before this one
  guint64 warned_ = 0;
  guint64 logged_ = 0;
  std::atomic<guint64> invalid_{0};
};

} // namespace gst_lingua
