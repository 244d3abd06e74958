// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/audiooutput.h"

#include <algorithm>
#include <utility>

#include "plugins/common/ref.h"

namespace gst_lingua {
namespace {

// Long silence goes out in buffers of this length; a flush waits for one at most.
constexpr GstClockTime silence_length = 100 * GST_MSECOND;

} // namespace

void
AudioOutput::set_rate (int rate)
{
  if (rate == rate_)
    return;
  set_position (end_);
  rate_ = rate;
  caps_sent_ = false;
}

void
AudioOutput::begin (GstClockTime position)
{
  if (!caps_sent_) {
    Ref<GstCaps> caps (gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE",
                                            "layout", G_TYPE_STRING, "interleaved", "rate",
                                            G_TYPE_INT, rate_, "channels", G_TYPE_INT, 1, nullptr));
    queue_.push (pad_, Ref<GstEvent> (gst_event_new_caps (caps.get ())));
    caps_sent_ = true;
  }
  set_position (position);
  discont_ = true;
}

void
AudioOutput::reset ()
{
  caps_sent_ = false;
  discont_ = true;
  set_position (0);
}

void
AudioOutput::set_position (GstClockTime position)
{
  base_ = position;
  count_ = 0;
  end_ = position;
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

GstFlowReturn
AudioOutput::push (const int16_t *samples, size_t count,
                   const std::function<void (GstBuffer *)> &describe)
{
  gsize size = count * sizeof (int16_t);
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size, nullptr);
  GstMapInfo map;
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  auto *out = reinterpret_cast<int16_t *> (map.data);
  std::transform (samples, samples + count, out,
                  [] (int16_t sample) { return static_cast<int16_t> (GINT16_TO_LE (sample)); });
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = end_;
  GST_BUFFER_DURATION (buffer) = base_ + duration_of (count_ + static_cast<int64_t> (count)) - end_;
  describe (buffer);
  return push (buffer, static_cast<int64_t> (count));
}

GstFlowReturn
AudioOutput::push_silence (GstClockTime position)
{
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
    flow = push (buffer, samples);
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
    queue_.push (pad_, Ref<GstEvent> (gst_event_new_gap (from, position - from)));
  set_position (position);
  discont_ = true;
}

GstFlowReturn
AudioOutput::push (GstBuffer *buffer, int64_t samples)
{
  if (discont_)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  discont_ = false;
  count_ += samples;
  end_ = base_ + duration_of (count_);
  return queue_.push (pad_, Ref<GstBuffer> (buffer));
}

} // namespace gst_lingua
