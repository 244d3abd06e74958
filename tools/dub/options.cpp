// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/options.h"

#include "gst-translate/command-line/input.h"
#include "tools/common/language_option.h"

namespace gst_lingua_dub {

using gst_lingua_tools::add_languages;
using gst_lingua_tools::check_language;
using gst_translate::OptionReader;
using gst_translate::OptionSpec;
using gst_translate::parse_int;
using gst_translate::parse_number;
using gst_translate::UsageError;

namespace {

enum Option {
  kTo = 't',
  kOutput = 'o',
  kFrom = 'f',
  kSubtitles = 's',
  kEncoding = 'e',
  kModel = 'm',
  kOriginal = 256,
  kDuck,
  kSentences,
  kBeams,
  kRate,
  kSet,
};

Original parse_original(const std::string& word) {
  if (word == "keep") return Original::Keep;
  if (word == "duck") return Original::Duck;
  if (word == "drop") return Original::Drop;
  throw UsageError("--original takes keep, duck or drop, not \"" + word + "\"");
}

std::pair<std::string, std::string> parse_property(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || text.find("::") > equals)
    throw UsageError("--set takes ELEMENT::PROPERTY=VALUE, as nllbtranslate::device=cpu, not \"" +
                     text + "\"");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace

std::vector<OptionSpec> option_specs() {
  return {
      {kTo, "to", "LANGUAGE[,LANGUAGE...]",
       "languages to dub into: FLORES-200 (jpn_Jpan), ISO 639 (ja), BCP 47 (ja-JP)"},
      {kOutput, "out", "FILE", "the film to write: .mkv, .mp4, .mov, .webm or .ts"},
      {kFrom, "from", "LANGUAGE",
       "language of the subtitles, of several in the film those in it (default: the first, as "
       "they are tagged, else English)"},
      {kSubtitles, "subtitles", "FILE",
       "subtitles to speak (default: those in the film, else those beside it)"},
      gst_translate::encoding_option,
      {kOriginal, "original", "HOW",
       "keep, duck, drop: the film's own sound stays a track; is also heard under the speech, "
       "lower "
       "(default); goes away"},
      {kDuck, "duck", "DECIBELS", "by how much it is lower under speech (default: 15)"},
      {kSentences, "sentences", nullptr,
       "make whole sentences of cues that have parts of them; their times change"},
      {kModel, "model", "MODEL", "folder of a model, or its hub name (default: the bundled one)"},
      {kBeams, "beams", "NUMBER", "beams of the search, 1: greedy (default: the model's own)"},
      {kRate, "rate", "FACTOR", "pace of the voices, 1: their own"},
      {kSet, "set", "ELEMENT::PROPERTY=VALUE",
       "a property of an element: nllbtranslate::device=cpu, ttssynth-de::pitch=-2"},
  };
}

Options parse_options(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kTo:
        add_languages(options.to, "to", value);
        break;
      case kOutput:
        options.output = value;
        break;
      case kFrom:
        check_language("from", value);
        options.from = value;
        break;
      case kSubtitles:
        options.subtitles = value;
        break;
      case kEncoding:
        options.encoding = value;
        break;
      case kOriginal:
        options.original = parse_original(value);
        break;
      case kDuck:
        options.duck_db = parse_number("duck", value, 0, 100);
        break;
      case kSentences:
        options.sentences = true;
        break;
      case kModel:
        options.model = value;
        break;
      case kBeams:
        options.beams = parse_int("beams", value, 1, 64);
        break;
      case kRate:
        options.rate = parse_number("rate", value, 0.25, 4);
        break;
      case kSet:
        options.properties.push_back(parse_property(value));
        break;
      default:
        break;
    }
  }
  const auto films = reader.arguments();
  if (films.size() != 1)
    throw UsageError(films.empty() ? "the film is missing: gst-lingua-dub FILE --to de --out "
                                     "film.de.mkv"
                                   : "one film at a time");
  options.film = films[0];
  if (options.to.empty()) throw UsageError("--to is missing: it says which languages to dub into");
  if (options.output.empty()) throw UsageError("--out is missing: it names the film to write");
  gst_translate::check_encoding(options.encoding);
  return options;
}

}  // namespace gst_lingua_dub
