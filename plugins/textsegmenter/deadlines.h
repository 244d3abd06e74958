// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "gst-translate/segment/segmenter.h"

namespace gst_lingua {

/// When pending text is looked at again though nothing more has come: a sentence that may be whole
/// is confirmed, another one is cut. Running times; NONE is never.
class Deadlines
{
public:
  /// The longest waits; NONE: for ever.
  struct Waits
  {
    GstClockTime confirmation = GST_CLOCK_TIME_NONE; ///< since the last text came
    GstClockTime end = GST_CLOCK_TIME_NONE;          ///< for the end of a sentence, since it began
  };

  /// Plans for what the segmenter has pending, which began at `since` and whose last text came at
  /// `last_arrival`.
  void plan (const gst_translate::Segmenter &segmenter, const Waits &waits, GstClockTime since,
             GstClockTime last_arrival);

  void clear ();

  /// The next one.
  GstClockTime
  next () const
  {
    return MIN (confirm_at_, cut_at_);
  }

  /// What is to be done then: `Terminator` or `Deadline`.
  gst_translate::CutReason
  reason () const
  {
    return confirm_at_ <= cut_at_ ? gst_translate::CutReason::Terminator
                                  : gst_translate::CutReason::Deadline;
  }

  /// The next one has come to nothing: it does not come again before `plan()`.
  void pass ();

private:
  GstClockTime confirm_at_ = GST_CLOCK_TIME_NONE;
  GstClockTime cut_at_ = GST_CLOCK_TIME_NONE;
};

} // namespace gst_lingua
