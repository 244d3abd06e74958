// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/guarded.h"
#include "plugins/common/queuetask.h"
#include "plugins/ttssynth/audiooutput.h"
#include "plugins/ttssynth/settings.h"
#include "plugins/ttssynth/slot.h"

namespace gst_lingua {

/// What goes downstream where nobody speaks: silence or GAP events, as the property `fill` says. A
/// live pipeline gets it at the pace of the clock, from when the element joins until the segment
/// stops. To be called from the task.
class Silence
{
public:
  Silence (GstElement *element, AudioOutput &output, const SlotFinder &slots, QueueTask &queue,
           const Guarded<SpeechSettings> &settings)
      : element_ (element), output_ (output), slots_ (slots), queue_ (queue), settings_ (settings)
  {
  }

  /// A segment has begun, or is over.
  void begin_segment ();
  void end_segment ();

  /// What is linked some time joins then, as at the beginning of a segment.
  void leave ();

  /// A segment begins when this element joins the pipeline, which may have played for hours: sound
  /// for the time before would come too late for everybody. Nothing happens before the pipeline
  /// plays and is known to be live, or if it has joined.
  void join ();

  /// What stands before a text's speech.
  GstFlowReturn lead_in (const Slot &slot);

  /// Nothing is said up to there.
  GstFlowReturn fill_until (GstClockTime position);

  /// Nothing was said until now: what a live pipeline has to have.
  GstFlowReturn catch_up ();

  /// Has the queue wake the task when `catch_up()` is due next.
  void arm ();

private:
  GstElement *const element_;
  AudioOutput &output_;
  const SlotFinder &slots_;
  QueueTask &queue_;
  const Guarded<SpeechSettings> &settings_;
  bool in_segment_ = false; ///< between SEGMENT and EOS
  bool joined_ = false;     ///< this segment has had its beginning in a live pipeline
};

} // namespace gst_lingua
