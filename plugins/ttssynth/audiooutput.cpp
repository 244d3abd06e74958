// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/audiooutput.h"

#include <algorithm>
#include <utility>

#include "plugins/common/push.h"
#include "plugins/common/ref.h"
#include "plugins/ttssynth/debug.h"

namespace gst_lingua {
namespace {

// Long silence goes out in buffers of this length; a flush waits for one at most.
constexpr GstClockTime silence_length = 100 * GST_MSECOND;

GstAudioConverter *
new_converter (int from, int to)
{
  GstAudioInfo in;
  GstAudioInfo out;
  gst_audio_info_set_format (&in, GST_AUDIO_FORMAT_S16, from, 1, nullptr);
  gst_audio_info_set_format (&out, GST_AUDIO_FORMAT_S16, to, 1, nullptr);
  return gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE, &in, &out, nullptr);
}

} // namespace

// Negotiation.

bool
AudioOutput::negotiate ()
{
  bool asked = gst_pad_check_reconfigure (pad_);
  if (rate_ != 0 && !asked)
    return true;

  Ref<GstCaps> ours (gst_pad_get_pad_template_caps (pad_));
  Ref<GstCaps> caps (gst_pad_peer_query_caps (pad_, ours.get ()));
  if (gst_caps_is_empty (caps.get ())) {
    GST_WARNING_OBJECT (pad_, "downstream takes no sound of ours");
    gst_pad_mark_reconfigure (pad_);
    return false;
  }
  caps.reset (gst_caps_make_writable (gst_caps_truncate (caps.release ())));
  gst_structure_fixate_field_nearest_int (gst_caps_get_structure (caps.get (), 0), "rate",
                                          speech_rate_);
  caps.reset (gst_caps_fixate (caps.release ()));
  int rate = 0;
  gst_structure_get_int (gst_caps_get_structure (caps.get (), 0), "rate", &rate);
  if (rate == rate_)
    return true;

  set_rate (rate);
  gst_lingua::push (pad_, Ref<GstEvent> (gst_event_new_caps (caps.get ())));
  return true;
}

void
AudioOutput::set_rate (int rate)
{
  set_position (end_);
  rate_ = rate;
  converter_.reset (rate != speech_rate_ ? new_converter (speech_rate_, rate) : nullptr);
  taken_ = given_ = 0;
  GST_INFO_OBJECT (pad_, "negotiated %d Hz, %s %d Hz", rate,
                   converter_ ? "converted from" : "which is the voice's", speech_rate_);
}

/// Pushes, and once more what was lost because downstream was exchanged meanwhile: a blocked pad
/// lets a buffer go to a new peer, which refuses its caps.
GstFlowReturn
AudioOutput::push_negotiated (const std::function<GstFlowReturn ()> &push)
{
  for (;;) {
    if (!negotiate ())
      return GST_FLOW_NOT_NEGOTIATED;
    GstFlowReturn flow = push ();
    if (flow != GST_FLOW_NOT_NEGOTIATED || !gst_pad_needs_reconfigure (pad_))
      return flow;
    GST_DEBUG_OBJECT (pad_, "linked anew: pushing again");
  }
}

// Position.

void
AudioOutput::begin (GstClockTime position)
{
  set_position (position);
  discont_ = true;
  ends_with_speech_ = false;
}

void
AudioOutput::reset (bool full)
{
  if (converter_)
    drain ();
  if (full) {
    rate_ = 0;
    converter_.reset ();
  }
  begin (0);
}

void
AudioOutput::set_position (GstClockTime position)
{
  base_ = position;
  count_ = 0;
  end_ = position;
}

int64_t
AudioOutput::missing (GstClockTime position) const
{
  return position > base_ ? samples_in (position - base_) - count_ : 0;
}

int64_t
AudioOutput::samples_in (GstClockTime duration) const
{
  return static_cast<int64_t> (
      gst_util_uint64_scale_round (duration, static_cast<guint64> (rate_), GST_SECOND));
}

GstClockTime
AudioOutput::duration_of (int64_t samples) const
{
  return gst_util_uint64_scale_round (static_cast<guint64> (samples), GST_SECOND,
                                      static_cast<guint64> (rate_));
}

// Speech.

GstFlowReturn
AudioOutput::push (const std::vector<int16_t> &samples, const Describe &describe)
{
  return push_negotiated ([&] {
    if (!converter_)
      return push_samples (samples, describe);
    taken_ += samples.size ();
    return push_samples (convert (samples.data (), samples.size ()), describe);
  });
}

GstFlowReturn
AudioOutput::finish (const Describe &describe)
{
  return push_negotiated (
      [&] { return converter_ ? push_samples (drain (), describe) : GST_FLOW_OK; });
}

