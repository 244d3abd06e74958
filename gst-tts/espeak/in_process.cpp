// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/in_process.h"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "gst-tts/espeak/library.h"
#include "gst-tts/espeak/patience.h"

namespace gst_tts::espeak {

namespace {

class EspeakInProcess;

class SpeakerInProcess final : public Speaker {
 public:
  SpeakerInProcess(EspeakInProcess& espeak, Manner manner)
      : espeak_(espeak), manner_(std::move(manner)) {}

  void begin(const Clause& clause) override {
    clause_ = clause;
    spoken_ = false;
  }
  bool next(ClauseSound& piece, const std::atomic<bool>* cancel) override;
  std::string phonemes(const std::string& text) override;

 private:
  EspeakInProcess& espeak_;
  const Manner manner_;
  Clause clause_;
  bool spoken_ = true;
};

class EspeakInProcess final : public Espeak {
 public:
  EspeakInProcess() { library_.open(); }

  int sample_rate() const override { return library_.sample_rate(); }
  std::string version() const override { return library_.version(); }

  bool has_voice(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(name);
    if (known != known_.end()) return known->second;
    const bool found = library_.set_voice(name);
    if (known_.size() < 1000) known_[name] = found;
    return found;
  }

  std::unique_ptr<Speaker> speaker(const Manner& manner) override {
    if (!has_voice(manner.voice)) throw no_voice(manner.voice);
    return std::make_unique<SpeakerInProcess>(*this, manner);
  }

  /// With the library, which has this voice now.
  template <typename Action>
  auto with(const std::string& voice, Action action) {
    const std::lock_guard lock(mutex_);
    if (!library_.set_voice(voice)) throw no_voice(voice);
    return action(library_);
  }

 private:
  std::mutex mutex_;  ///< around every call, never while anything of a caller runs
  Library& library_ = Library::get();
  std::map<std::string, bool> known_;  ///< voices tried so far
};

bool SpeakerInProcess::next(ClauseSound& piece, const std::atomic<bool>* cancel) {
  piece = {};
  if (spoken_) return false;
  const auto sound = sound_allowed(clause_, manner_);
  const auto most = static_cast<size_t>(espeak_.sample_rate() * sound.count() / 1000);
  const auto time = time_allowed(clause_);
  std::optional<std::chrono::steady_clock::time_point> begun;  // nobody else has the library then
  std::string fault;
  const auto collect = [&](ClauseSound&& part) {
    const auto now = std::chrono::steady_clock::now();
    if (!begun) begun = now;
    if (now - *begun > time) fault = took_longer_than(time);
    if (piece.samples.size() > most) fault = sounded_longer_than(sound);
    if (!fault.empty()) return false;
    piece.samples.insert(piece.samples.end(), part.samples.begin(), part.samples.end());
    piece.events.insert(piece.events.end(), part.events.begin(), part.events.end());
    return !(cancel && cancel->load(std::memory_order_relaxed));
  };
  const bool whole = espeak_.with(
      manner_.voice, [&](Library& library) { return library.speak(clause_, manner_, collect); });
  if (!fault.empty()) throw clause_lost(fault, clause_.text, manner_.voice);
  if (!whole) throw Error(Error::Kind::Cancelled, "The speech was cancelled.");
  spoken_ = true;
  return true;
}

std::string SpeakerInProcess::phonemes(const std::string& text) {
  return espeak_.with(manner_.voice, [&](Library& library) { return library.phonemes(text); });
}

}  // namespace

std::shared_ptr<Espeak> open_in_process() {
  return std::make_shared<EspeakInProcess>();
}

}  // namespace gst_tts::espeak
