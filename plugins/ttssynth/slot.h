// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/queuetask.h"
#include "plugins/common/timeline.h"
#include "plugins/ttssynth/audiooutput.h"
#include "plugins/ttssynth/settings.h"

namespace gst_lingua {

/// Between sentences that have no times of their own.
constexpr GstClockTime sentence_pause = 250 * GST_MSECOND;

/// Where on the timeline a text is to be spoken.
struct Slot
{
  GstClockTime start = 0;
  GstClockTime end = GST_CLOCK_TIME_NONE; ///< NONE: open
  const char *reason = "";                ///< why it begins there, for the log
  bool timed = false;
  bool late = false;       ///< the clock does not let it begin at its time
  bool missed = false;     ///< it was over when the text came
  GstClockTime behind = 0; ///< its own time, in a live pipeline
  GstClockTime lag = 0;    ///< the part of it that speech before it has made

  bool
  open () const
  {
    return !GST_CLOCK_TIME_IS_VALID (end);
  }
  GstClockTime
  length () const
  {
    return end > start ? end - start : 0;
  }

  /// What begins behind its time in a live pipeline has as much time as it would have had then,
  /// though it ends later. Where it lags it is to be a little shorter than that, and than its
  /// `natural` length: `pace` times as fast. What fits into what is left of its time has no need.
  void catch_up (GstClockTime natural, double pace);
};

/// Finds the slots of texts: on their timeline, behind the sound that is out already, and no
/// earlier than what a live pipeline can still play. To be called from the task.
class SlotFinder
{
public:
  SlotFinder (const Timeline &timeline, const AudioOutput &output, QueueTask &queue)
      : timeline_ (timeline), output_ (output), queue_ (queue)
  {
  }

  /// True if sound has to come at the pace of a clock, said or not.
  bool live () const;

  /// For a text with these times of its own, which may be NONE. `arrival`: the running time at
  /// which it came, NONE if there was none.
  Slot find (GstClockTime pts, GstClockTime duration, GstClockTime arrival,
             Overflow overflow) const;

  /// The first position that a live pipeline can still play in time; 0 if it is not live, or does
  /// not play.
  GstClockTime clock_edge () const;

  /// The running time at which a live pipeline has to get more of nothing, in pieces of `step`.
  /// NONE where it needs no more: it is not live, or the segment is over.
  GstClockTime next_fill (GstClockTime step) const;

private:
  Slot find_timed (GstClockTime pts, GstClockTime duration, GstClockTime arrival,
                   Overflow overflow) const;
  Slot find_next (GstClockTime arrival) const;
  GstClockTime clock_edge_at (GstClockTime running_time) const;
  GstClockTime budget () const;

  const Timeline &timeline_;
  const AudioOutput &output_;
  QueueTask &queue_;
};

} // namespace gst_lingua
