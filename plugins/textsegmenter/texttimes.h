// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "gst-translate/segment/segmenter.h"
#include "plugins/common/latency.h"
#include "plugins/common/timeline.h"
#include "plugins/textsegmenter/sentenceoutput.h"

namespace gst_lingua {

/// When text was said, as positions in the segment: by its own timestamps or, for want of those,
/// by when it arrived. From pieces as they come to the sentences that they make.
class TextTimes
{
public:
  TextTimes (const Timeline &timeline, Latency &latency) : timeline_ (timeline), latency_ (latency)
  {
  }

  /// Says where the times of the text come from.
  void
  take_arrivals (bool arrivals)
  {
    arrivals_ = arrivals;
  }
  bool
  are_arrivals () const
  {
    return arrivals_;
  }

  /// Of a buffer that says `text`. What has no duration lasts as long as it takes to say it, or
  /// until the next text begins.
  gst_translate::TimeSpan read (GstBuffer *buffer, const std::string &text, GstClockTime arrival);

  /// A piece of that time is pushed to the segmenter.
  void follow (gst_translate::TimeSpan piece);

  /// Where the last piece that has a time ends; NONE if there was none since `forget()`.
  GstClockTime last_end () const;

  /// A sentence that has a time has a duration, too. `now`, the running time, may be NONE.
  void stamp (SentenceOutput::Details &details, const gst_translate::Sentence &sentence,
              GstClockTime now) const;

  /// Tells the latency how long a sentence that leaves now has stayed.
  void observe (const gst_translate::Sentence &sentence, GstClockTime now) const;

  /// After a flush, or in a new segment.
  void
  forget ()
  {
    last_piece_ = {};
  }

private:
  int64_t end_of (const gst_translate::Sentence &sentence) const;

  const Timeline &timeline_;
  Latency &latency_;
  bool arrivals_ = false;
  gst_translate::TimeSpan last_piece_;
  bool estimates_duration_ = false; ///< of that piece
};

/// The part of a time between two bytes of a text of `size`.
gst_translate::TimeSpan share_of (gst_translate::TimeSpan time, size_t begin, size_t end,
                                  size_t size);

/// NONE for what has no time.
inline GstClockTime
clock_time (int64_t time)
{
  return time < 0 ? GST_CLOCK_TIME_NONE : static_cast<GstClockTime> (time);
}

} // namespace gst_lingua
