// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/synthesizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"
#include "gst-translate/text/log.h"
#include "gst-tts/espeak/in_process.h"
#include "gst-tts/espeak/isolated/helper_process.h"
#include "gst-tts/espeak/isolated/isolated.h"
#include "gst-tts/espeak/phonemes.h"
#include "gst-tts/espeak/reading_codes.h"
#include "gst-tts/espeak/utterance.h"
#include "gst-tts/espeak/voice_table.h"
#include "gst-tts/japanese/kana.h"
#include "gst-tts/japanese/reader.h"
#include "gst-tts/lexicon/lexicon.h"
#include "gst-tts/voice/phonetic_alphabet.h"
#include "gst-tts/voice/readings.h"
#include "gst-tts/voice/run_utterance.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts::espeak {

namespace {

/// The pace that voices are made for; espeak-ng's own default.
constexpr double natural_words_per_minute = 175;
constexpr double slowest = 80, fastest = 1200;

/// espeak-ng's pitch, 0 to 99 around 50, doubles a voice's base every 50 steps, but not what its
/// intonation adds: so much of the base on average (by the fundamental frequency of en-us,
/// en-us+f3, de and ja with 1.51).
constexpr double intonation = 0.5;

/// Variants that any voice may have, men and women in turn, and none that makes a robot of it. The
/// same ones, raised or lowered, are voices beyond these.
constexpr std::array<std::string_view, 12> speaker_variants = {
    "+f2", "+m3", "+f3", "+m1", "+f4", "+m7", "+f5", "+m2", "+f1", "+m4", "+Annie", "+m6"};

/// Semitones for a speaker.
double pitch_of_speaker(int speaker) {
  return speaker > static_cast<int>(speaker_variants.size()) ? 2.0 : 0.0;
}

int words_per_minute(double rate) {
  return static_cast<int>(
      std::lround(std::clamp(natural_words_per_minute * rate, slowest, fastest)));
}

int pitch(double semitones) {
  const double whole = std::exp2(std::clamp(semitones, -24.0, 24.0) / 12);
  const double base = whole + (whole - 1) * intonation;
  return static_cast<int>(
      std::lround(std::clamp(50 + 50 * std::log2(std::max(base, 0.1)), 0.0, 99.0)));
}

void check(const SpeechRequest& request) {
  const auto refuse = [](const char* what, double value, const char* range) {
    std::ostringstream message;
    message << "The speech's " << what << " is " << value << "; it must be " << range << '.';
    throw Error(Error::Kind::Settings, message.str());
  };
  if (!std::isfinite(request.rate) || request.rate <= 0)
    refuse("rate", request.rate, "greater than 0");
  if (!std::isfinite(request.pitch)) refuse("pitch", request.pitch, "a number of semitones");
  if (!std::isfinite(request.volume) || request.volume < 0)
    refuse("volume", request.volume, "0 or greater");
}

const gst_translate::Language* language_of(const SpeechRequest& request) {
  if (request.language.empty()) return nullptr;
  const gst_translate::Language* language = gst_translate::find_language(request.language);
  if (language) return language;
  throw Error(Error::Kind::Settings,
              "\"" + request.language +
                  "\" is no language that is known here; use a code of FLORES-200 (jpn_Jpan), ISO "
                  "639 (ja) or BCP 47 (ja-JP)" +
                  gst_translate::code_of_name(request.language) + '.');
}

using gst_translate::LogLevel;

template <typename Text>
void log(LogLevel level, Text&& text) {
  gst_translate::log(level, "voice", std::forward<Text>(text));
}

class EspeakSynthesizer final : public Synthesizer {
 public:
  explicit EspeakSynthesizer(std::shared_ptr<Espeak> espeak) : espeak_(std::move(espeak)) {}

  int sample_rate() const override { return espeak_->sample_rate(); }

