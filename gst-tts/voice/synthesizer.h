// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/error.h"

namespace gst_tts {

using gst_translate::Error;

/// What to say, and how.
struct SpeechRequest {
  std::string text;      ///< UTF-8, a sentence or a clause, no markup
  std::string language;  ///< any code that `gst_translate::find_language` knows
  std::string voice;     ///< an engine's own name for a voice; empty: the language's default
  double rate = 1.0;     ///< 1: the voice's own pace, 2: twice as fast
  double pitch = 0.0;    ///< semitones away from the voice's own
  double volume = 1.0;   ///< 1: the voice's own
};

/// A word and where its sound begins.
struct SpokenWord {
  size_t offset = 0;   ///< bytes from the start of `SpeechRequest::text`
  size_t length = 0;   ///< bytes
  int64_t sample = 0;  ///< from the start of the utterance
};

/// A piece of sound, mono.
struct AudioChunk {
  std::vector<int16_t> samples;
  std::vector<SpokenWord> words;  ///< those that begin in these samples
};

/// How long an utterance is.
struct SpeechDuration {
  int64_t samples = 0;
  bool exact = false;  ///< else an estimate
};

/// One request on its way to sound. From one thread at a time.
class Utterance {
 public:
  virtual ~Utterance() = default;

  /// Exact where the engine knows before it speaks.
  virtual SpeechDuration duration() const = 0;

  /// The next piece of sound, as soon as it is made; false at the end. Throws `Error`.
  virtual bool next(AudioChunk& chunk) = 0;

  /// Characters that no sound was made for, white space and punctuation not counted.
  virtual size_t dropped_characters() const = 0;
};

/// A speech engine. Thread-safe.
class Synthesizer {
 public:
  virtual ~Synthesizer() = default;

  /// Samples a second of everything it makes.
  virtual int sample_rate() const = 0;

  /// The name of the voice that a request would be spoken with. Throws `Error` (NotFound) where
  /// the engine has none for the language.
  virtual std::string voice_for(const SpeechRequest& request) const = 0;

  /// Begins to speak. Throws `Error`: NotFound (no such voice), Settings, Failed.
  virtual std::unique_ptr<Utterance> prepare(const SpeechRequest& request) = 0;
};

/// Opens an engine by name: "auto", "espeak". Engines are shared in a process. Throws `Error`.
std::shared_ptr<Synthesizer> open_synthesizer(std::string_view engine = "auto");

}  // namespace gst_tts
