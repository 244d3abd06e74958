// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/textsegmenter/deadlines.h"

namespace gst_lingua {
namespace {

// A closing quote is written together with the mark before it, so it comes soon if it comes.
constexpr GstClockTime closers_wait = 20 * GST_MSECOND;

GstClockTime
after (GstClockTime since, GstClockTime wait)
{
  return GST_CLOCK_TIME_IS_VALID (wait) ? since + wait : GST_CLOCK_TIME_NONE;
}

} // namespace

void
Deadlines::plan (const gst_translate::Segmenter &segmenter, const Waits &waits, GstClockTime since,
                 GstClockTime last_arrival)
{
  clear ();
  if (segmenter.pending () == 0)
    return;
  cut_at_ = after (since, waits.end);
  if (!segmenter.awaits_confirmation ())
    return;
  GstClockTime wait = waits.confirmation;
  if (segmenter.awaits_only_closers () && GST_CLOCK_TIME_IS_VALID (wait))
    wait = MIN (wait, closers_wait);
  confirm_at_ = after (last_arrival, wait);
}

void
Deadlines::clear ()
{
  confirm_at_ = cut_at_ = GST_CLOCK_TIME_NONE;
}

void
Deadlines::pass ()
{
  (confirm_at_ <= cut_at_ ? confirm_at_ : cut_at_) = GST_CLOCK_TIME_NONE;
}

} // namespace gst_lingua
