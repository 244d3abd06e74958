// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/textsegmenter/texttimes.h"

#include "plugins/common/readingtime.h"

namespace gst_lingua {

using gst_translate::Sentence;
using gst_translate::TimeSpan;

TimeSpan
TextTimes::read (GstBuffer *buffer, const std::string &text, GstClockTime arrival)
{
  TimeSpan time;
  estimates_duration_ = false;
  if (!arrivals_) {
    GstClockTime duration = GST_BUFFER_DURATION (buffer);
    estimates_duration_ = !GST_CLOCK_TIME_IS_VALID (duration) || duration == 0;
    if (estimates_duration_)
      duration = speaking_time (text);
    time.start = static_cast<int64_t> (GST_BUFFER_PTS (buffer));
    time.end = time.start + static_cast<int64_t> (duration);
  } else if (GST_CLOCK_TIME_IS_VALID (arrival) && latency_.upstream ().time_passes) {
    time.start = time.end = static_cast<int64_t> (timeline_.position (arrival));
  }
  return time;
}

void
TextTimes::follow (TimeSpan piece)
{
  if (piece.start >= 0)
    last_piece_ = piece;
}

GstClockTime
TextTimes::last_end () const
{
  return clock_time (last_piece_.end);
}

void
TextTimes::stamp (SentenceOutput::Details &details, const Sentence &sentence,
                  GstClockTime now) const
{
  details.timed_words = !arrivals_ && sentence.time.start >= 0;
  if (!latency_.synchronised ()) {
    if (GST_CLOCK_TIME_IS_VALID (now)) {
      details.pts = timeline_.position (now);
      details.duration = reading_time (sentence.text);
    }
  } else if (details.timed_words) {
    details.pts = clock_time (sentence.time.start);
    int64_t duration = end_of (sentence) - sentence.time.start;
    details.duration =
        duration > 0 ? static_cast<GstClockTime> (duration) : reading_time (sentence.text);
  }
}

/// An estimated duration ends at the latest where the next text begins.
int64_t
TextTimes::end_of (const Sentence &sentence) const
{
  bool others_follow =
      !sentence.words.empty () && sentence.words.back ().time.start < last_piece_.start;
  return estimates_duration_ && others_follow ? MIN (sentence.time.end, last_piece_.start)
                                              : sentence.time.end;
}

void
TextTimes::observe (const Sentence &sentence, GstClockTime now) const
{
  if (!GST_CLOCK_TIME_IS_VALID (now) || sentence.time.start < 0)
    return;
  Latency::Upstream upstream = latency_.upstream ();
  GstClockTime came = timeline_.running_time (static_cast<GstClockTime> (sentence.time.start));
  if (upstream.live && latency_.synchronised ())
    came += upstream.min;
  if (upstream.time_passes && now > came)
    latency_.observe (now - came);
}

TimeSpan
share_of (TimeSpan time, size_t begin, size_t end, size_t size)
{
  if (time.start < 0 || size == 0)
    return time;
  auto at = [&] (size_t byte) {
    double part = static_cast<double> (byte) / static_cast<double> (size);
    return time.start + static_cast<int64_t> (part * static_cast<double> (time.end - time.start));
  };
  return {at (begin), end == size ? time.end : at (end)};
}

} // namespace gst_lingua
