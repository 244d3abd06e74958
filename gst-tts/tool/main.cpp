// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// gst-tts: text to speech.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gst-translate/command-line/input.h"
#include "gst-translate/command-line/program.h"
#include "gst-translate/text/language.h"
#include "gst-tts/ssml/ssml.h"
#include "gst-tts/timing/fit.h"
#include "gst-tts/tool/options.h"
#include "gst-tts/tool/wav.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::tool {

namespace {

using gst_translate::Input;
using gst_translate::TextReader;
using gst_translate::warn;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

const char* name_of(VoiceQuality quality) {
  switch (quality) {
    case VoiceQuality::Good:
      return "good";
    case VoiceQuality::Poor:
      return "poor";
    case VoiceQuality::Near:
      return "near";
  }
  return "";
}

/// All, or those of the language that the request names.
void list_voices(const Synthesizer& synthesizer, SpeechRequest request) {
  const auto* wanted = gst_translate::find_language(request.language);
  request.near_voice = true;
  if (!request.language.empty()) synthesizer.voice_for(request);  // says what there is not
  for (const Voice& voice : synthesizer.voices()) {
    if (wanted && voice.language != wanted->flores) continue;
    const auto* language = gst_translate::find_language(voice.language);
    std::cout << voice.language << '\t' << voice.name << '\t' << name_of(voice.quality) << '\t'
              << (language ? language->name : "");
    if (!voice.remark.empty()) std::cout << " (" << voice.remark << ")";
    std::cout << '\n';
  }
  std::cout << std::flush;
}

/// Calls `use(request, place)` for each text of the command line; `place` tells the user which one
/// it is. False if an input was damaged.
template <typename Use>
bool for_each_text(const Options& options, Use&& use) {
  bool damaged = false;
  int texts = 0;
  const auto use_text = [&](const std::string& text, const std::string& place) {
    SpeechRequest request = options.request;
    request.text = text;
    use(request, place);
  };
  const auto use_document = [&](const std::string& document, const std::string& place) {
    SpeechRequest request = options.request;
    for (const Error& flaw : read_ssml(document, request)) {
      warn(place + ": " + flaw.what() + (flaw.detail().empty() ? "" : " (" + flaw.detail() + ")"));
      damaged = true;
    }
    use(request, place);
  };
  for (const Input& input : options.inputs) {
    const bool ssml = is_ssml(options, input);
    if (input.kind == Input::Kind::Text) {
      const std::string place = "text " + std::to_string(++texts);
      ssml ? use_document(input.value, place) : use_text(input.value, place);
      continue;
    }
    TextReader reader(input.value, options.encoding);
    std::string place = input.value == "-" ? "" : input.value + ": ";
    int number = 0;
    std::string document;
    for (std::string line; reader.read_line(line); ++texts) {
      ++number;
      ssml ? void(document += line + '\n')
           : use_text(line, place + "line " + std::to_string(number));
    }
    if (ssml) use_document(document, input.value == "-" ? "standard input" : input.value);
    damaged = damaged || reader.damaged();
  }
  return !damaged;
}

bool print_readings(Synthesizer& synthesizer, const Options& options) {
  bool failed = false;
  const auto print = [&](const SpeechRequest& request, const std::string& place) {
    try {
      std::cout << synthesizer.reading(request);
    } catch (const Error& error) {
      warn(place + ": " + error.what());
      failed = true;
    }
    std::cout << '\n';  // the lines match those of the input
    gst_translate::flush_output();
  };
  const bool whole = for_each_text(options, print);
  return whole && !failed;
}

class Speaker {
 public:
  Speaker(Synthesizer& synthesizer, const Options& options)
      : synthesizer_(synthesizer),
        options_(options),
        output_(options.output, synthesizer.sample_rate()),
        json_(options.output.empty() || options.output == "-" ? std::cerr : std::cout) {}

  /// All texts; false if one failed.
  bool run() {
    const bool whole = for_each_text(
        options_,
        [this](const SpeechRequest& request, const std::string& place) { speak(request, place); });
    output_.complete();
    if (options_.stats && !first_sounds_ms_.empty()) print_summary();
    if (failed_ > 0)
      warn(std::to_string(failed_) + " of " + std::to_string(texts_) +
           " texts could not be spoken as asked.");
    return failed_ == 0 && whole;
  }

 private:
  void speak(const SpeechRequest& request, const std::string& place) {
    ++texts_;
    place_ = place;
    std::unique_ptr<Utterance> utterance;
    AudioChunk chunk;
    const auto start = Clock::now();
    bool sound = false;
    try {
      utterance = prepare(request);
      sound = utterance->next(chunk);
    } catch (const Error& error) {
      report(error.what());
      ++failed_;
      return;
    }
    const auto first = Clock::now();
    auto working = first - start;
    if (!sound && utterance->dropped_characters() == 0) return;  // nothing to say

    if (spoken_ > 0 && sound)
      output_.write_silence(std::llround(options_.gap * synthesizer_.sample_rate()));
    const int64_t begin = output_.position();
    bool whole = true;
    while (sound) {
      if (options_.words) print_words(chunk, request.text, begin);
      output_.write(chunk.samples);
      const auto resumed = Clock::now();
      try {
        sound = utterance->next(chunk);
      } catch (const Error& error) {
        report(error.what());
        sound = whole = false;
      }
      working += Clock::now() - resumed;
    }
    output_.complete();
    ++spoken_;
    if (const size_t dropped = utterance->dropped_characters(); dropped > 0) {
      report(std::to_string(dropped) + (dropped == 1 ? " character" : " characters") +
             " could not be spoken.");
    }
    for (const auto* errors : {&utterance->losses(), &utterance->deviations()}) {
      for (const Error& error : *errors) {
        report(error.what());
        whole = false;
      }
    }
    failed_ += whole ? 0 : 1;
    if (options_.stats) print_stats(request, output_.position() - begin, first - start, working);
  }

