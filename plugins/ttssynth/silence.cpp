// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/silence.h"

#include "plugins/common/ref.h"
#include "plugins/ttssynth/debug.h"

namespace gst_lingua {
namespace {

// How often a live pipeline gets its silence, or its GAP event.
constexpr GstClockTime silence_step = 20 * GST_MSECOND;
constexpr GstClockTime gap_step = 200 * GST_MSECOND;

// More than a film has, or a day's recording. What is stamped further ahead has a timestamp that is
// wrong, and silence up to there would not come to an end.
constexpr GstClockTime longest_silence = GstClockTime{24} * 60 * 60 * GST_SECOND;

/// An element that was put into a pipeline that plays has its clock and base time before it plays
/// itself.
bool
plays_without (GstElement *element)
{
  Ref<GstClock> clock (gst_element_get_clock (element));
  return clock && gst_element_get_base_time (element) != 0;
}

} // namespace

void
Silence::begin_segment ()
{
  in_segment_ = true;
  joined_ = false;
}

void
Silence::end_segment ()
{
  in_segment_ = joined_ = false;
}

void
Silence::leave ()
{
  joined_ = false;
}

void
Silence::join ()
{
  if (joined_ || !in_segment_ || !slots_.live () ||
      !GST_CLOCK_TIME_IS_VALID (queue_.running_time ()))
    return;
  joined_ = true;
  GstClockTime edge = slots_.clock_edge ();
  if (edge <= output_.position ())
    return;
  GST_INFO_OBJECT (element_, "joins at %" GST_TIME_FORMAT, GST_TIME_ARGS (edge));
  output_.begin (edge);
}

GstFlowReturn
Silence::lead_in (const Slot &slot)
{
  if (slot.timed || slots_.live ())
    return fill_until (slot.start);
  // Without a timeline a file gets its sentences one after the other, however long they took; a
  // sink with a clock learns of the time that has passed.
  if (slot.start <= output_.position () + sentence_pause)
    return output_.push_silence (slot.start);
  return output_.jump (slot.start);
}

GstFlowReturn
Silence::fill_until (GstClockTime position)
{
  GstClockTime from = output_.position ();
  if (!joined_ && slots_.live () && plays_without (element_)) {
    // Where the others have come to is not known yet, and nobody wants sound for the time before.
    // A pipeline that has never played wants it: it may be live in name only, as playbin's is
    // (input-selector in GStreamer 1.22).
    if (position > from)
      output_.begin (position);
    return GST_FLOW_OK;
  }
  if (position > from)
    GST_LOG_OBJECT (element_, "nobody speaks from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT,
                    GST_TIME_ARGS (from), GST_TIME_ARGS (position));
  if (position > from && position - from > longest_silence) {
    GST_ELEMENT_WARNING (
        element_, STREAM, FORMAT,
        ("Text is stamped %" GST_TIME_FORMAT ", more than a day after %" GST_TIME_FORMAT
         ", up to where there is sound. A gap is sent in place of silence; are the "
         "timestamps right?",
         GST_TIME_ARGS (position), GST_TIME_ARGS (from)),
        (nullptr));
    return output_.jump (position);
  }
  SpeechSettings now = settings_.get ();
  bool back = position < from && now.overflow == Overflow::Overlap;
  if (back || (position > from && now.fill == Fill::Gap))
    return output_.jump (position);
  return output_.push_silence (position);
}

GstFlowReturn
Silence::catch_up ()
{
  return fill_until (MAX (slots_.clock_edge (), output_.position ()));
}

void
Silence::arm ()
{
  GstClockTime wake_at = GST_CLOCK_TIME_NONE;
  if (in_segment_ && slots_.live ()) {
    GstClockTime step = settings_.get ().fill == Fill::Silence ? silence_step : gap_step;
    wake_at = joined_ ? slots_.next_fill (step) : 0; // at once, when the pipeline plays
  }
  queue_.wake_at (wake_at);
}

} // namespace gst_lingua
