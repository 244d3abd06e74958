// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/timing/fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "gst-translate/text/log.h"

namespace gst_tts {

namespace {

constexpr int max_rates = 6;        ///< that are tried beyond the requested one
constexpr double tolerance = 0.02;  ///< of the length aimed at, below it

/// Of what is longer than `most` samples, which cannot fit, no more than that is spoken.
FittedSpeech speak(Synthesizer& synthesizer, const SpeechRequest& request, double most) {
  FittedSpeech speech;
  speech.utterance = synthesizer.prepare(request);
  speech.duration = speech.utterance->duration_up_to(std::llround(std::min(most, 1e15)));
  speech.rate = request.rate;
  speech.pauses = request.pauses;
  return speech;
}

/// What speech is wanted to be long, in samples.
struct Aim {
  double slot = 0;      ///< no longer than this,
  double shortest = 0;  ///< but never shorter than this: it would be too fast

  /// What is near enough lies between these: all of it fits where any of it can.
  double low() const { return std::max(slot * (1 - tolerance), shortest); }
  double high() const { return slot >= shortest ? slot : shortest * (1 + tolerance); }
  double middle() const { return (low() + high()) / 2; }
  bool reached(double length) const { return length >= low() && length <= high(); }
  /// Whether `a` comes nearer to it than `b`, which is allowed: what fits before what does not, and
  /// of these the nearer one. Slightly long beats too fast.
  bool better(double a, double b) const {
    if (a < shortest) return false;
    if ((a <= slot) != (b <= slot)) return a <= slot;
    return a <= slot ? a > b : a < b;
  }
};

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

  double most = std::max(static_cast<double>(slot) * max_compression,
                         static_cast<double>(estimate_s * synthesizer.sample_rate()));
  FittedSpeech best = speak(synthesizer, request, most);
  int passes = 1;
  const auto finished = [&] {
    best.passes = passes;
    best.fits = best.duration.samples <= slot;
    // What the engine could not say once is not asked of it again: it may take its time to fail.
    return best.fits || !best.utterance->losses().empty();
  };
  if (finished()) return best;

  SpeechRequest shorter = request;
  if (best.utterance->has_pauses()) {
    shorter.pauses = false;
    best = speak(synthesizer, shorter, most);
    ++passes;
    if (finished()) return best;
  }

  if (best.duration.exact) most = std::numeric_limits<double>::infinity();
  const auto natural = static_cast<double>(best.duration.samples);
  const Aim aim{static_cast<double>(slot), natural / max_compression};
  double length = natural;
  // The greatest rate that was too slow, the least that was too fast.
  double slow = shorter.rate, fast = std::numeric_limits<double>::infinity();
  for (int i = 0; i < max_rates && !aim.reached(length) && length > 0; ++i) {
    const double guess = shorter.rate * length / aim.middle();
    shorter.rate = guess > slow && guess < fast ? guess
                   : std::isfinite(fast)        ? (slow + fast) / 2
                                                : slow * length / aim.middle();
    // About as much of the text.
    FittedSpeech speech = speak(synthesizer, shorter, most * request.rate / shorter.rate);
    ++passes;
    length = static_cast<double>(speech.duration.samples);
    (length > aim.middle() ? slow : fast) = shorter.rate;
    if (aim.better(length, static_cast<double>(best.duration.samples))) best = std::move(speech);
    if (!best.utterance->losses().empty()) break;
  }
  finished();
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
