// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/segment.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gst-translate/command-line/input.h"
#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"

namespace gst_translate {

namespace {

struct Options {
  SegmenterOptions segmenter;
  size_t chunk = 0;
  bool json = false;
  std::string encoding = "auto";
  std::vector<Input> inputs;
};

enum Option {
  kLanguage = 'l',
  kFile = 'f',
  kEncoding = 'e',
  kChunk = 256,
  kJoin,
  kMaxChars,
  kMinChars,
  kAbbreviations,
  kJson
};

size_t parse_size(const char* name, const char* text) {
  return static_cast<size_t>(parse_int(name, text, 0));
}

JoinMode parse_join(const std::string& text) {
  if (text == "verbatim") return JoinMode::Verbatim;
  if (text == "words") return JoinMode::Words;
  throw UsageError("--join takes verbatim or words, not \"" + text + "\"");
}

Options parse(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  SegmenterOptions& segmenter = options.segmenter;
  std::vector<std::string> files;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kFile:
        files.emplace_back(value);
        break;
      case kEncoding:
        options.encoding = value;
        break;
      case kLanguage:
        segmenter.language = value;
        if (!find_language(segmenter.language))
          throw UsageError("there is no language \"" + segmenter.language + '"' +
                           code_of_name(segmenter.language));
        break;
      case kChunk:
        options.chunk = parse_size("chunk", value);
        break;
      case kJoin:
        segmenter.join = parse_join(value);
        break;
      case kMaxChars:
        segmenter.max_chars = parse_size("max-chars", value);
        break;
      case kMinChars:
        segmenter.min_chars = parse_size("min-chars", value);
        break;
      case kAbbreviations:
        segmenter.abbreviations = load_abbreviations(path_of(value));
        break;
      case kJson:
        options.json = true;
        break;
      default:
        break;
    }
  }
  check_encoding(options.encoding);
  options.inputs = find_inputs(Arguments::Files, files, reader.arguments());
  return options;
}

void print(const Sentence& sentence, bool json) {
  if (json) {
    const nlohmann::ordered_json object = {{"text", sentence.text},
                                           {"reason", name_of(sentence.reason)},
                                           {"complete", sentence.complete}};
    std::printf("%s\n", object.dump().c_str());
  } else {
    std::string line = sentence.text;
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    std::printf("%-10s  %s\n", name_of(sentence.reason), line.c_str());
  }
}

/// Where the piece of `count` characters that begins at `begin` ends; 0 characters: all.
size_t piece_end(std::string_view text, size_t begin, size_t count) {
  if (count == 0) return text.size();
  size_t end = begin;
  for (size_t i = 0; i < count && end < text.size(); ++i) {
    ++end;
    while (end < text.size() && (text[end] & 0xC0) == 0x80)
      ++end;
  }
  return end;
}

void push(Segmenter& segmenter, std::string_view text, const Options& options) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = piece_end(text, begin, options.chunk);
    segmenter.push(text.substr(begin, end - begin));
    begin = end;
    while (const auto sentence = segmenter.next())
      print(*sentence, options.json);
  }
  flush_output();
}

int run(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  const Options options = parse(argc, argv, specs);
  Segmenter segmenter(options.segmenter);
  bool damaged = false;
  for (const Input& input : options.inputs) {
    TextReader reader(input.value, options.encoding);
    for (std::string text = reader.read(); !text.empty(); text = reader.read())
      push(segmenter, text, options);
    while (const auto sentence = segmenter.finish())
      print(*sentence, options.json);
    damaged = damaged || reader.damaged();
  }
  return damaged ? 1 : 0;
}

}  // namespace

Command segment_command() {
  return {
      "segment",
      "[OPTION...] [FILE...]",
      "cuts a text into sentences, and says why each ends",
      "Cuts the files, or standard input as it comes, into sentences: one a line, after the reason "
      "why it ends there.",
      {
          {kLanguage, "language", "LANGUAGE",
           "of the text: FLORES-200, ISO 639 or BCP 47 (default: by script alone)"},
          file_option,
          encoding_option,
          {kChunk, "chunk", "N",
           "pieces of N characters, 0: as they arrive (default: 0); the sentences are the same"},
          {kJoin, "join", "HOW", "verbatim, words: how the pieces join (default: verbatim)"},
          {kMaxChars, "max-chars", "N",
           "longest sentence, wide characters count two, 0: any (default: 0)"},
          {kMinChars, "min-chars", "N", "shorter ones join the next (default: 0)"},
          {kAbbreviations, "abbreviations", "FILE",
           "a list in the format of gst-translate/segment/languages"},
          {kJson, "json", nullptr, "prints one JSON object a line"},
      },
      run,
      files_remark,
  };
}

}  // namespace gst_translate
