// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/resampler.h"

#include <algorithm>

namespace gst_lingua {

Resampler::Resampler (int from, int to) : from_ (from), to_ (to)
{
  GstAudioInfo in;
  GstAudioInfo out;
  gst_audio_info_set_format (&in, GST_AUDIO_FORMAT_S16, from, 1, nullptr);
  gst_audio_info_set_format (&out, GST_AUDIO_FORMAT_S16, to, 1, nullptr);
  converter_.reset (gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE, &in, &out, nullptr));
}

std::vector<int16_t>
Resampler::push (const std::vector<int16_t> &samples)
{
  taken_ += samples.size ();
  return convert (samples.data (), samples.size ());
}

std::vector<int16_t>
Resampler::finish ()
{
  // The filter holds samples back until it has seen as many after them.
  std::vector<int16_t> rest =
      convert (nullptr, gst_audio_converter_get_max_latency (converter_.get ()));
  guint64 wanted = gst_util_uint64_scale_round (taken_, static_cast<guint64> (to_),
                                                static_cast<guint64> (from_));
  guint64 given_before = given_ - rest.size ();
  rest.resize (static_cast<size_t> (wanted > given_before ? wanted - given_before : 0));
  taken_ = given_ = 0;
  gst_audio_converter_reset (converter_.get ());
  return rest;
}

/// No samples: silence.
std::vector<int16_t>
Resampler::convert (const int16_t *samples, gsize count)
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

} // namespace gst_lingua
