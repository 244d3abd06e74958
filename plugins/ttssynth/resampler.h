// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/audio/audio.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace gst_lingua {

/// Takes mono sound from one sample rate to another, piece by piece, one utterance at a time.
class Resampler
{
public:
  Resampler (int from, int to);

  /// What is ready once these samples are in.
  std::vector<int16_t> push (const std::vector<int16_t> &samples);

  /// What is left at the end of an utterance; the next one begins anew.
  std::vector<int16_t> finish ();

private:
  struct Free
  {
    void
    operator() (GstAudioConverter *converter) const
    {
      gst_audio_converter_free (converter);
    }
  };

  std::vector<int16_t> convert (const int16_t *samples, gsize count);

  const int from_;
  const int to_;
  std::unique_ptr<GstAudioConverter, Free> converter_;
  guint64 taken_ = 0;
  guint64 given_ = 0;
};

} // namespace gst_lingua