  std::vector<Voice> voices() const override {
    std::set<std::string> names;
    for (const EspeakVoice& row : espeak_voices())
      names.emplace(row.name);
    names = espeak_->installed(names);
    std::vector<Voice> installed;
    std::string missing;
    for (const EspeakVoice& row : espeak_voices()) {
      const std::string name(row.name);
      const std::string remark(row.regions.empty() ? row.remark
                                                   : row.regions.substr(1, row.regions.size() - 2));
      if (names.count(name) > 0)
        installed.push_back({std::string(row.language), name, row.quality, remark});
      else
        missing += " " + name + " (" + std::string(row.language) + ")";
    }
    log(LogLevel::Debug, [&] {
      return std::to_string(installed.size()) + " voices are installed" +
             (missing.empty() ? "." : ", not these:" + missing);
    });
    return installed;
  }

  std::string voice_for(const SpeechRequest& request) const override {
    const gst_translate::Language* language = language_of(request);
    if (!request.voice.empty()) {
      if (espeak_->has_voice(request.voice)) return request.voice;
      throw no_voice(request.voice);
    }
    if (!language) {
      throw Error(Error::Kind::Settings,
                  "Neither a language nor a voice is set for the speech; set one.");
    }
    const std::string regional =
        regional_voice(*language, gst_translate::region_of(request.language));
    return voice_of_speaker(
        regional.empty() ? default_voice(*language, request.near_voice) : regional, request);
  }

  std::string reading(const SpeechRequest& request) override {
    if (!request.runs.empty()) return readings_of_runs(request);
    check(request);
    const Manner manner{voice_for(request)};
    Wording wording = word(request, manner.voice);
    if (reads_kana(manner.voice)) return kana_of(wording);
    const SourcedText text = clean_and_insert(request, manner.voice, wording);
    const std::unique_ptr<Speaker> speaker = espeak_->speaker(manner);
    std::string phonemes;
    for (size_t begin = 0, end; begin < text.size(); begin = end) {
      end = clause_end(text, begin);
      if (!phonemes.empty()) phonemes += ' ';
      phonemes += speaker->phonemes(encode(text, begin, end));
    }
    return phonemes;
  }

  std::unique_ptr<Utterance> prepare(const SpeechRequest& request) override {
    check(request);
    if (!request.runs.empty()) return std::make_unique<RunUtterance>(*this, request);
    const Manner manner{voice_for(request), words_per_minute(request.rate),
                        pitch(request.pitch + pitch_of_speaker(request.speaker))};
    const gst_translate::Language* language = language_of(request);
    Wording wording = word(request, manner.voice);
    if (reads_kana(manner.voice)) wording.text = japanese::spell_for_voice(wording.text);
    SourcedText text = clean_and_insert(request, manner.voice, wording);
    log(LogLevel::Debug, [&] {
      return "\"" + manner.voice + "\" speaks " + std::to_string(request.text.size()) +
             " bytes of " + (language ? std::string(language->flores) : "no language") + " with " +
             std::to_string(manner.words_per_minute) + " words a minute" +
             (wording.dropped == 0
                  ? "."
                  : "; it has no sound for " + std::to_string(wording.dropped) + " characters.");
    });
    return std::make_unique<EspeakUtterance>(espeak_, manner, std::move(text), request,
                                             wording.dropped, std::move(wording.deviations));
  }

 private:
  static bool reads_kana(const std::string& voice) { return voice_language(voice) == "ja"; }

  static ReadableScripts readable(const SpeechRequest& request, const std::string& voice) {
    const gst_translate::Language* language = language_of(request);
    return {language ? language->flores : std::string_view(), voice};
  }

  /// A text as it is said, before it is cleaned, and what espeak-ng is given for its readings.
  struct Wording {
    SourcedText text;
    std::vector<Reading> readings;
    std::vector<std::string> codes;  ///< of the readings
    std::vector<Error> deviations;
    size_t dropped = 0;
  };

