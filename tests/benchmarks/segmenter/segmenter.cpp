// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How fast the segmenter is on one core, and that its memory stays flat:
// segmenter MEGABYTES LANGUAGE=FILE...
// Each file is repeated up to so many megabytes, and pushed in pieces of 4096 bytes.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "gst-translate/segment/segmenter.h"

using namespace gst_translate;

namespace {

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void measure(const std::string& language, const std::string& path, size_t bytes) {
  std::ifstream file(path);
  const std::string once((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (once.empty()) {
    std::fprintf(stderr, "nothing to read in %s\n", path.c_str());
    std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread
  }
  std::string text;
  while (text.size() < (1u << 20))
    text += once;
  SegmenterOptions options;
  options.language = language;
  Segmenter segmenter(options);
  const long memory = peak_kilobytes();
  const std::clock_t cpu = std::clock();
  const auto wall = std::chrono::steady_clock::now();
  size_t pushed = 0, sentences = 0;
  while (pushed < bytes) {
    for (size_t at = 0; at < text.size(); at += 4096) {
      segmenter.push(std::string_view(text).substr(at, 4096));
      while (segmenter.next())
        ++sentences;
    }
    pushed += text.size();
  }
  const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - wall;
  const double megabytes = static_cast<double>(pushed) / 1e6;
  std::printf("%-3s %7.1f MB/s of CPU time, %7.1f MB/s, %6.0f bytes a sentence, +%ld kB  %s\n",
              language.c_str(), megabytes / cpu_seconds, megabytes / seconds.count(),
              static_cast<double>(pushed) / static_cast<double>(sentences),
              peak_kilobytes() - memory, path.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "segmenter MEGABYTES LANGUAGE=FILE...\n");
    return 2;
  }
  const size_t bytes = std::strtoul(argv[1], nullptr, 10) * 1000000;
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    const size_t equals = argument.find('=');
    if (equals == std::string::npos) {
      std::fprintf(stderr, "\"%s\" is not LANGUAGE=FILE\n", argv[i]);
      return 2;
    }
    measure(argument.substr(0, equals), argument.substr(equals + 1), bytes);
  }
  return 0;
}
