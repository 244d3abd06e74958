// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/audiooutput.h"

#include <algorithm>
#include <utility>

#include "plugins/common/push.h"
#include "plugins/common/ref.h"

namespace gst_lingua {
namespace {

// Long silence goes out in buffers of this length; a flush waits for one at most.
constexpr GstClockTime silence_length = 100 * GST_MSECOND;

} // namespace

bool
AudioOutput::negotiate (int engine_rate)
{
  bool asked = gst_pad_check_reconfigure (pad_);
  if (rate_ != 0 && !asked)
    return true;

  Ref<GstCaps> ours (gst_pad_get_pad_template_caps (pad_));
  Ref<GstCaps> caps (gst_pad_peer_query_caps (pad_, ours.get ()));
  if (gst_caps_is_empty (caps.get ()))
    return false;
  caps.reset (gst_caps_make_writable (gst_caps_truncate (caps.release ())));
  gst_structure_fixate_field_nearest_int (gst_caps_get_structure (caps.get (), 0), "rate",
                                          engine_rate);
  caps.reset (gst_caps_fixate (caps.release ()));
  int rate = 0;
  gst_structure_get_int (gst_caps_get_structure (caps.get (), 0), "rate", &rate);
  if (rate == rate_)
    return true;

  set_position (end_);
  rate_ = rate;
  resampler_.reset ();
  if (rate != engine_rate)
    resampler_.emplace (engine_rate, rate);
  gst_lingua::push (pad_, Ref<GstEvent> (gst_event_new_caps (caps.get ())));
  return true;
}

void
AudioOutput::begin (GstClockTime position)
{
  set_position (position);
  discont_ = true;
}

void
AudioOutput::reset (bool full)
{
  if (resampler_)
    resampler_->finish ();
  if (full) {
    rate_ = 0;
    resampler_.reset ();
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

GstClockTime
AudioOutput::duration_of (int64_t samples) const
{
  return gst_util_uint64_scale_round (static_cast<guint64> (samples), GST_SECOND,
                                      static_cast<guint64> (rate_));
}

GstFlowReturn
AudioOutput::push (const std::vector<int16_t> &samples, const Describe &describe)
{
  return push_samples (resampler_ ? resampler_->push (samples) : samples, describe);
}

GstFlowReturn
AudioOutput::finish (const Describe &describe)
{
  return resampler_ ? push_samples (resampler_->finish (), describe) : GST_FLOW_OK;
}

GstFlowReturn
AudioOutput::push_samples (const std::vector<int16_t> &samples, const Describe &describe)
{
  if (samples.empty ())
    return GST_FLOW_OK;
  gsize size = samples.size () * sizeof (int16_t);
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size, nullptr);
  GstMapInfo map;
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  std::transform (samples.begin (), samples.end (), reinterpret_cast<int16_t *> (map.data),
                  [] (int16_t sample) { return static_cast<int16_t> (GINT16_TO_LE (sample)); });
  gst_buffer_unmap (buffer, &map);

  auto count = static_cast<int64_t> (samples.size ());
  GST_BUFFER_PTS (buffer) = end_;
  GST_BUFFER_DURATION (buffer) = base_ + duration_of (count_ + count) - end_;
  describe (buffer);
  return push_buffer (buffer, count);
}

GstFlowReturn
AudioOutput::push_silence (GstClockTime position)
{
  auto samples_in = [this] (GstClockTime duration) {
    return static_cast<int64_t> (
        gst_util_uint64_scale_round (duration, static_cast<guint64> (rate_), GST_SECOND));
  };
  int64_t missing = position > base_ ? samples_in (position - base_) - count_ : 0;
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && missing > 0) {
    if (queue_.interrupted ())
      return GST_FLOW_FLUSHING;
    int64_t samples = std::min (missing, samples_in (silence_length));
    auto size = static_cast<gsize> (samples) * sizeof (int16_t);
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size, nullptr);
    gst_buffer_memset (buffer, 0, 0, size);
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_GAP);
    GST_BUFFER_PTS (buffer) = end_;
    GST_BUFFER_DURATION (buffer) = base_ + duration_of (count_ + samples) - end_;
    flow = push_buffer (buffer, samples);
    missing -= samples;
  }
  return flow;
}

void
AudioOutput::jump (GstClockTime position)
{
  GstClockTime from = end_;
  if (position == from)
    return;
  if (position > from)
    gst_lingua::push (pad_, Ref<GstEvent> (gst_event_new_gap (from, position - from)));
  begin (position);
}

GstFlowReturn
AudioOutput::push_buffer (GstBuffer *buffer, int64_t samples)
{
  if (discont_)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  discont_ = false;
  count_ += samples;
  end_ = base_ + duration_of (count_);
  return gst_lingua::push (pad_, Ref<GstBuffer> (buffer));
}

} // namespace gst_lingua