  /// The words of the request and of its lexicon, Japanese in katakana.
  Wording word(const SpeechRequest& request, const std::string& voice) {
    Wording wording;
    const gst_translate::Language* language = language_of(request);
    SourcedText text = place_readings(request.text, request.readings, wording.readings);
    if (request.lexicon) {
      text = request.lexicon->apply(text, language ? language->flores : std::string_view(),
                                    wording.readings);
    }
    text = drop_markup(text);
    const bool kana = reads_kana(voice);
    SourcedText plain;
    const auto append_plain = [&] {
      if (kana) plain = read_japanese(plain, wording.dropped);
      wording.text.insert(wording.text.end(), plain.begin(), plain.end());
      plain.clear();
    };
    wording.codes.resize(wording.readings.size());
    for (const SourcedCharacter& c : text) {
      if (!is_reading(c.character)) {
        plain.push_back(c);
        continue;
      }
      const size_t index = c.character - first_reading;
      const Reading& reading = wording.readings[index];
      if (kana && reading.kind == Reading::Kind::Spelled) {
        append_spaced(plain, reading, c);
        continue;
      }
      wording.codes[index] = code_of(reading, request, voice, wording);
      if (wording.codes[index].empty()) {
        append_written(plain, reading, request, c);
        continue;
      }
      append_plain();
      wording.text.push_back(c);
    }
    append_plain();
    if (kana) return wording;
    wording.text = normalize(wording.text);
    if (!language) language = gst_translate::find_language(voice_language(voice));
    if (language) wording.text = spell_out(wording.text, *language);
    return wording;
  }

  /// Each character a word of its own.
  static void append_spaced(SourcedText& text, const Reading& reading, const SourcedCharacter& at) {
    for (const SourcedCharacter& c : decode(reading.said)) {
      text.push_back({c.character, at.begin, at.end});
      text.push_back({U' ', at.end, at.end});
    }
  }

  /// What the request has there, for a reading that cannot be said.
  static void append_written(SourcedText& text, const Reading& reading,
                             const SpeechRequest& request, const SourcedCharacter& at) {
    if (reading.kind == Reading::Kind::Spelled) return;  // no character of it has a name
    for (SourcedCharacter c :
         decode(std::string_view(request.text).substr(at.begin, at.end - at.begin)))
      text.push_back({c.character, c.begin + at.begin, c.end + at.begin});
  }

  /// What espeak-ng is given for a reading; empty if it cannot say it, which is a deviation.
  std::string code_of(const Reading& reading, const SpeechRequest& request,
                      const std::string& voice, Wording& wording) {
    switch (reading.kind) {
      case Reading::Kind::Spelled:
        return spelling_code(reading.said, readable(request, voice), wording.dropped);
      case Reading::Kind::Espeak:
        if (are_espeak_names(reading.said)) return phoneme_code(reading.said);
        break;
      case Reading::Kind::Ipa:
        try {
          if (const auto names = phonemes_of(voice).names_of(reading.said))
            return phoneme_code(*names);
        } catch (const ClauseLost& loss) {
          log(LogLevel::Warning, [&] { return loss.what(); });
        }
        break;
      case Reading::Kind::Text:
        break;
    }
    wording.deviations.emplace_back(Error::Kind::Settings,
                                    "The voice \"" + voice + "\" cannot say the phonemes \"" +
                                        reading.said + "\": the word is spoken as it is written.");
    return {};
  }

  /// Of a voice, whose variants have the same.
  const PhonemeNames& phonemes_of(const std::string& voice) {
    const std::string name = voice.substr(0, voice.find('+'));
    const std::lock_guard lock(phonemes_mutex_);
    const auto known = phonemes_.find(name);
    if (known != phonemes_.end()) return known->second;
    const std::unique_ptr<Speaker> speaker = espeak_->speaker({name});
    const PhonemeNames names([&](const std::string& text) { return speaker->phonemes(text); });
    return phonemes_.emplace(name, names).first->second;
  }

  static SourcedText clean_and_insert(const SpeechRequest& request, const std::string& voice,
                                      Wording& wording) {
    return insert_codes(clean(wording.text, readable(request, voice), wording.dropped),
                        wording.codes);
  }

  /// For people to read: phonemes between strokes.
  static std::string kana_of(const Wording& wording) {
    std::string kana;
    for (size_t i = 0; i < wording.text.size(); ++i) {
      const char32_t c = wording.text[i].character;
      kana += is_reading(c) ? "/" + wording.readings[c - first_reading].said + "/"
                            : encode(wording.text, i, i + 1);
    }
    return kana;
  }

  std::string readings_of_runs(const SpeechRequest& request) {
    std::string all;
    for (const SpeechRequest& run : RunUtterance::requests(*this, request)) {
      const std::string one = reading(run);
      if (!all.empty() && !one.empty()) all += ' ';
      all += one;
    }
    return all;
  }

