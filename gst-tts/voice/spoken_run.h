// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>

// How parts of a text are spoken, for every engine. Places are bytes from the start of the text of
// the request.

namespace gst_tts {

/// What is said for a part of a text in place of what is written there.
struct Reading {
  enum class Kind {
    Text,     ///< other words
    Spelled,  ///< character by character
    Ipa,      ///< in the International Phonetic Alphabet
    Espeak,   ///< in espeak-ng's names of phonemes, which other engines cannot say
  };

  size_t begin = 0;
  size_t end = 0;
  Kind kind = Kind::Text;
  std::string said;
};

enum class VoiceGender { Any, Female, Male };

/// A part of a text that is spoken in one manner. What it does not say is as in the request.
struct SpokenRun {
  size_t begin = 0;
  size_t end = 0;
  /// Seconds of silence before it, at the rate 1 of the request; nothing: what the marks at the end
  /// of the run before ask for.
  std::optional<double> pause;
  std::string language;  ///< any code that `gst_translate::find_language` knows
  std::string voice;     ///< an engine's own name for a voice
  VoiceGender gender = VoiceGender::Any;
  double rate = 1.0;    ///< times the request's
  double pitch = 0.0;   ///< semitones above the request's
  double volume = 1.0;  ///< times the request's
  /// Which of the request's durations it takes together with its neighbours that have the same one,
  /// counted from 1; 0: as long as it takes.
  size_t duration = 0;
};

/// A place in a text of which somebody wants to know when it is reached.
struct Mark {
  std::string name;
  size_t run = 0;     ///< the run it is in
  size_t offset = 0;  ///< at the run's end: as soon as its sound is over
};

}  // namespace gst_tts
