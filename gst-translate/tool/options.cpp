// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/options.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace gst_translate {

int parse_int(const char* option, const char* text, int least, int most) {
  char* end = nullptr;
  errno = 0;
  const long value = std::strtol(text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || value < least || value > most) {
    const bool bounded = most < std::numeric_limits<int>::max();
    throw UsageError(std::string("--") + option + " needs a whole number " +
                     (bounded ? "from " + std::to_string(least) + " to " + std::to_string(most)
                              : "of at least " + std::to_string(least)) +
                     ", not \"" + text + "\"");
  }
  return static_cast<int>(value);
}

double parse_number(const char* option, const char* text) {
  char* end = nullptr;
  errno = 0;
  const double value = std::strtod(text, &end);
  if (end == text || *end != '\0' || errno != 0)
    throw UsageError(std::string("--") + option + " needs a number, not \"" + text + "\"");
  return value;
}

std::vector<std::string> parse_list(const std::string& text) {
  std::vector<std::string> items;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) items.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return items;
}

int next_option(int argc, char** argv, const option* options, const char* short_options) {
  // A leading colon has getopt tell a missing value from an unknown option, and print neither.
  const std::string letters = std::string(":") + short_options;
  opterr = 0;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command line is read before any thread starts
  const int found = getopt_long(argc, argv, letters.c_str(), options, nullptr);
  if (found == '?') throw UsageError(std::string("there is no option ") + argv[optind - 1]);
  if (found == ':') throw UsageError(std::string(argv[optind - 1]) + " needs a value");
  return found;
}

}  // namespace gst_translate