  SourcedText read_japanese(const SourcedText& text, size_t& dropped) const {
    std::unique_ptr<Speaker> speaker;
    const japanese::Pronounce english = [&](const std::string& word) -> std::string {
      try {
        if (!speaker) speaker = espeak_->speaker({"en"});
        return speaker->phonemes(word);
      } catch (const ClauseLost& loss) {
        log(LogLevel::Warning, [&] { return loss.what(); });
        speaker.reset();
        return {};
      }
    };
    return japanese::read(text, english, dropped);
  }

  /// A variant of the voice, as far as there are some, so that speakers can be told apart, and
  /// women and men.
  std::string voice_of_speaker(const std::string& voice, const SpeechRequest& request) const {
    const auto variants = static_cast<int>(speaker_variants.size());
    int speaker = request.speaker;
    // Women have the odd numbers.
    if (request.gender == VoiceGender::Female && speaker % 2 == 0) ++speaker;
    if (request.gender == VoiceGender::Male && speaker % 2 != 0) ++speaker;
    if (speaker <= 0) return voice;
    std::string name = voice;
    name += speaker_variants.at(static_cast<size_t>((speaker - 1) % variants));
    return espeak_->has_voice(name) ? name : voice;
  }

  /// The language's voice in that region; empty where it has no other one there.
  std::string regional_voice(const gst_translate::Language& language,
                             std::string_view region) const {
    for (const EspeakVoice& row : espeak_voices()) {
      if (row.language != language.flores || !is_for_region(row, region)) continue;
      std::string name(row.name);
      if (espeak_->has_voice(name)) return name;
    }
    return {};
  }

  /// The language's best voice that is installed; never, unasked, another language's.
  std::string default_voice(const gst_translate::Language& language, bool near_voice) const {
    const std::string spoken =
        std::string(language.name) + " (" + std::string(language.flores) + ")";
    std::string reason = "espeak-ng has no voice for " + spoken;
    std::string remedy;
    for (const EspeakVoice& row : espeak_voices()) {
      if (row.language != language.flores || !row.regions.empty()) continue;
      std::string name(row.name);
      const bool installed = espeak_->has_voice(name);
      if (installed && (row.quality != VoiceQuality::Near || near_voice)) return name;
      if (installed) {
        remedy = ", but " + std::string(row.remark) +
                 " is near: allow near voices (near-voice) or set the voice \"" + name + "\"";
      } else if (!row.since.empty()) {
        reason += " before version " + std::string(row.since) + " (installed is " +
                  espeak_->version() + ")";
      }
    }
    if (remedy.empty())
      remedy = "; set a voice of another language to hear it spoken with that one";
    log(LogLevel::Info, [&] { return reason + '.'; });
    throw Error(Error::Kind::NotFound, reason + remedy + ".");
  }

  const std::shared_ptr<Espeak> espeak_;
  std::mutex phonemes_mutex_;
  std::map<std::string, PhonemeNames> phonemes_;  ///< by voice
};

/// Null where there is no helper, which is said once.
std::shared_ptr<Espeak> try_isolated() {
  try {
    return open_isolated(helper_program());
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::Unavailable) throw;
    static std::once_flag said;
    std::call_once(said, [&error] {
      log(LogLevel::Warning, [&error] {
        return std::string(error.what()) +
               " So espeak-ng speaks in this process, which ends where espeak-ng crashes. The file "
               "gst-lingua-espeak is part of the installation; GST_LINGUA_ESPEAK may name it.";
      });
    });
    return nullptr;
  }
}

}  // namespace

std::shared_ptr<Synthesizer> open(bool isolate) {
  // Never closed: at the end of the process somebody may still speak.
  static auto& mutex = *new std::mutex;
  static auto& isolated = *new std::shared_ptr<Synthesizer>;
  static auto& in_process = *new std::shared_ptr<Synthesizer>;
  const std::lock_guard lock(mutex);
  if (isolate && !isolated) {
    if (std::shared_ptr<Espeak> espeak = try_isolated())
      isolated = std::make_shared<EspeakSynthesizer>(std::move(espeak));
  }
  if (isolate && isolated) return isolated;
  if (!in_process) in_process = std::make_shared<EspeakSynthesizer>(open_in_process());
  return in_process;
}

}  // namespace gst_tts::espeak
