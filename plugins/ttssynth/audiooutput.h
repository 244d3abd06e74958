// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "plugins/common/queuetask.h"
#include "plugins/ttssynth/resampler.h"

namespace gst_lingua {

/// The sound that leaves a source pad: S16LE, mono, without a break between buffers but where a GAP
/// event or DISCONT says so. Timestamps come from the count of samples, so they do not drift.
class AudioOutput
{
public:
  using Describe = std::function<void (GstBuffer *)>;

  /// `queue` says when to stop in the middle.
  AudioOutput (GstPad *pad, const QueueTask &queue) : pad_ (pad), queue_ (queue)
  {
  }

  /// Sends CAPS if there were none yet, or downstream asked for others: this rate if it takes it,
  /// else the nearest that it takes, which sound is then brought to. False if it takes none.
  bool negotiate (int engine_rate);

  /// A new segment begins there.
  void begin (GstClockTime position);

  /// Where the sound that is out ends.
  GstClockTime
  position () const
  {
    return end_;
  }

  /// Sound of the engine's rate; `describe` completes each buffer before it leaves.
  GstFlowReturn push (const std::vector<int16_t> &samples, const Describe &describe);

  /// The end of what belongs together.
  GstFlowReturn finish (const Describe &describe);

  /// Silent samples up to there, if that is ahead.
  GstFlowReturn push_silence (GstClockTime position);

  /// No samples up to there, a GAP event if it is ahead: the sound goes on at that position.
  void jump (GstClockTime position);

  /// `full`: forget what was negotiated, too.
  void reset (bool full);

private:
  GstFlowReturn push_samples (const std::vector<int16_t> &samples, const Describe &describe);
  GstFlowReturn push_buffer (GstBuffer *buffer, int64_t samples);
  GstClockTime duration_of (int64_t samples) const;
  void set_position (GstClockTime position);

  GstPad *const pad_;
  const QueueTask &queue_;
  int rate_ = 0; ///< 0: not negotiated
  std::optional<Resampler> resampler_;
  bool discont_ = true;
  GstClockTime base_ = 0; ///< where the count begins
  int64_t count_ = 0;     ///< samples since
  GstClockTime end_ = 0;
};

} // namespace gst_lingua
