// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/slotfitter.h"

#include "plugins/ttssynth/debug.h"
#include "plugins/ttssynth/upstreamtext.h"

namespace gst_lingua {

using gst_tts::FittedSpeech;
using gst_tts::SpeechRequest;

bool
SlotFitter::fit (const SpeechRequest &request, bool sparse, Slot &slot, FittedSpeech &speech)
{
  SpeechSettings now = settings_.get ();
  auto fits = [&] { return speech.duration.samples <= room (slot); };

  waited_ = 0;
  speech.utterance = engine_->prepare (request);
  if (slot.open ())
    return true;
  measure (slot, speech);
  if (now.overflow == Overflow::Overlap || now.overflow == Overflow::Shift || fits ())
    return true;
  if (!use_pause_after (slot, sparse, fits))
    return false;
  measure (slot, speech);
  if (now.overflow == Overflow::Clip || fits ())
    return true;
  int64_t natural = speech.duration.samples;
  slot.catch_up (gst_util_uint64_scale (static_cast<guint64> (natural), GST_SECOND,
                                        static_cast<guint64> (engine_->sample_rate ())),
                 now.catch_up_pace (slot.lag));
  if (fits ())
    return true;
  speech = gst_tts::fit_to_slot (*engine_, request, room (slot), now.max_compression);
  GST_INFO_OBJECT (element_,
                   "spoken %.2f times as fast%s: %" G_GINT64_FORMAT " samples in place of "
                   "%" G_GINT64_FORMAT ", with room for %" G_GINT64_FORMAT,
                   speech.compression, speech.pauses ? "" : " without pauses",
                   speech.duration.samples, natural, room (slot));
  return true;
}

/// How long it is, as far as it fits. Of what is too long so much is made before its first sample
/// leaves: what is left is estimated, for `scaletempo`.
void
SlotFitter::measure (const Slot &slot, FittedSpeech &speech) const
{
  if (slot.open ())
    return;
  int64_t enough = gst_tts::estimate_s * engine_->sample_rate ();
  speech.duration = speech.utterance->duration_up_to (MAX (room (slot), enough));
}

int64_t
SlotFitter::room (const Slot &slot) const
{
  if (slot.open ())
    return G_MAXINT64;
  GstClockTime longest = slot.length () + settings_.get ().max_overflow * GST_MSECOND;
  return static_cast<int64_t> (gst_util_uint64_scale_round (
      longest, static_cast<guint64> (engine_->sample_rate ()), GST_SECOND));
}

/// A slot may last until the next text's begins, as far as that is needed. Where nobody waits for
/// the sound, what tells is worth waiting for; the wait is no delay of ours. A sparse stream's next
/// text may not come before there is sound, so there only what has come tells. False when
/// interrupted.
bool
SlotFitter::use_pause_after (Slot &slot, bool sparse, const std::function<bool ()> &fits)
{
  gint64 before = g_get_monotonic_time ();
  bool waits = !slots_.live () && !sparse;
  bool goes_on = queue_.peek (waits, [&] (const Item &next) {
    GstClockTime end = GST_CLOCK_TIME_NONE;
    bool may_tell_more = next.event && !ends_text (next.event.get ());
    if (next.buffer) {
      end = times_of (next.buffer.get ()).pts;
    } else if (GST_EVENT_TYPE (next.event.get ()) == GST_EVENT_GAP) {
      GstClockTime start;
      GstClockTime duration;
      gst_event_parse_gap (next.event.get (), &start, &duration);
      may_tell_more = GST_CLOCK_TIME_IS_VALID (duration);
      end = may_tell_more ? start + duration : start;
    } else if (GST_EVENT_TYPE (next.event.get ()) == GST_EVENT_EOS) {
      slot.end = GST_CLOCK_TIME_NONE;
    }
    if (GST_CLOCK_TIME_IS_VALID (end) && !slot.open ())
      slot.end = MAX (slot.end, end);
    return may_tell_more && !fits ();
  });
  waited_ = g_get_monotonic_time () - before;
  GST_LOG_OBJECT (element_, "too long: may last until %" GST_TIME_FORMAT, GST_TIME_ARGS (slot.end));
  return goes_on;
}

} // namespace gst_lingua
