// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "gst-translate/text/encoding.h"
#include "gst-translate/text/markup.h"
#include "plugins/common/guarded.h"

namespace gst_lingua {

/// Makes plain text of the buffers that a text sink pad receives: bytes cut anywhere, in the
/// encoding that the property says or the text shows, where there are no caps; UTF-8 cut anywhere
/// where they say utf8; whole cues in UTF-8 where they say pango-markup.
///
/// What is no character becomes U+FFFD, with a warning when it happens first and one with the count
/// at the end. An encoding that was guessed is a warning, once a stream.
class TextInput
{
public:
  explicit TextInput (GstElement *element) : element_ (element)
  {
  }

  /// The property `encoding`: "auto" or a name, which counts from the next stream on. From any
  /// thread.
  void set_encoding (const std::string &encoding);
  std::string encoding () const;
  /// Throws `Error` Settings if there is no such encoding.
  void check_encoding () const;

  // The streaming thread's.

  /// A new stream begins, whose encoding is another matter.
  void begin_stream ();

  /// True if these caps mean another format than the one so far.
  bool changes (const GstCaps *caps) const;
  void set_caps (const GstCaps *caps);

  /// In one line where it is a cue.
  gst_translate::PlainText read (GstBuffer *buffer);

  /// A text a voice, with the line breaks of cues: see `gst_translate::read_cue`.
  std::vector<gst_translate::PlainText> read_parts (GstBuffer *buffer);

  /// True if buffers are cues for sure.
  bool
  reads_cues () const
  {
    return format_ == Format::Markup;
  }

  /// True if this buffer is a cue: markup, or text with a time.
  bool
  is_cue (GstBuffer *buffer) const
  {
    return reads_cues () ||
           (GST_BUFFER_PTS_IS_VALID (buffer) && GST_BUFFER_DURATION_IS_VALID (buffer));
  }

  /// At an end or a break of the stream: what an unfinished character becomes.
  std::string finish ();

  /// A flush, or the way down: an unfinished character is forgotten, and all else with `full`.
  void reset (bool full);

  /// Invalid sequences so far. From any thread.
  guint64
  invalid_sequences () const
  {
    return invalid_;
  }

private:
  enum class Format
  {
    Bytes,
    Utf8,
    Markup
  };

  static Format format_of (const GstCaps *caps);
  gst_translate::TextDecoder &decoder ();
  std::string decode (GstBuffer *buffer);
  void tell_guess ();
  void count (bool end);

  GstElement *element_;
  Guarded<std::string> encoding_; ///< empty: auto

  Format format_ = Format::Bytes;
  std::optional<gst_translate::TextDecoder> decoder_; ///< of this stream, once its text has begun
  bool guess_told_ = false;
  guint64 counted_before_ = 0; ///< by streams before this one
  guint64 warned_ = 0;
  guint64 logged_ = 0;
  std::atomic<guint64> invalid_{0};
};

} // namespace gst_lingua
