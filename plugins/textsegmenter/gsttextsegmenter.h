// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_TEXT_SEGMENTER (gst_text_segmenter_get_type ())
  G_DECLARE_FINAL_TYPE (GstTextSegmenter, gst_text_segmenter, GST, TEXT_SEGMENTER, GstElement)

  /**
   * GstTextSegmenterJoin:
   * @GST_TEXT_SEGMENTER_JOIN_AUTO: cues where text has markup or its stream is sparse, words where
   * buffers come with timestamps in a TIME segment otherwise, else verbatim
   * @GST_TEXT_SEGMENTER_JOIN_VERBATIM: buffers join as they are: bytes of a file, tokens of a
   *   language model
   * @GST_TEXT_SEGMENTER_JOIN_WORDS: each buffer is a word, or a cue where it has white space
   * inside; they join with a space between scripts that use spaces
   * @GST_TEXT_SEGMENTER_JOIN_CUES: each buffer is a cue, whose line breaks and end are where a line
   *   was full
   *
   * How the text of successive buffers joins.
   *
   * Since: 0.1
   */
  typedef enum
  {
    GST_TEXT_SEGMENTER_JOIN_AUTO,
    GST_TEXT_SEGMENTER_JOIN_VERBATIM,
    GST_TEXT_SEGMENTER_JOIN_WORDS,
    GST_TEXT_SEGMENTER_JOIN_CUES,
  } GstTextSegmenterJoin;

#define GST_TYPE_TEXT_SEGMENTER_JOIN (gst_text_segmenter_join_get_type ())
  GType gst_text_segmenter_join_get_type (void);

  GST_ELEMENT_REGISTER_DECLARE (textsegmenter)

  G_END_DECLS
