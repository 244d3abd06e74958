// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/audio/audio.h>
#include <gst/gst.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "plugins/common/queuetask.h"

namespace gst_lingua {

/// The sound that leaves a source pad: S16LE, mono, without a break between buffers but where a GAP
/// event or DISCONT says so. Timestamps come from the count of samples, so they do not drift.
///
/// Downstream chooses the rate, the engine's own if it does not care, and may choose another one
/// before any buffer: a pad that is linked anew in the midst of speech or of silence goes on there.
/// Where it takes no rate of ours, what is pushed returns NOT_NEGOTIATED.
class AudioOutput
{
public:
  using Describe = std::function<void (GstBuffer *)>;

  /// `queue` says when to stop in the middle.
  AudioOutput (GstPad *pad, const QueueTask &queue) : pad_ (pad), queue_ (queue)
  {
  }

  /// Samples a second of the speech that will be pushed; before anything is.
  void
  set_speech_rate (int rate)
  {
    speech_rate_ = rate;
  }

  /// Sends CAPS if there were none yet, or downstream asked for others. False if it takes none of
  /// ours. What is pushed does this of itself; CAPS have to come before SEGMENT, though.
  bool negotiate ();

  /// A new segment begins there.
  void begin (GstClockTime position);

  /// Where the sound that is out ends.
  GstClockTime
  position () const
  {
    return end_;
  }

  /// True if no sample is missing up to there.
  bool
  reaches (GstClockTime position) const
  {
    return position <= end_ || (rate_ != 0 && missing (position) <= 0);
  }

  /// True if the last that is out is speech.
  bool
  ends_with_speech () const
  {
    return ends_with_speech_;
  }

  /// Speech, which is brought to the rate of the output; what the filter holds back comes with the
  /// next piece. `describe` completes each buffer before it leaves; a buffer that did not arrive
  /// comes again.
  GstFlowReturn push (const std::vector<int16_t> &samples, const Describe &describe);

  /// The end of what belongs together: what is held back leaves. Then as many samples are out as
  /// the speech had, at the rate of the output, rounded.
  GstFlowReturn finish (const Describe &describe);

  /// Silent samples up to there, if that is ahead.
  GstFlowReturn push_silence (GstClockTime position);

  /// No samples up to there, a GAP event if it is ahead: the sound goes on at that position.
  GstFlowReturn jump (GstClockTime position);

  /// A GAP event where there is no sound at all, and no position that it comes to.
  GstFlowReturn push_gap (GstClockTime start, GstClockTime duration);

  /// A GAP event without a duration: no sound for now.
  GstFlowReturn push_open_gap ();

  /// `full`: forget what was negotiated, too.
  void reset (bool full);

private:
  struct Free
  {
    void
    operator() (GstAudioConverter *converter) const
    {
      gst_audio_converter_free (converter);
    }
  };

  GstFlowReturn push_negotiated (const std::function<GstFlowReturn ()> &push);
  GstFlowReturn push_samples (const std::vector<int16_t> &samples, const Describe &describe);
  GstFlowReturn push_buffer (Ref<GstBuffer> buffer, int64_t samples);
  std::vector<int16_t> convert (const int16_t *samples, gsize count);
  std::vector<int16_t> drain ();
  int64_t missing (GstClockTime position) const;
  int64_t samples_in (GstClockTime duration) const;
  GstClockTime duration_of (int64_t samples) const;
  void set_rate (int rate);
  void set_position (GstClockTime position);

  GstPad *const pad_;
  const QueueTask &queue_;
  int speech_rate_ = 0;
  int rate_ = 0; ///< 0: not negotiated

  std::unique_ptr<GstAudioConverter, Free> converter_; ///< null: the rates are the same
  guint64 taken_ = 0;                                  ///< samples of this speech into it
  guint64 given_ = 0;                                  ///< and out of it

  bool discont_ = true;
  bool ends_with_speech_ = false;
  GstClockTime base_ = 0; ///< where the count begins
  int64_t count_ = 0;     ///< samples since
  GstClockTime end_ = 0;
};

} // namespace gst_lingua
