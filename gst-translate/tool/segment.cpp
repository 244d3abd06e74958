// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/segment.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/tool/options.h"

namespace gst_translate {

const char* const segment_usage =
    "gst-translate segment [OPTION...]\n"
    "\n"
    "Cuts the text of standard input into sentences, one a line after the reason why it ends "
    "there.\n"
    "\n"
    "  --language LANGUAGE   of the text: FLORES-200, ISO 639 or BCP 47 (default: by script "
    "alone)\n"
    "  --chunk N             pieces of N characters (default: as they arrive); the sentences are\n"
    "                        the same\n"
    "  --join verbatim|words how the pieces join (default: verbatim)\n"
    "  --max-chars N         longest sentence, wide characters count two (default: any)\n"
    "  --min-chars N         shorter ones join the next (default: none)\n"
    "  --abbreviations FILE  a list in the format of gst-translate/segment/languages\n"
    "  --json                prints one JSON object a line\n"
    "  --help, --version\n";

namespace {

struct Options {
  SegmenterOptions segmenter;
  size_t chunk = 0;
  bool json = false;
};

enum Option { kLanguage = 256, kChunk, kJoin, kMaxChars, kMinChars, kAbbreviations, kJson };

const option long_options[] = {{"language", required_argument, nullptr, kLanguage},
                               {"chunk", required_argument, nullptr, kChunk},
                               {"join", required_argument, nullptr, kJoin},
                               {"max-chars", required_argument, nullptr, kMaxChars},
                               {"min-chars", required_argument, nullptr, kMinChars},
                               {"abbreviations", required_argument, nullptr, kAbbreviations},
                               {"json", no_argument, nullptr, kJson},
                               {nullptr, 0, nullptr, 0}};

size_t parse_size(const char* name, const char* text) {
  return static_cast<size_t>(parse_int(name, text, 0));
}

JoinMode parse_join(const std::string& text) {
  if (text == "verbatim") return JoinMode::Verbatim;
  if (text == "words") return JoinMode::Words;
  throw UsageError("--join takes verbatim or words, not \"" + text + "\"");
}

Options parse(int argc, char** argv) {
  Options options;
  SegmenterOptions& segmenter = options.segmenter;
  int found = -1;
  while ((found = next_option(argc, argv, long_options, "")) != -1) {
    switch (found) {
      case kLanguage:
        segmenter.language = optarg;
        if (!find_language(segmenter.language))
          throw UsageError("there is no language \"" + segmenter.language + "\"");
        break;
      case kChunk:
        options.chunk = parse_size("chunk", optarg);
        break;
      case kJoin:
        segmenter.join = parse_join(optarg);
        break;
      case kMaxChars:
        segmenter.max_chars = parse_size("max-chars", optarg);
        break;
      case kMinChars:
        segmenter.min_chars = parse_size("min-chars", optarg);
        break;
      case kAbbreviations:
        segmenter.abbreviations = load_abbreviations(optarg);
        break;
      case kJson:
        options.json = true;
        break;
      default:
        break;
    }
  }
  if (optind < argc) throw UsageError(std::string("\"") + argv[optind] + "\" is no option");
  return options;
}

const char* name_of(CutReason reason) {
  switch (reason) {
    case CutReason::Terminator:
      return "terminator";
    case CutReason::Pause:
      return "pause";
    case CutReason::Deadline:
      return "deadline";
    case CutReason::Length:
      return "length";
    case CutReason::Boundary:
      return "boundary";
    case CutReason::End:
      return "end";
  }
  return "";
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

/// What has arrived on standard input; empty at its end.
std::string read_input() {
  std::array<char, 65536> buffer;
  ssize_t size = -1;
  do
    size = read(STDIN_FILENO, buffer.data(), buffer.size());
  while (size < 0 && errno == EINTR);
  if (size < 0)
    throw Error(Error::Kind::Unreadable,
                std::string("cannot read standard input: ") +
                    std::strerror(errno));  // NOLINT(concurrency-mt-unsafe): there is one thread
  return {buffer.data(), static_cast<size_t>(size)};
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

}  // namespace

int segment_command(int argc, char** argv) {
  const Options options = parse(argc, argv);
  Segmenter segmenter(options.segmenter);
  for (std::string input = read_input(); !input.empty(); input = read_input()) {
    for (size_t begin = 0; begin < input.size();) {
      const size_t end = piece_end(input, begin, options.chunk);
      segmenter.push(std::string_view(input).substr(begin, end - begin));
      begin = end;
      while (const auto sentence = segmenter.next())
        print(*sentence, options.json);
    }
    std::fflush(stdout);
  }
  while (const auto sentence = segmenter.finish())
    print(*sentence, options.json);
  if (const uint64_t invalid = segmenter.invalid_sequences())
    std::fprintf(stderr, "gst-translate: %llu sequences were no UTF-8 and are U+FFFD now\n",
                 static_cast<unsigned long long>(invalid));
  return 0;
}

}  // namespace gst_translate
