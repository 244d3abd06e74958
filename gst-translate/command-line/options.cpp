// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/command-line/options.h"

#include <getopt.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "gst-translate/command-line/suggestion.h"

namespace gst_translate {

OptionReader::OptionReader(int argc, char** argv, const std::vector<OptionSpec>& specs)
    : argc_(argc), argv_(argv), specs_(specs) {
  optind = 1;
  opterr = 0;
}

int OptionReader::next() {
  // A leading colon has getopt tell a missing value from an unknown option, and print neither.
  std::string letters = ":";
  std::vector<option> options;
  for (const OptionSpec& spec : specs_) {
    const int has_value = spec.value != nullptr ? required_argument : no_argument;
    options.push_back({spec.name, has_value, nullptr, spec.key});
    if (spec.key > 0x7F) continue;
    letters += static_cast<char>(spec.key);
    if (spec.value != nullptr) letters += ':';
  }
  options.push_back({nullptr, 0, nullptr, 0});
  const int index = optind;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command line is read before any thread starts
  const int found = getopt_long(argc_, argv_, letters.c_str(), options.data(), nullptr);
  if (found != '?' && found != ':') return found;
  // getopt names the letter; a long option is the word that it has just passed, or stands at.
  const std::string word = argv_[std::max(optind - 1, index)];
  const bool is_long = word.rfind("--", 0) == 0;
  const std::string name =
      is_long ? word.substr(0, word.find('=')) : std::string("-") + static_cast<char>(optopt);
  if (found == ':') throw UsageError(name + " needs a value");
  if (is_long && optopt != 0) throw UsageError(name + " takes no value");
  std::vector<std::string> names = {"--help", "--version"};
  for (const OptionSpec& spec : specs_)
    names.push_back(std::string("--") + spec.name);
  throw UsageError("there is no option " + name + suggestion(name, names));
}

const char* OptionReader::value() const {
  return optarg;
}

std::vector<std::string> OptionReader::arguments() const {
  return {argv_ + optind, argv_ + argc_};
}

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

double parse_number(const char* option, const char* text, double least, double most) {
  char* end = nullptr;
  errno = 0;
  const double value = std::strtod(text, &end);
  if (end == text || *end != '\0' || errno != 0 || !std::isfinite(value) || value < least ||
      value > most) {
    std::ostringstream message;
    message << "--" << option << " needs a number";
    if (std::isfinite(least)) message << " from " << least << " to " << most;
    message << ", not \"" << text << '"';
    throw UsageError(message.str());
  }
  return value;
}

std::vector<std::string> parse_list(const std::string& text) {
  std::vector<std::string> items;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const size_t first = text.find_first_not_of(' ', begin);
    if (first < end)
      items.push_back(text.substr(first, text.find_last_not_of(' ', end - 1) + 1 - first));
    begin = end + 1;
  }
  return items;
}

}  // namespace gst_translate
