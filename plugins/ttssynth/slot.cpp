// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/slot.h"

namespace gst_lingua {
namespace {

// Sound that comes after a pause without end of a pipeline that is not live: the sink needs a
// moment to take it, or the first syllable is lost.
constexpr GstClockTime start_margin = 50 * GST_MSECOND;

/// The slot begins there, if that is later.
void
postpone (Slot &slot, GstClockTime start, const char *reason)
{
  if (start <= slot.start)
    return;
  slot.start = start;
  slot.reason = reason;
}

} // namespace

void
Slot::catch_up (GstClockTime natural, double pace)
{
  if (behind == 0 || open ())
    return;
  GstClockTime own = MAX (end + behind, start) - start;
  end = MAX (end,
             start + static_cast<GstClockTime> (static_cast<double> (MIN (own, natural)) / pace));
}

bool
SlotFinder::live () const
{
  return queue_.latency ().synchronised () && queue_.latency ().upstream ().live;
}

Slot
SlotFinder::find (GstClockTime pts, GstClockTime duration, GstClockTime arrival,
                  Overflow overflow) const
{
  if (GST_CLOCK_TIME_IS_VALID (pts) && queue_.latency ().synchronised ())
    return find_timed (pts, duration, arrival, overflow);
  return find_next (arrival);
}

Slot
SlotFinder::find_timed (GstClockTime pts, GstClockTime duration, GstClockTime arrival,
                        Overflow overflow) const
{
  Slot slot;
  slot.timed = true;
  slot.start = pts;
  slot.reason = "its own time";
  if (GST_CLOCK_TIME_IS_VALID (duration))
    slot.end = pts + duration;
  postpone (slot, timeline_.start (), "the segment's start");

  GstClockTime edge = clock_edge ();
  GstClockTime edge_when_it_came = clock_edge_at (arrival);
  GstClockTime own_start = slot.start;
  GstClockTime earliest = MAX (slot.start, edge_when_it_came);
  slot.late = edge > slot.start;
  postpone (slot, edge, "the first that can be in time");
  if (overflow != Overflow::Overlap)
    postpone (slot, output_.position (), "the end of the text before");

  // A live stream that lags catches up by leaving out what was over when it came. What came in time
  // is said, though others have taken that time.
  if (live ()) {
    GstClockTime stop = timeline_.stop ();
    bool came_late = !slot.open () && edge_when_it_came >= slot.end;
    bool is_cut_whole = overflow == Overflow::Clip && !slot.open () && slot.start >= slot.end;
    slot.missed =
        came_late || is_cut_whole || (GST_CLOCK_TIME_IS_VALID (stop) && slot.start >= stop);
    slot.behind = slot.start - own_start;
    slot.lag = slot.start - MIN (earliest, slot.start);
  }
  return slot;
}

/// Text without times follows what was said before, or is said now if that is over.
Slot
SlotFinder::find_next (GstClockTime arrival) const
{
  Slot slot;
  slot.start = output_.position ();
  slot.reason = "the next that is free";
  if (output_.ends_with_speech ())
    postpone (slot, slot.start + sentence_pause, "a pause after the text before");
  GstClockTime now = queue_.running_time ();
  if (!GST_CLOCK_TIME_IS_VALID (now))
    return slot;
  if (!queue_.latency ().synchronised ()) {
    postpone (slot, timeline_.position (now), "now");
  } else if (live ()) {
    postpone (slot, clock_edge (), "the first that can be in time");
    if (GST_CLOCK_TIME_IS_VALID (arrival))
      postpone (slot, timeline_.position (arrival), "when it came");
  } else if (timeline_.position (now) > slot.start + start_margin) {
    postpone (slot, timeline_.position (now + start_margin), "now: the sink has run dry");
  }
  return slot;
}

/// How long after its own running time sound may still come.
GstClockTime
SlotFinder::budget () const
{
  return queue_.latency ().upstream ().min + queue_.latency ().promised ();
}

GstClockTime
SlotFinder::clock_edge () const
{
  return clock_edge_at (queue_.running_time ());
}

GstClockTime
SlotFinder::clock_edge_at (GstClockTime running_time) const
{
  if (!GST_CLOCK_TIME_IS_VALID (running_time) || !live () || running_time <= budget ())
    return 0;
  return timeline_.position (running_time - budget ());
}

GstClockTime
SlotFinder::next_fill (GstClockTime step) const
{
  GstClockTime stop = timeline_.stop ();
  bool ends = GST_CLOCK_TIME_IS_VALID (stop);
  if (!live () || (ends && output_.reaches (stop)))
    return GST_CLOCK_TIME_NONE;
  GstClockTime next = output_.position () + step;
  return timeline_.running_time (ends ? MIN (next, stop) : next) + budget ();
}

} // namespace gst_lingua
