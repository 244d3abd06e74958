// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>

#include "gst-tts/espeak/espeak.h"

namespace gst_tts::espeak {

/// libespeak-ng. All its state is global (espeak-ng/espeak-ng#1527), so there is one of these in a
/// process, which one thread at a time may use, and nobody else in the process. It is never closed:
/// a second user of it would lose his voices.
class Library {
 public:
  /// Takes a piece of sound, about 50 ms; false gives up the clause.
  using TakePiece = std::function<bool(ClauseSound&& piece)>;

  static Library& get();

  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// Opens the library, unless it is open. Throws `Error`: NotFound where its data is missing. The
  /// process's LC_CTYPE, which espeak-ng sets and does not need, is put back.
  void open();

  /// Samples a second.
  int sample_rate() const { return sample_rate_; }

  /// "1.51"
  std::string version() const;

  /// The folder that it found.
  std::string data_folder() const;

  /// Speaks with this voice from now on; false if it is not there. MBROLA voices are not.
  bool set_voice(const std::string& name);

  /// Speaks one clause with the voice that is set, in the rate and pitch of `manner`. False if it
  /// was given up. Throws `Error` (Failed), and what `take` throws.
  bool speak(const Clause& clause, const Manner& manner, const TakePiece& take);

  /// How the voice that is set says a text, in the International Phonetic Alphabet.
  std::string phonemes(const std::string& text);

 private:
  Library() = default;

  int sample_rate_ = 0;
  std::string voice_;            ///< set last
  bool reads_phonemes_ = false;  ///< espeak-ng has been told to, which it keeps to
};

}  // namespace gst_tts::espeak
