// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/library.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <exception>
#include <utility>

#include "gst-translate/text/log.h"

namespace gst_tts::espeak {

using gst_translate::LogLevel;

namespace {

/// espeak-ng makes no shorter buffers than this (espeak-ng/espeak-ng:src/libespeak-ng/speech.c).
constexpr int buffer_ms = 50;

/// What espeak-ng changes of the process is put back.
class LocaleKeeper {
 public:
  LocaleKeeper() {
    if (const char* name = std::setlocale(LC_CTYPE, nullptr)) name_ = name;  // NOLINT
  }
  ~LocaleKeeper() { std::setlocale(LC_CTYPE, name_.c_str()); }  // NOLINT(concurrency-mt-unsafe)
  LocaleKeeper(const LocaleKeeper&) = delete;
  LocaleKeeper& operator=(const LocaleKeeper&) = delete;

 private:
  std::string name_ = "C";
};

/// A clause that is being spoken, for the callback.
struct Speaking {
  const Library::TakePiece& take;
  size_t characters = 0;
  int sample_rate = 0;
  double speed_up = 1;  ///< of each buffer after its events were placed
  int64_t samples = 0;  ///< so far
  int other_rate = 0;
  bool given_up = false;
  std::exception_ptr failure = nullptr;
};

/// What espeak-ng calls with a buffer and its events, as a piece.
ClauseSound piece_of(Speaking& speaking, const short* samples, int count,
                     const espeak_EVENT* event) {
  ClauseSound piece;
  for (; event->type != espeakEVENT_LIST_TERMINATED; ++event) {
    if (event->type == espeakEVENT_SAMPLERATE && event->id.number != speaking.sample_rate)
      speaking.other_rate = event->id.number;
    // Positions count from 1. Words without a position or a length stand for no text.
    if (event->type == espeakEVENT_WORD && event->length > 0 && event->text_position > 0 &&
        static_cast<size_t>(event->text_position) <= speaking.characters) {
      const auto offset = static_cast<double>(event->sample - speaking.samples) / speaking.speed_up;
      piece.events.push_back({static_cast<size_t>(event->text_position) - 1,
                              speaking.samples + static_cast<int64_t>(offset)});
    }
  }
  if (samples) piece.samples.assign(samples, samples + count);
  speaking.samples += static_cast<int64_t>(piece.samples.size());
  return piece;
}

/// Called by espeak-ng in the thread that asked for the clause. Returns 1 to give up.
int on_samples(short* samples, int count, espeak_EVENT* events) {
  auto& speaking = *static_cast<Speaking*>(events->user_data);
  try {
    ClauseSound piece = piece_of(speaking, samples, count, events);
    if (speaking.other_rate == 0) speaking.given_up = !speaking.take(std::move(piece));
  } catch (...) {
    speaking.failure = std::current_exception();
    return 1;
  }
  return speaking.given_up || speaking.other_rate != 0;
}

std::string describe(espeak_ng_STATUS status) {
  std::array<char, 512> text{};
  espeak_ng_GetStatusCodeMessage(status, text.data(), text.size());
  return text.data();
}

/// espeak-ng takes any path for a voice name; only names of installed voices are wanted.
bool is_voice_name(const std::string& name) {
  constexpr std::string_view others = "-_+/";
  return !name.empty() && name.size() <= 40 && name.front() != '/' && name.back() != '+' &&
         name.compare(0, 3, "mb-") != 0 && name.compare(0, 3, "mb/") != 0 &&
         std::all_of(name.begin(), name.end(), [others](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  others.find(c) != std::string_view::npos;
         });
}

/// What is not there, espeak-ng leaves out and still reports success.
bool variant_is_set(const std::string& name) {
  const size_t plus = name.find('+');
  if (plus == std::string::npos) return true;
  const espeak_VOICE* voice = espeak_GetCurrentVoice();
  const std::string_view identifier = voice && voice->identifier ? voice->identifier : "";
  const std::string_view variant = std::string_view(name).substr(plus);
  return identifier.size() >= variant.size() &&
         identifier.substr(identifier.size() - variant.size()) == variant;
}

/// The last word of a clause is given a length by what lies behind it in espeak-ng's list of
/// phonemes, and that is whatever an earlier clause left there: up to 6 % of a clause (measured
/// with 1.51). A text as long as the clause makes it the same always; of digits, which every voice
/// reads without calling for another one.
void settle(size_t characters) {
  const std::string digits(std::clamp<size_t>(characters, 20, 400), '1');
  const void* text = digits.c_str();
  while (text)
    espeak_TextToPhonemes(&text, espeakCHARS_UTF8, 0);
}

}  // namespace

Library& Library::get() {
  static Library library;
  return library;
}

void Library::open() {
  if (sample_rate_ != 0) return;
  const LocaleKeeper locale;
  espeak_ng_InitializePath(nullptr);
  espeak_ng_ERROR_CONTEXT context = nullptr;
  // Not espeak_Initialize(), which prints to stderr and ends the process where data is missing.
  espeak_ng_STATUS status = espeak_ng_Initialize(&context);
  espeak_ng_ClearErrorContext(&context);
  if (status != ENS_OK) {
    throw Error(Error::Kind::NotFound,
                "espeak-ng's data is missing or damaged in " + data_folder() + " (" +
                    describe(status) +
                    "); install the package espeak-ng-data, or set ESPEAK_DATA_PATH to the folder "
                    "that holds espeak-ng-data.");
  }
  status = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, buffer_ms, nullptr);
  if (status != ENS_OK)
    throw Error(Error::Kind::Failed, "espeak-ng cannot make sound: " + describe(status) + ".");
  espeak_SetSynthCallback(on_samples);
  sample_rate_ = espeak_ng_GetSampleRate();
  gst_translate::log(LogLevel::Info, "voice", [this] {
    return "espeak-ng " + version() + " speaks with the data in " + data_folder() + '.';
  });
}

