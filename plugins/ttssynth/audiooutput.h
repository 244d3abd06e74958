// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <functional>

#include "plugins/common/queuetask.h"

namespace gst_lingua {

/// The sound that leaves a source pad: S16LE, mono, without a gap between buffers but where a GAP
/// event or DISCONT says so. Timestamps come from the count of samples, so they do not drift.
class AudioOutput
{
public:
  AudioOutput (GstPad *pad, QueueTask &queue) : pad_ (pad), queue_ (queue)
  {
  }

  /// The samples a second of what comes from now on.
  void set_rate (int rate);

  /// A new segment begins there: sends CAPS if there were none.
  void begin (GstClockTime position);

  /// Where the sound that is out ends.
  GstClockTime
  position () const
  {
    return end_;
  }

  int64_t samples_in (GstClockTime duration) const;
  GstClockTime duration_of (int64_t samples) const;

  /// `describe` completes the buffer before it leaves.
  GstFlowReturn push (const int16_t *samples, size_t count,
                      const std::function<void (GstBuffer *)> &describe);

  /// Silent samples up to there; false values of `position` are ones in the past.
  GstFlowReturn push_silence (GstClockTime position);

  /// No samples up to there, a GAP event if it is ahead: the sound goes on at that position.
  void jump (GstClockTime position);

  void reset ();

private:
  GstFlowReturn push (GstBuffer *buffer, int64_t samples);
  void set_position (GstClockTime position);

  GstPad *const pad_;
  QueueTask &queue_;
  int rate_ = 0;
  bool caps_sent_ = false;
  bool discont_ = true;
  GstClockTime base_ = 0; ///< where the count begins
  int64_t count_ = 0;     ///< samples since
  GstClockTime end_ = 0;
};

} // namespace gst_lingua
