// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gst-translate/text/error.h"

namespace gst_tts::espeak {

using gst_translate::Error;

/// How an utterance is spoken, in espeak-ng's own units.
struct Manner {
  std::string voice;           ///< a voice file, perhaps with a variant: "en-us+f3"
  int words_per_minute = 175;  ///< 80 to 1200
  int pitch = 50;              ///< 0 to 99
};

/// What espeak-ng is given at a time.
struct Clause {
  std::string text;       ///< UTF-8, cleaned
  size_t characters = 0;  ///< of `text`
  bool pause = false;     ///< the silence that its last mark asks for follows
};

/// A place in a clause's text and when it is spoken.
struct TextEvent {
  size_t character = 0;  ///< from the start of the clause's text
  int64_t sample = 0;    ///< from the start of the clause's sound
};

/// A clause's sound, or a piece of it.
struct ClauseSound {
  std::vector<int16_t> samples;
  std::vector<TextEvent> events;  ///< those in these samples, in order of time
};

/// What a speaker throws whose process is gone or was given up: the clause is lost, another speaker
/// says the next one.
class ClauseLost : public Error {
 public:
  /// `crashed`: at once, so that it takes little time to try it in pieces.
  explicit ClauseLost(const std::string& message, bool crashed = false)
      : Error(Kind::Failed, message), crashed_(crashed) {}
  bool crashed() const { return crashed_; }

 private:
  bool crashed_;
};

/// espeak-ng as it speaks one utterance, clause after clause. From one thread at a time.
class Speaker {
 public:
  virtual ~Speaker() = default;

  /// Begins a clause, after the end of the one before. Throws `Error`: NotFound (voice), Failed.
  virtual void begin(const Clause& clause) = 0;

  /// The next piece of the clause's sound, as soon as it is made; false at its end. Given up once
  /// `cancel`, which may be null, is set; the speaker is of no use then. Throws `Error`: Cancelled,
  /// NotFound (voice), Failed, `ClauseLost`.
  virtual bool next(ClauseSound& piece, const std::atomic<bool>* cancel) = 0;

  /// How its voice says a text, in the International Phonetic Alphabet. Throws as `next`.
  virtual std::string phonemes(const std::string& text) = 0;
};

/// espeak-ng, wherever it runs. Thread-safe.
class Espeak {
 public:
  virtual ~Espeak() = default;

  /// Samples a second.
  virtual int sample_rate() const = 0;

  /// "1.51"
  virtual std::string version() const = 0;

  /// Whether a voice of this name, its variant included, is installed. MBROLA voices do not count:
  /// they need a program of their own and have another sample rate. Throws `Error` (Failed).
  virtual bool has_voice(const std::string& name) = 0;

  /// Those of these voices that are installed. Throws as `has_voice`.
  virtual std::set<std::string> installed(const std::set<std::string>& names) {
    std::set<std::string> found;
    for (const std::string& name : names)
      if (has_voice(name)) found.insert(name);
    return found;
  }

  /// For an utterance; it must not outlive this. Throws `Error`: NotFound (voice), Failed.
  virtual std::unique_ptr<Speaker> speaker(const Manner& manner) = 0;
};

/// That there is no voice of this name, for the user.
inline Error no_voice(const std::string& name) {
  return Error(Error::Kind::NotFound, "espeak-ng has no voice \"" + name +
                                          "\"; `gst-tts --list-voices` shows what there is.");
}

}  // namespace gst_tts::espeak