  std::unique_ptr<Utterance> prepare(const SpeechRequest& request) {
    if (!options_.slot) return synthesizer_.prepare(request);
    const int64_t slot = std::llround(*options_.slot * synthesizer_.sample_rate());
    FittedSpeech speech = fit_to_slot(synthesizer_, request, slot);
    if (!speech.fits) report("is too long for its slot even when spoken 1.5 times faster.");
    return std::move(speech.utterance);
  }

  void report(const std::string& what) const { warn(place_ + ": " + what); }

  void print(const nlohmann::ordered_json& line) const {
    json_ << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    gst_translate::flush_output();
  }

  void print_words(const AudioChunk& chunk, const std::string& text, int64_t begin) const {
    for (const SpokenWord& word : chunk.words) {
      const int64_t sample = begin + word.sample;
      const double time = static_cast<double>(sample) / synthesizer_.sample_rate();
      print({{"text", texts_},
             {"offset", word.offset},
             {"length", word.length},
             {"sample", sample},
             {"time", std::round(time * 1000) / 1000},
             {"word", text.substr(word.offset, word.length)}});
    }
    for (const ReachedMark& mark : chunk.marks) {
      const int64_t sample = begin + mark.sample;
      const double time = static_cast<double>(sample) / synthesizer_.sample_rate();
      print({{"text", texts_},
             {"sample", sample},
             {"time", std::round(time * 1000) / 1000},
             {"mark", mark.name}});
    }
  }

  void print_stats(const SpeechRequest& request, int64_t samples, Clock::duration first,
                   Clock::duration working) {
    const double seconds = static_cast<double>(samples) / synthesizer_.sample_rate();
    print({{"text", texts_},
           {"voice", synthesizer_.voice_for(request)},
           {"first_sound_ms", milliseconds(first)},
           {"total_ms", milliseconds(working)},
           {"audio_s", seconds},
           {"real_time_factor", real_time_factor(milliseconds(working), seconds)}});
    first_sounds_ms_.push_back(milliseconds(first));
    total_ms_ += milliseconds(working);
    audio_s_ += seconds;
  }

  /// Over all texts; the first one also opens voices and dictionaries.
  void print_summary() {
    const double cold = first_sounds_ms_.front();
    std::sort(first_sounds_ms_.begin(), first_sounds_ms_.end());
    print({{"texts", first_sounds_ms_.size()},
           {"first_text_first_sound_ms", cold},
           {"median_first_sound_ms", first_sounds_ms_[first_sounds_ms_.size() / 2]},
           {"max_first_sound_ms", first_sounds_ms_.back()},
           {"total_ms", total_ms_},
           {"audio_s", audio_s_},
           {"real_time_factor", real_time_factor(total_ms_, audio_s_)}});
  }

  static double real_time_factor(double work_ms, double audio_s) {
    return audio_s > 0 ? work_ms / 1000 / audio_s : 0;
  }

  Synthesizer& synthesizer_;
  const Options& options_;
  Output output_;
  std::ostream& json_;
  int texts_ = 0;
  std::string place_;
  int spoken_ = 0;
  int failed_ = 0;
  std::vector<double> first_sounds_ms_;
  double total_ms_ = 0;
  double audio_s_ = 0;
};

int run(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs) {
  const Options options = parse_options(argc, argv, specs);
  const auto synthesizer = open_synthesizer();
  if (options.list_voices) {
    list_voices(*synthesizer, options.request);
    return 0;
  }
  // What it refuses, before a file is made or read; a document may say its language itself.
  if (!options.request.language.empty() || !options.request.voice.empty())
    synthesizer->prepare(options.request);
  if (options.readings) return print_readings(*synthesizer, options) ? 0 : 1;
  return Speaker(*synthesizer, options).run() ? 0 : 1;
}

}  // namespace

}  // namespace gst_tts::tool

int main(int argc, char** argv) {
  const gst_translate::Program program = {
      "gst-tts",
      PACKAGE_VERSION,
      {{
          "",
          "[OPTION...] [TEXT or FILE...]",
          "speaks texts",
          "Speaks each text, each line of a file, or each line of standard input as it comes.",
          gst_tts::tool::option_specs(),
          gst_tts::tool::run,
          std::string(gst_translate::texts_remark) +
              "\n\nLines of JSON go to standard output with --output FILE, else to standard error.",
      }},
  };
  return gst_translate::run_program(program, argc, argv);
}