std::string Library::version() const {
  const char* folder = nullptr;
  return espeak_Info(&folder);
}

std::string Library::data_folder() const {
  const char* folder = nullptr;
  espeak_Info(&folder);
  return folder ? folder : "";
}

bool Library::set_voice(const std::string& name) {
  if (name == voice_) return true;
  voice_.clear();
  if (!is_voice_name(name)) return false;
  // On failure the voice before stays, without a word.
  if (espeak_SetVoiceByName(name.c_str()) != EE_OK || !variant_is_set(name)) return false;
  voice_ = name;
  return true;
}

bool Library::speak(const Clause& clause, const Manner& manner, const TakePiece& take) {
  espeak_SetParameter(espeakRATE, manner.words_per_minute, 0);
  espeak_SetParameter(espeakPITCH, manner.pitch, 0);
  settle(clause.characters);

  Speaking speaking{take};
  speaking.characters = clause.characters;
  speaking.sample_rate = sample_rate_;
  if (manner.words_per_minute >= espeakRATE_MAXIMUM) {
    // It speaks at its normal rate, then shortens what it said.
    speaking.speed_up = static_cast<double>(manner.words_per_minute) / espeakRATE_NORMAL;
  }
  // No text has double brackets but for what is between to be phonemes.
  const unsigned flags = espeakCHARS_UTF8 | espeakPHONEMES | (clause.pause ? espeakENDPAUSE : 0U);
  const espeak_ERROR status = espeak_Synth(clause.text.c_str(), clause.text.size() + 1, 0,
                                           POS_CHARACTER, 0, flags, nullptr, &speaking);
  reads_phonemes_ = true;
  if (speaking.failure) std::rethrow_exception(speaking.failure);
  if (speaking.given_up) return false;
  if (speaking.other_rate != 0) {
    throw Error(Error::Kind::Failed, "The voice \"" + voice_ + "\" speaks with " +
                                         std::to_string(speaking.other_rate) +
                                         " samples a second, not " + std::to_string(sample_rate_) +
                                         "; choose another one.");
  }
  if (status != EE_OK) {
    throw Error(Error::Kind::Failed, "espeak-ng could not speak with the voice \"" + voice_ +
                                         "\" (error " + std::to_string(status) + ").");
  }
  return true;
}

std::string Library::phonemes(const std::string& text) {
  if (!reads_phonemes_) {
    // This function goes by what was said when something was spoken last.
    speak({".", 1, false}, {}, [](ClauseSound&&) { return true; });
  }
  std::string all;
  const void* rest = text.c_str();
  while (rest) {
    const std::string clause = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, espeakPHONEMES_IPA);
    if (!all.empty() && !clause.empty()) all += ' ';
    all += clause;
  }
  return all;
}

}  // namespace gst_tts::espeak
