// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/timing/fit.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "gst-translate/text/log.h"

namespace gst_tts {

namespace {

constexpr int max_passes = 4;       ///< at the requested rate, faster, and two corrections
constexpr double tolerance = 0.02;  ///< of the length aimed at, below it

FittedSpeech speak(Synthesizer& synthesizer, const SpeechRequest& request) {
  FittedSpeech speech;
  speech.utterance = synthesizer.prepare(request);
  speech.duration = speech.utterance->duration();
  speech.rate = request.rate;
  return speech;
}

/// Whether `a` comes nearer to what is wanted: not longer than the goal, and as little shorter as
/// can be.
bool better(const FittedSpeech& a, const FittedSpeech& b, double goal) {
  const auto length_a = static_cast<double>(a.duration.samples);
  const auto length_b = static_cast<double>(b.duration.samples);
  if ((length_a <= goal) != (length_b <= goal)) return length_a <= goal;
  return length_a <= goal ? length_a > length_b : length_a < length_b;
}

}  // namespace

FittedSpeech fit_to_slot(Synthesizer& synthesizer, const SpeechRequest& request, int64_t slot,
                         double max_compression) {
  if (slot < 0)
    throw Error(Error::Kind::Settings, "A slot for speech has " + std::to_string(slot) +
                                           " samples; it must not be negative.");
  if (!std::isfinite(max_compression) || max_compression < 1)
    throw Error(Error::Kind::Settings, "The greatest compression of speech is " +
                                           std::to_string(max_compression) +
                                           "; it must be 1 or greater.");

  FittedSpeech best = speak(synthesizer, request);
  const auto natural = static_cast<double>(best.duration.samples);
  if (best.duration.samples <= slot) return best;

  const double goal = std::max(static_cast<double>(slot), natural / max_compression);
  const double aim = goal * (1 - tolerance / 2);
  double length = natural;
  SpeechRequest faster = request;
  int passes = 1;
  while (passes < max_passes && (length > goal || length < goal * (1 - tolerance))) {
    faster.rate *= length / aim;
    FittedSpeech speech = speak(synthesizer, faster);
    ++passes;
    length = static_cast<double>(speech.duration.samples);
    if (better(speech, best, goal)) best = std::move(speech);
    if (length <= 0) break;
  }
  best.passes = passes;
  best.fits = best.duration.samples <= slot;
  if (best.duration.samples > 0)
    best.compression = natural / static_cast<double>(best.duration.samples);
  gst_translate::log(gst_translate::LogLevel::Debug, "voice", [&] {
    return "Speech of " + std::to_string(static_cast<int64_t>(natural)) + " samples takes " +
           std::to_string(best.duration.samples) + " at the rate " + std::to_string(best.rate) +
           ", for a slot of " + std::to_string(slot) + (best.fits ? "" : ", which it overruns") +
           '.';
  });
  return best;
}

}  // namespace gst_tts
