// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/timeline.h"

namespace gst_lingua {

void
Timeline::reset ()
{
  gst_segment_init (&segment_, GST_FORMAT_TIME);
  timed_ = false;
}

Ref<GstEvent>
Timeline::set_segment (GstEvent *event, GstClockTime lateness)
{
  const GstSegment *given;
  gst_event_parse_segment (event, &given);
  timed_ = given->format == GST_FORMAT_TIME;
  if (timed_)
    segment_ = *given;
  else
    gst_segment_init (&segment_, GST_FORMAT_TIME);
  segment_.base += lateness;

  Ref<GstEvent> ours (gst_event_new_segment (&segment_));
  gst_event_set_seqnum (ours.get (), gst_event_get_seqnum (event));
  return ours;
}

bool
Timeline::contains (GstClockTime position, GstClockTime duration) const
{
  if (!timed_ || !GST_CLOCK_TIME_IS_VALID (position))
    return true;
  GstClockTime end = GST_CLOCK_TIME_IS_VALID (duration) ? position + duration : position;
  return gst_segment_clip (&segment_, GST_FORMAT_TIME, position, end, nullptr, nullptr);
}

GstClockTime
Timeline::running_time (GstClockTime position) const
{
  position = MAX (position, segment_.start);
  if (GST_CLOCK_TIME_IS_VALID (segment_.stop))
    position = MIN (position, segment_.stop);
  return gst_segment_to_running_time (&segment_, GST_FORMAT_TIME, position);
}

GstClockTime
Timeline::stream_time (GstClockTime position) const
{
  return gst_segment_to_stream_time (&segment_, GST_FORMAT_TIME, position);
}

GstClockTime
Timeline::position (GstClockTime running_time) const
{
  GstClockTime position =
      gst_segment_position_from_running_time (&segment_, GST_FORMAT_TIME, running_time);
  if (GST_CLOCK_TIME_IS_VALID (position))
    return position;
  bool before =
      !GST_CLOCK_TIME_IS_VALID (segment_.stop) || running_time < this->running_time (segment_.stop);
  return before ? segment_.start : segment_.stop;
}

} // namespace gst_lingua
