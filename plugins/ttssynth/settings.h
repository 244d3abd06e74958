// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>

#include "plugins/ttssynth/speakers.h"

namespace gst_lingua {

/// What becomes of speech that is longer than its slot.
enum class Overflow
{
  Clip,
  Overlap,
  Shift,
  Refit
};

/// What stands where nobody speaks.
enum class Fill
{
  Gap,
  Silence
};

/// The properties of ttssynth that count while PLAYING.
struct SpeechSettings
{
  std::string language;
  std::string voice;
  bool near_voice = false;
  double rate = 1.0;
  double pitch = 0.0;
  double volume = 1.0;
  Overflow overflow = Overflow::Refit;
  guint max_overflow = 0; ///< ms
  double max_compression = 1.5;
  gint max_lateness = 5000; ///< ms; below 0: any
  Fill fill = Fill::Silence;
  std::optional<SpeakerMap> speakers; ///< nothing: all speak with the same voice

  /// True for speech that would begin so long after it could have.
  bool
  is_too_late (GstClockTime lag) const
  {
    return max_lateness >= 0 && lag > static_cast<GstClockTime> (max_lateness) * GST_MSECOND;
  }

  /// How many times as fast speech that lags so is to be: faster with each ms, up to
  /// `max_compression` where it is nearly too late.
  double
  catch_up_pace (GstClockTime lag) const
  {
    gint most = max_lateness >= 0 ? max_lateness : SpeechSettings ().max_lateness;
    double share = most > 0 ? static_cast<double> (lag) / GST_MSECOND / most : 1.0;
    return 1.0 + (max_compression - 1.0) * MIN (share, 1.0);
  }
};

} // namespace gst_lingua
