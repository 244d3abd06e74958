// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "gst-translate/api/translator.h"

namespace gst_lingua {

/// The properties of nllbtranslate that count while PLAYING, as they were set.
struct TranslationSettings
{
  /// The value of `length-penalty` for what the model says.
  static constexpr double length_penalty_of_model =
      gst_translate::SearchOptions::least_length_penalty - 1;

  std::string input_language;
  std::string output_language;
  guint beams = 0;
  double length_penalty = length_penalty_of_model;
  guint max_length = 0;
  bool guards = true;
  bool prepare = true;
  bool keep_unknown = true;
  bool fragments = false;
  bool shortlist = false;
  guint batch_size = 32;
  gint max_lateness = -1; ///< ms; below 0: any

  /// What of these belongs to a request's search: nothing where the model's own settings count.
  gst_translate::SearchOptions
  search () const
  {
    using gst_translate::SearchOptions;
    SearchOptions options;
    if (beams >= SearchOptions::least_beams)
      options.beams = static_cast<int> (beams);
    if (length_penalty >= SearchOptions::least_length_penalty)
      options.length_penalty = length_penalty;
    if (max_length >= SearchOptions::least_max_length)
      options.max_length = static_cast<int> (max_length);
    return options;
  }

  /// Live text that is so late is not worth translating any more.
  bool
  is_too_late (GstClockTimeDiff late) const
  {
    return max_lateness >= 0 && late > max_lateness * GST_MSECOND;
  }
};

} // namespace gst_lingua
