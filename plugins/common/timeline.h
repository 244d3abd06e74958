// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// The TIME segment that an element's output lies in: upstream's own, or one from 0 on where
/// upstream counts bytes.
class Timeline
{
public:
  Timeline ()
  {
    reset ();
  }

  /// False for what lies wholly outside the segment. `duration` may be NONE; so may `position`,
  /// which is inside then.
  bool contains (GstClockTime position, GstClockTime duration) const;

  /// Takes a SEGMENT event; gives the one to send on, `lateness` ns later in running time.
  Ref<GstEvent> set_segment (GstEvent *event, GstClockTime lateness);

  /// True if upstream counts time.
  bool
  timed () const
  {
    return timed_;
  }

  /// True if it is played backwards: what comes first was said last.
  bool
  backwards () const
  {
    return segment_.rate < 0;
  }

  /// True if nobody is to hear anything: backwards, or where a seek asked for a picture alone.
  bool
  silent () const
  {
    return backwards () || (segment_.flags & GST_SEGMENT_FLAG_TRICKMODE_NO_AUDIO) != 0;
  }

  /// The first position.
  GstClockTime
  start () const
  {
    return segment_.start;
  }

  /// Where the segment ends; NONE if it does not.
  GstClockTime
  stop () const
  {
    return segment_.stop;
  }

  /// Of a position; positions outside count as the nearest inside.
  GstClockTime running_time (GstClockTime position) const;
  GstClockTime stream_time (GstClockTime position) const;

  /// The position at a running time; the first one for running times before it, and where the
  /// segment stops for those after it.
  GstClockTime position (GstClockTime running_time) const;

  void reset ();

private:
  GstSegment segment_;
  bool timed_ = false;
};

} // namespace gst_lingua
