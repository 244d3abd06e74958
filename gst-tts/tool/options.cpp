// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/tool/options.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "gst-tts/lexicon/lexicon.h"

namespace gst_tts::tool {

using gst_translate::OptionReader;
using gst_translate::OptionSpec;
using gst_translate::parse_number;
using gst_translate::UsageError;

namespace {

enum Option {
  kLanguage = 'l',
  kVoice = 'v',
  kFile = 'f',
  kEncoding = 'e',
  kSsml = 'm',
  kOutput = 'o',
  kNearVoice = 256,
  kRate,
  kPitch,
  kVolume,
  kFit,
  kGap,
  kWords,
  kStats,
  kReadings,
  kLexicon,
  kListVoices
};

constexpr double longest = 86400;  // seconds

/// Throws for the name of another format than WAV, and for a file that is read: its text would be
/// gone before it was spoken.
void check_output(const Options& options) {
  const std::string& output = options.output;
  if (output.empty() || output == "-") return;
  std::string format = std::filesystem::path(output).extension().string();
  std::transform(format.begin(), format.end(), format.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view others[] = {".mp3", ".ogg",  ".oga", ".opus", ".flac", ".m4a",
                                         ".aac", ".webm", ".mka", ".aiff", ".wma",  ".raw"};
  if (std::find(std::begin(others), std::end(others), format) != std::end(others))
    throw UsageError("--output writes WAV, and \"" + output +
                     "\" is the name of another format. A program that knows it reads " +
                     "what --output - writes to a pipe: ffmpeg -i - " + output);
  std::vector<std::string> read = {options.lexicon};
  for (const gst_translate::Input& input : options.inputs)
    if (input.kind == gst_translate::Input::Kind::File)
      read.push_back(gst_translate::path_of(input.value));
  std::error_code none;
  for (const std::string& file : read)
    if (std::filesystem::equivalent(file, output, none) &&
        std::filesystem::is_regular_file(output, none))
      throw UsageError("\"" + output +
                       "\" is read, so that it cannot be written: --output needs "
                       "another name");
}

}  // namespace

bool is_ssml(const Options& options, const gst_translate::Input& input) {
  constexpr std::string_view extension = ".ssml";
  const std::string_view name = input.value;
  return options.ssml ||
         (input.kind == gst_translate::Input::Kind::File && name.size() > extension.size() &&
          name.substr(name.size() - extension.size()) == extension);
}

std::vector<OptionSpec> option_specs() {
  return {
      {kLanguage, "language", "CODE",
       "language of the text: FLORES-200 (jpn_Jpan), ISO 639 (ja), BCP 47 (ja-JP)"},
      {kVoice, "voice", "NAME",
       "a voice of espeak-ng, perhaps with a variant (en-us+f3); default: by language"},
      {kNearVoice, "near-voice", nullptr,
       "where the language has no voice, take a near language's"},
      gst_translate::file_option,
      gst_translate::encoding_option,
      {kSsml, "ssml", nullptr,
       "each text, file or all of standard input is a document of SSML; files *.ssml always are"},
      {kRate, "rate", "FACTOR", "1: the voice's own pace, 2: twice as fast"},
      {kPitch, "pitch", "NUMBER", "semitones away from the voice's own"},
      {kVolume, "volume", "FACTOR", "1: the voice's own"},
      {kLexicon, "lexicon", "FILE",
       "words and what is said for them: word, language, and words, /IPA/ or [[espeak-ng's "
       "phonemes]], parted by tabs"},
      {kFit, "fit", "SECONDS", "speak faster, up to 1.5 times, so that each text fits"},
      {kGap, "gap", "SECONDS", "silence between two texts (default: 0.3)"},
      {kOutput, "output", "FILE",
       "write a WAV file; - is standard output. Without it, raw samples go to standard output (16 "
       "bit signed, mono, of this machine's byte order, 22050 a second)"},
      {kWords, "words", nullptr,
       "print a line of JSON a word: where it is in its text and when it is said"},
      {kStats, "stats", nullptr,
       "print a line of JSON a text, and one for all: time to the first sound, real time factor"},
      {kReadings, "readings", nullptr,
       "print what would be said, in katakana or phonetic letters, and make no sound"},
      {kListVoices, "list-voices", nullptr,
       "print language, voice and quality of what is installed; with --language, for that alone"},
  };
}

Options parse_options(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  SpeechRequest& request = options.request;
  std::vector<std::string> files;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kLanguage:
        request.language = value;
        break;
      case kVoice:
        request.voice = value;
        break;
      case kNearVoice:
        request.near_voice = true;
        break;
      case kFile:
        files.emplace_back(value);
        break;
      case kEncoding:
        options.encoding = value;
        break;
      case kRate:
        request.rate = parse_number("rate", value);
        break;
      case kPitch:
        request.pitch = parse_number("pitch", value);
        break;
      case kVolume:
        request.volume = parse_number("volume", value);
        break;
      case kFit:
        options.slot = parse_number("fit", value, 0, longest);
        break;
      case kGap:
        options.gap = parse_number("gap", value, 0, longest);
        break;
      case kOutput:
        options.output = value;
        if (options.output.empty()) throw UsageError("--output needs the name of a file, or -");
        break;
      case kSsml:
        options.ssml = true;
        break;
      case kWords:
        options.words = true;
        break;
      case kStats:
        options.stats = true;
        break;
      case kLexicon:
        request.lexicon = Lexicon::read(value);
        options.lexicon = value;
        break;
      case kReadings:
        options.readings = true;
        break;
      case kListVoices:
        options.list_voices = true;
        break;
      default:
        break;
    }
  }
  if (options.list_voices) {
    if (!files.empty() || !reader.arguments().empty())
      throw UsageError("--list-voices speaks no text; --language says which voices to list");
    return options;
  }
  gst_translate::check_encoding(options.encoding);
  options.inputs =
      gst_translate::find_inputs(gst_translate::Arguments::Texts, files, reader.arguments());
  const bool says_language =
      std::all_of(options.inputs.begin(), options.inputs.end(),
                  [&](const gst_translate::Input& input) { return is_ssml(options, input); });
  if (request.language.empty() && request.voice.empty() && !says_language)
    throw UsageError("--language is missing: it says which language the text is in");
  if (options.readings) return options;
  check_output(options);
  if ((options.output.empty() || options.output == "-") && isatty(STDOUT_FILENO) != 0)
    throw UsageError(
        "standard output is a terminal, which plays no samples; use --output FILE or a pipe");
  return options;
}

}  // namespace gst_tts::tool
