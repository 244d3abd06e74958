// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>

#include "gst-translate/text/export.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts {

/// Seconds of speech that is too long for its slot that tell how long the rest is.
constexpr int64_t estimate_s = 30;

/// Speech and how it came to its length.
struct FittedSpeech {
  std::unique_ptr<Utterance> utterance;  ///< nothing of it is handed out yet
  SpeechDuration duration;
  double rate = 1.0;         ///< what it was spoken with, as `SpeechRequest::rate`
  bool pauses = true;        ///< false where they had to go, as `SpeechRequest::pauses`
  double compression = 1.0;  ///< how much shorter its words are than at the requested rate: 1.25
                             ///< for 4/5
  int passes = 1;            ///< times that it was spoken
  bool fits = true;          ///< false where `max_compression` did not let it
};

/// Speaks a request so that it is no longer than `slot` samples: without the pauses in it if that
/// is enough, else also faster, which is cleaner than stretching the sound of it, and a sentence
/// costs a few ms. Speech that is shorter than its slot is left as it is. What is spoken faster
/// comes within 2 % below the slot where the engine's rates allow, in some passes.
/// `max_compression` is a bound: what came out faster is thrown away, and speech that would have to
/// be compressed by more is compressed by nearly that and does not fit. Slightly long beats too
/// fast. Speech with losses is not corrected. What is far too long for its slot is not spoken to
/// its end to know that: its length is an estimate then.
///
/// Listeners find up to 1.2 to 1.3 natural and follow up to about 1.5. Throws `Error`: as
/// `Synthesizer::prepare`; Settings for a negative slot or a `max_compression` below 1.
GST_LINGUA_EXPORT FittedSpeech fit_to_slot(Synthesizer& synthesizer, const SpeechRequest& request,
                                           int64_t slot, double max_compression = 1.5);

}  // namespace gst_tts
