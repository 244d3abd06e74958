// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/tool/options.h"

#include <getopt.h>

#include <array>
#include <cmath>
#include <cstdlib>

namespace gst_tts::tool {

namespace {

double number(const std::string& option, const char* text) {
  char* end = nullptr;
  const double value = std::strtod(text, &end);
  if (end == text || *end != '\0' || !std::isfinite(value))
    throw UsageError("--" + option + " wants a number, not \"" + text + "\"");
  return value;
}

double seconds(const std::string& option, const char* text) {
  const double value = number(option, text);
  if (value < 0 || value > 86400)
    throw UsageError("--" + option + " wants seconds, 0 to 86400, not \"" + text + "\"");
  return value;
}

}  // namespace

Options parse_options(int argc, char** argv) {
  static constexpr std::array options = {
      option{"language", required_argument, nullptr, 'l'},
      option{"voice", required_argument, nullptr, 'v'},
      option{"near-voice", no_argument, nullptr, 'n'},
      option{"rate", required_argument, nullptr, 'r'},
      option{"pitch", required_argument, nullptr, 'p'},
      option{"volume", required_argument, nullptr, 'a'},
      option{"output", required_argument, nullptr, 'o'},
      option{"gap", required_argument, nullptr, 'g'},
      option{"fit", required_argument, nullptr, 'f'},
      option{"words", no_argument, nullptr, 'w'},
      option{"stats", no_argument, nullptr, 's'},
      option{"list-voices", no_argument, nullptr, 'L'},
      option{"help", no_argument, nullptr, 'h'},
      option{"version", no_argument, nullptr, 'V'},
      option{nullptr, 0, nullptr, 0},
  };
  Options parsed;
  SpeechRequest& request = parsed.request;
  opterr = 0;
  for (;;) {
    const int index = optind;
    const int found = getopt_long(argc, argv, ":l:v:o:hV", options.data(), nullptr);  // NOLINT
    switch (found) {
      case -1:
        parsed.texts.assign(argv + optind, argv + argc);
        return parsed;
      case 'l':
        request.language = optarg;
        break;
      case 'v':
        request.voice = optarg;
        break;
      case 'n':
        request.near_voice = true;
        break;
      case 'r':
        request.rate = number("rate", optarg);
        break;
      case 'p':
        request.pitch = number("pitch", optarg);
        break;
      case 'a':
        request.volume = number("volume", optarg);
        break;
      case 'o':
        parsed.output = optarg;
        if (parsed.output.empty()) throw UsageError("--output wants the name of a file");
        break;
      case 'g':
        parsed.gap = seconds("gap", optarg);
        break;
      case 'f':
        parsed.slot = seconds("fit", optarg);
        break;
      case 'w':
        parsed.words = true;
        break;
      case 's':
        parsed.stats = true;
        break;
      case 'L':
        parsed.action = Options::Action::ListVoices;
        break;
      case 'h':
        parsed.action = Options::Action::Help;
        break;
      case 'V':
        parsed.action = Options::Action::Version;
        break;
      case ':':
        throw UsageError(std::string(argv[index]) + " wants a value");
      default:
        throw UsageError("there is no option " + std::string(argv[index]));
    }
  }
}

std::string help() {
  return R"(Usage: gst-tts [OPTION]... [TEXT]...

Speaks each TEXT, or each line of standard input as it comes.

  -l, --language CODE  language of the text: FLORES-200 (jpn_Jpan), ISO 639 (ja), BCP 47 (ja-JP)
  -v, --voice NAME     a voice of espeak-ng, perhaps with a variant (en-us+f3); default: by language
      --near-voice     where the language has no voice, take a near language's
      --rate FACTOR    1: the voice's own pace, 2: twice as fast
      --pitch NUMBER   semitones away from the voice's own
      --volume FACTOR  1: the voice's own
      --fit SECONDS    speak faster, up to 1.5 times, so that each text fits
      --gap SECONDS    silence between two texts (default 0.3)
  -o, --output FILE    write a WAV file; without it, raw samples go to standard output
                       (16 bit signed, mono, of this machine's byte order, 22050 a second)
      --words          print a line of JSON a word: where it is in its text and when it is said
      --stats          print a line of JSON a text, and one for all: time to the first sound,
                       real time factor
      --list-voices    print language, voice and quality of what is installed
  -h, --help           print this
  -V, --version        print the version

Lines of JSON go to standard output with --output, else to standard error. Exit status: 0 if all
was spoken, 1 if some of it failed, 2 if the command line makes no sense.
)";
}

}  // namespace gst_tts::tool