/// What is ready once these samples are in; null: silence.
std::vector<int16_t>
AudioOutput::convert (const int16_t *samples, gsize count)
{
  std::vector<int16_t> out (gst_audio_converter_get_out_frames (converter_.get (), count));
  auto *in_plane = const_cast<int16_t *> (samples);
  gpointer in_planes[] = {in_plane};
  gpointer out_planes[] = {out.data ()};
  gst_audio_converter_samples (converter_.get (), GST_AUDIO_CONVERTER_FLAG_NONE,
                               samples ? in_planes : nullptr, count, out_planes, out.size ());
  given_ += out.size ();
  return out;
}

/// What is left of this speech; the next begins anew.
std::vector<int16_t>
AudioOutput::drain ()
{
  guint64 wanted = gst_util_uint64_scale_round (taken_, static_cast<guint64> (rate_),
                                                static_cast<guint64> (speech_rate_));
  guint64 given = given_;
  // The filter holds samples back until it has seen as many after them.
  std::vector<int16_t> rest =
      convert (nullptr, gst_audio_converter_get_max_latency (converter_.get ()));
  rest.resize (static_cast<size_t> (wanted > given ? wanted - given : 0));
  taken_ = given_ = 0;
  gst_audio_converter_reset (converter_.get ());
  return rest;
}

GstFlowReturn
AudioOutput::push_samples (const std::vector<int16_t> &samples, const Describe &describe)
{
  if (samples.empty ())
    return GST_FLOW_OK;
  gsize size = samples.size () * sizeof (int16_t);
  Ref<GstBuffer> buffer (gst_buffer_new_allocate (nullptr, size, nullptr));
  GstMapInfo map;
  gst_buffer_map (buffer.get (), &map, GST_MAP_WRITE);
  std::transform (samples.begin (), samples.end (), reinterpret_cast<int16_t *> (map.data),
                  [] (int16_t sample) { return static_cast<int16_t> (GINT16_TO_LE (sample)); });
  gst_buffer_unmap (buffer.get (), &map);

  auto count = static_cast<int64_t> (samples.size ());
  GST_BUFFER_PTS (buffer.get ()) = end_;
  GST_BUFFER_DURATION (buffer.get ()) = base_ + duration_of (count_ + count) - end_;
  describe (buffer.get ());
  ends_with_speech_ = true;
  return push_buffer (std::move (buffer), count);
}

// Where there is none.

GstFlowReturn
AudioOutput::push_silence (GstClockTime position)
{
  auto push_piece = [this, position] {
    int64_t samples = std::min (missing (position), samples_in (silence_length));
    if (samples <= 0)
      return GST_FLOW_OK;
    auto size = static_cast<gsize> (samples) * sizeof (int16_t);
    Ref<GstBuffer> buffer (gst_buffer_new_allocate (nullptr, size, nullptr));
    gst_buffer_memset (buffer.get (), 0, 0, size);
    GST_BUFFER_FLAG_SET (buffer.get (), GST_BUFFER_FLAG_GAP);
    GST_BUFFER_PTS (buffer.get ()) = end_;
    GST_BUFFER_DURATION (buffer.get ()) = base_ + duration_of (count_ + samples) - end_;
    ends_with_speech_ = false;
    return push_buffer (std::move (buffer), samples);
  };
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && !reaches (position))
    flow = queue_.interrupted () ? GST_FLOW_FLUSHING : push_negotiated (push_piece);
  return flow;
}

GstFlowReturn
AudioOutput::jump (GstClockTime position)
{
  GstFlowReturn flow = position > end_ ? push_gap (end_, position - end_) : GST_FLOW_OK;
  if (position != end_)
    begin (position);
  return flow;
}

GstFlowReturn
AudioOutput::push_open_gap ()
{
  return push_gap (end_, GST_CLOCK_TIME_NONE);
}

GstFlowReturn
AudioOutput::push_gap (GstClockTime start, GstClockTime duration)
{
  if (!negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;
  gst_lingua::push (pad_, Ref<GstEvent> (gst_event_new_gap (start, duration)));
  return GST_FLOW_OK;
}

GstFlowReturn
AudioOutput::push_buffer (Ref<GstBuffer> buffer, int64_t samples)
{
  if (discont_)
    GST_BUFFER_FLAG_SET (buffer.get (), GST_BUFFER_FLAG_DISCONT);
  GstFlowReturn flow = gst_lingua::push (pad_, std::move (buffer));
  if (flow != GST_FLOW_OK) {
    GST_DEBUG_OBJECT (pad_, "pushed to %" GST_TIME_FORMAT ": %s", GST_TIME_ARGS (end_),
                      gst_flow_get_name (flow));
    return flow;
  }
  discont_ = false;
  count_ += samples;
  end_ = base_ + duration_of (count_);
  return flow;
}

} // namespace gst_lingua
