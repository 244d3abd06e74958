// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>
#include <vector>

#include "gst-translate/segment/segmenter.h"
#include "plugins/common/ref.h"
#include "plugins/common/textoutput.h"
#include "plugins/common/timeline.h"

namespace gst_lingua {

/// The source pad of textsegmenter: sentences become buffers, the time between them GAP events, and
/// other events keep their place behind the sentence that was pending when they came. Its position
/// never goes back.
class SentenceOutput
{
public:
  explicit SentenceOutput (GstPad *pad) : pad_ (pad), text_ (pad)
  {
  }

  bool negotiate ();

  /// Sends the SEGMENT, which is this timeline's.
  void begin (Ref<GstEvent> segment, const Timeline &timeline);

  /// How a sentence's buffer is stamped, and what is said about it.
  struct Details
  {
    GstClockTime pts = GST_CLOCK_TIME_NONE;
    GstClockTime duration = GST_CLOCK_TIME_NONE;
    std::string speaker;
    bool timed_words = false;
  };
  /// After a GAP event for the time before it; before the events that were held.
  GstFlowReturn push (const gst_translate::Sentence &sentence, const Details &details);

  /// Now.
  void push (Ref<GstEvent> event);

  /// Behind the sentence that is pending.
  void hold (Ref<GstEvent> event);

  /// Nothing is said up to there, says upstream. Sends a GAP event in any case.
  void push_gap (GstClockTime end);

  /// The same while a sentence is pending, which may cover that time: see `release_gap()`.
  void hold_gap (GstClockTime end);

  /// Nothing is pending any more: what sentences did not cover of the gap goes out.
  void release_gap ();

  /// And with it all that was held.
  void release ();

  /// Nothing was said up to there, since it would have come by now.
  void fill_until (GstClockTime end);

  /// Where the output has come to; NONE if upstream counts bytes, plays backwards, or has ended.
  GstClockTime
  position () const
  {
    return position_;
  }

  /// Nothing follows in this segment.
  void
  end ()
  {
    position_ = GST_CLOCK_TIME_NONE;
  }

  /// False if the positions are not known.
  bool
  has_position () const
  {
    return GST_CLOCK_TIME_IS_VALID (position_);
  }

  /// A flush; or the way to READY, with `full`. Tags that are held stay true across a flush.
  void reset (bool full);

private:
  void describe (GstBuffer *buffer, const gst_translate::Sentence &sentence,
                 const Details &details) const;
  void release_events ();

  GstPad *const pad_;
  TextOutput text_;
  GstClockTime position_ = GST_CLOCK_TIME_NONE; ///< where the output has come to
  bool backwards_ = false;                      ///< it comes to no position
  std::vector<Ref<GstEvent>> held_;
  GstClockTime gap_end_ = GST_CLOCK_TIME_NONE; ///< of the gap that is held
};

} // namespace gst_lingua
