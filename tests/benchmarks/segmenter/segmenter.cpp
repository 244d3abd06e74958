// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How fast the segmenter is on one core, and that its memory stays flat:
// segmenter [MEGABYTES [LANGUAGE=FILE...]]
// Each text is repeated up to so many megabytes (100), and pushed in pieces of 4096 bytes. Without
// files: the texts of tests/data, plain sentences and the examples of rules, in which every full
// stop is a hard one. Time is that of the processor, so other programs disturb little.

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "gst-translate/segment/segmenter.h"

using namespace gst_translate;

namespace {

constexpr size_t default_megabytes = 100;
constexpr size_t piece = 4096;

struct Text {
  std::string language;
  std::string name;
  std::string content;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (content.empty()) throw std::runtime_error("nothing to read in " + path);
  return content;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

/// The examples of one language in rules.txt, as running text.
Text examples(const std::string& rules, const std::string& language) {
  Text text{language, "examples of rules", ""};
  const std::string key = "\n" + language + ": ";
  for (size_t at = 0; (at = rules.find(key, at)) != std::string::npos;) {
    at += key.size();
    text.content += rules.substr(at, rules.find('\n', at) + 1 - at);
  }
  replace_all(text.content, "‖", "");
  replace_all(text.content, "\\n", "\n");
  return text;
}

std::vector<Text> default_texts() {
  const char* folder = std::getenv("GST_LINGUA_TEST_DATA");  // NOLINT(concurrency-mt-unsafe)
  const std::string data = folder ? folder : "tests/data";
  std::vector<Text> texts;
  for (const char* language : {"eng", "deu", "fra", "spa", "jpn"})
    texts.push_back({language, "sentences", read_file(data + "/sentences." + language + ".txt")});
  const std::string rules = read_file(data + "/segmentation/rules.txt");
  for (const char* language : {"en", "de", "ru", "el", "ar", "hi", "ko", "zh", "ja"})
    texts.push_back(examples(rules, language));
  return texts;
}

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void measure(const Text& text, size_t bytes) {
  std::string block;
  while (block.size() < (1u << 20))
    block += text.content;
  SegmenterOptions options;
  options.language = text.language;
  options.max_chars = 500;  // as textsegmenter has it
  Segmenter segmenter(options);
  const long memory = peak_kilobytes();
  const std::clock_t start = std::clock();
  size_t pushed = 0, sentences = 0;
  while (pushed < bytes) {
    for (size_t at = 0; at < block.size(); at += piece) {
      segmenter.push(std::string_view(block).substr(at, piece));
      while (segmenter.next())
        ++sentences;
    }
    pushed += block.size();
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%-8s  %-18s  %7.1f  %16.1f  %15ld\n", text.language.c_str(), text.name.c_str(),
              static_cast<double>(pushed) / 1e6 / seconds,
              static_cast<double>(pushed) / static_cast<double>(sentences),
              peak_kilobytes() - memory);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const size_t megabytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : default_megabytes;
    std::vector<Text> texts;
    for (int i = 2; i < argc; ++i) {
      const std::string argument = argv[i];
      const size_t equals = argument.find('=');
      if (equals == std::string::npos) throw std::runtime_error(argument + " is not LANGUAGE=FILE");
      const std::string path = argument.substr(equals + 1);
      texts.push_back({argument.substr(0, equals), path, read_file(path)});
    }
    if (texts.empty()) texts = default_texts();
    std::printf("%-8s  %-18s  %7s  %16s  %15s\n", "language", "text", "MB/s", "bytes a sentence",
                "memory grows kB");
    for (const Text& text : texts)
      measure(text, megabytes * 1000000);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "segmenter: %s\n", error.what());
    return 2;
  }
  return 0;
}
