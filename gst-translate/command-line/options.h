// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace gst_translate {

/// A command line that makes no sense: the message says why, without a full stop.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One option: what is read from the command line, and what `--help`, the man page and the shell's
/// completion say of it.
struct OptionSpec {
  int key;            ///< what `OptionReader` gives; a letter is the short option, too
  const char* name;   ///< "language"
  const char* value;  ///< "CODE"; nullptr: it takes none
  const char* help;   ///< one sentence without a capital and a full stop
};

/// The options of a command line, in any order and mixed with arguments, as GNU's getopt_long reads
/// them. One at a time in a process.
class OptionReader {
 public:
  static constexpr int end = -1;

  /// `argv[0]` is the command's name. All live as long as the reader.
  OptionReader(int argc, char** argv, const std::vector<OptionSpec>& specs);

  /// The next option's key, or `end`. Throws `UsageError` for an option that does not exist, or
  /// lacks its value, or has one and takes none.
  int next();

  /// What the option was given.
  const char* value() const;

  /// What is no option; whole at the end.
  std::vector<std::string> arguments() const;

 private:
  int argc_;
  char** argv_;
  const std::vector<OptionSpec>& specs_;
};

/// The whole number in a range, or number, that an option was given. Throws `UsageError` naming the
/// option.
int parse_int(const char* option, const char* text, int least,
              int most = std::numeric_limits<int>::max());
double parse_number(const char* option, const char* text,
                    double least = -std::numeric_limits<double>::infinity(),
                    double most = std::numeric_limits<double>::infinity());

/// The items of a list with commas between them, without spaces around them; empty ones left out.
std::vector<std::string> parse_list(const std::string& text);

}  // namespace gst_translate
