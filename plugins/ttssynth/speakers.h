// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <map>
#include <optional>
#include <string>

#include "gst-tts/voice/synthesizer.h"

namespace gst_lingua {

/// How one speaker sounds, beside what the element's properties say.
struct SpeakerManner
{
  std::string voice;  ///< the engine's name; empty: another one of the language's
  double pitch = 0.0; ///< semitones, added
  double rate = 1.0;  ///< multiplied
};

/// By name.
using SpeakerMap = std::map<std::string, SpeakerManner>;

/// Of a structure with a field a speaker: the name of a voice, or a structure with `voice`, `pitch`
/// and `rate`, each of which may be missing. Throws `Error` (Settings) that names the field which
/// is neither. Nothing for null.
std::optional<SpeakerMap> speaker_map_in (const GstStructure *structure);

/// The same as a structure, which the caller owns; null for nothing.
GstStructure *structure_of (const std::optional<SpeakerMap> &speakers);

/// Gives each speaker whom the map does not know a voice of his own: by his name, so that he has
/// the same one in every run, and by who came first only where two names fall on the same one.
class Speakers
{
public:
  /// Completes a request for what `speaker` says. Nobody, or without a map: left as it is.
  void apply (const std::optional<SpeakerMap> &map, const std::string &speaker,
              gst_tts::SpeechRequest &request);

  void
  forget ()
  {
    numbers_.clear ();
  }

private:
  int number_of (const std::string &speaker);

  std::map<std::string, int> numbers_;
};

} // namespace gst_lingua
