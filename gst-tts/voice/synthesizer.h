// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/text/error.h"
#include "gst-translate/text/export.h"
#include "gst-tts/voice/spoken_run.h"

namespace gst_tts {

using gst_translate::Error;

/// Set from any thread to give up speech that nobody waits for.
using CancelFlag = std::shared_ptr<std::atomic<bool>>;

class Lexicon;  // gst-tts/lexicon/lexicon.h

/// What to say, and how.
struct SpeechRequest {
  std::string text;      ///< UTF-8, a sentence or more, no markup
  std::string language;  ///< any code that `gst_translate::find_language` knows
  std::string voice;     ///< an engine's own name for a voice; empty: the language's default
  int speaker = 0;       ///< above 0, without `voice`: one of the language's other voices
  VoiceGender gender = VoiceGender::Any;  ///< likewise: of a woman or a man, if there are both
  bool near_voice = false;  ///< a near language's voice will do where the language has none
  double rate = 1.0;        ///< 1: the voice's own pace, 2: twice as fast
  double pitch = 0.0;       ///< semitones away from the voice's own
  double volume = 1.0;      ///< 1: the voice's own
  bool pauses = true;  ///< between clauses, as long as their marks ask for; else as good as none
  CancelFlag cancel;   ///< may be empty
  std::shared_ptr<const Lexicon> lexicon;  ///< may be empty
  std::vector<Reading> readings;           ///< in order, none within another
  /// Another text follows at once: the pause that the last mark asks for is heard, and without a
  /// mark the voice does not fall as at the end of a sentence.
  bool continued = false;
  /// Where they are, they are what is spoken, in order; empty: all of `text` in one manner.
  std::vector<SpokenRun> runs;
  std::vector<Mark> marks;        ///< in order; they need runs
  std::vector<double> durations;  ///< of runs, in seconds at the rate 1
};

/// A word and where its sound begins. White space and punctuation around it are no part of it;
/// where a language is written without spaces it is as much as the engine names at a time.
struct SpokenWord {
  size_t offset = 0;   ///< bytes from the start of `SpeechRequest::text`
  size_t length = 0;   ///< bytes
  int64_t sample = 0;  ///< from the start of the utterance
};

/// A mark that is reached.
struct ReachedMark {
  std::string name;
  int64_t sample = 0;  ///< from the start of the utterance
};

/// A piece of sound, mono.
struct AudioChunk {
  std::vector<int16_t> samples;    ///< 20 ms, the last one less
  std::vector<SpokenWord> words;   ///< those that begin in these samples
  std::vector<ReachedMark> marks;  ///< those that are reached in these samples
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

  /// How long all of it is, whatever `next` has handed out already. Exact where the engine can know
  /// before it speaks, which may cost it the work that is left: espeak-ng a few ms a sentence.
  /// Throws `Error`.
  SpeechDuration duration() { return duration_up_to(std::numeric_limits<int64_t>::max()); }

  /// Likewise, and with no more work than for so many samples and the clause in which they end: of
  /// what is longer the rest is estimated. Throws `Error`.
  virtual SpeechDuration duration_up_to(int64_t samples) = 0;

  /// The next piece of sound, as soon as it is made; false at the end. Throws `Error`: Cancelled;
  /// Failed, where the engine can speak nothing of it.
  virtual bool next(AudioChunk& chunk) = 0;

  /// Whether `SpeechRequest::pauses` makes it longer, as far as it was spoken.
  virtual bool has_pauses() const { return false; }

  /// Characters that no sound was or will be made for, white space and punctuation not counted.
  virtual size_t dropped_characters() const = 0;

  /// One error a piece of the text that the engine failed to speak: each names it. What comes
  /// behind is spoken all the same.
  virtual const std::vector<Error>& losses() const = 0;

  /// What is spoken otherwise than it was asked for, since the engine lacks the voice of a run or
  /// the phonemes of a reading. Whole once `next` has returned false. Nothing, unless overridden.
  virtual const std::vector<Error>& deviations() const {
    static const std::vector<Error> none;
    return none;
  }
};

/// How well a voice speaks a language.
enum class VoiceQuality {
  Good,  ///< made for the language
  Poor,  ///< made for it, and hard to understand
  Near,  ///< made for a near language
};

/// What an engine can speak a language with.
struct Voice {
  std::string language;  ///< FLORES-200 code
  std::string name;      ///< for `SpeechRequest::voice`
  VoiceQuality quality = VoiceQuality::Good;
  std::string remark;  ///< for the user to read, may be empty
};

/// A speech engine. Thread-safe.
class Synthesizer {
 public:
  virtual ~Synthesizer() = default;

  /// Samples a second of everything it makes.
  virtual int sample_rate() const = 0;

  /// The voices that are installed, by language code; the best one of a language first.
  virtual std::vector<Voice> voices() const = 0;

  /// The name of the voice that a request would be spoken with. Throws `Error`: NotFound where the
  /// engine has no such voice, or none for the language; Settings for an unknown language code.
  virtual std::string voice_for(const SpeechRequest& request) const = 0;

  /// What would be said: Japanese in katakana, phrase by phrase, with its marks; other languages in
  /// the International Phonetic Alphabet. Throws `Error`: as `prepare`.
  virtual std::string reading(const SpeechRequest& request) = 0;

  /// Begins to speak. Throws `Error`: as `voice_for`; Settings for a rate, pitch or volume that
  /// makes no sense; NotFound for a dictionary that the text needs.
  virtual std::unique_ptr<Utterance> prepare(const SpeechRequest& request) = 0;
};

/// Opens an engine by name: "auto", "espeak". An engine is shared by all who open it. Thread-safe.
///
/// With `isolate` it runs in processes of its own, which the program gst-lingua-espeak makes: a
/// text has the same samples each time, several are spoken side by side, and where the engine
/// crashes or does not come to an end a word or a clause is lost (`Utterance::losses`), nothing
/// else. Where that program is missing the engine runs in this process all the same, with a warning
/// to the log.
///
/// In this process it speaks one clause at a time, never twice with the same samples, and a crash
/// is the process's end. espeak-ng changes the process's locale for a moment when it is opened
/// first there, so open it before other threads use the locale.
///
/// Throws `Error`: NotFound where the engine's data is missing, Settings for an unknown name.
GST_LINGUA_EXPORT std::shared_ptr<Synthesizer> open_synthesizer(std::string_view engine = "auto",
                                                                bool isolate = true);

}  // namespace gst_tts
