// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "gst-tts/espeak/clause_cache.h"
#include "gst-tts/espeak/clause_sound.h"

namespace gst_tts::espeak {

/// The settings of a clause, in espeak-ng's own units.
struct Manner {
  std::string voice;           ///< a voice file, perhaps with a variant: "en-us+f3"
  int words_per_minute = 175;  ///< 80 to 1200
  int pitch = 50;              ///< 0 to 99
};

/// libespeak-ng. All its state is global (espeak-ng/espeak-ng#1527), so there is one of these in a
/// process and one lock around every call, held for one clause of work, never while anything of a
/// caller runs. Nobody else in the process may use the library meanwhile. It is opened at first use
/// and never closed: a second user of it would lose his voices.
class Library {
 public:
  static Library& get();

  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// Opens the library, unless it is open. Throws `Error`: NotFound where its data is missing. The
  /// process's LC_CTYPE, which espeak-ng sets and does not need, is put back.
  void open();

  /// Samples a second.
  int sample_rate() const { return sample_rate_; }

  /// "1.51"
  std::string version();

  /// Whether a voice of this name, its variant included, is installed. MBROLA voices do not count:
  /// they need a program of their own and have another sample rate.
  bool has_voice(const std::string& name);

  /// Speaks one clause: as it was spoken before, where the last five minutes of sound have it. With
  /// `pause`, the silence that its last mark asks for follows. Given up
  /// between two buffers (49 ms of sound) once `cancel`, which may be null, is set. Throws `Error`:
  /// NotFound (voice), Cancelled, Failed.
  ClauseSound speak(const std::string& utf8, size_t characters, const Manner& manner, bool pause,
                    const std::atomic<bool>* cancel);

  /// How a voice says a text, in the International Phonetic Alphabet. Throws `Error` (NotFound).
  std::string phonemes(const std::string& utf8, const std::string& voice);

 private:
  Library() = default;
  bool set_voice(const std::string& name);
  ClauseSound synthesize(const std::string& utf8, size_t characters, const Manner& manner,
                         bool pause, const std::atomic<bool>* cancel);

  std::mutex mutex_;
  int sample_rate_ = 0;
  std::string voice_;                  ///< set last
  std::map<std::string, bool> known_;  ///< voices tried so far
  ClauseCache spoken_{5 * 60 * 22050};
};

}  // namespace gst_tts::espeak
