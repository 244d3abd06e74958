// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <getopt.h>

#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gst_translate {

/// A command line that makes no sense: the message says why, without a full stop.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole number in a range, or number, that an option was given. Throws `UsageError` naming the
/// option.
int parse_int(const char* option, const char* text, int least,
              int most = std::numeric_limits<int>::max());
double parse_number(const char* option, const char* text);

/// The items of a list with commas between them, empty ones left out.
std::vector<std::string> parse_list(const std::string& text);

/// The next option as `getopt_long` gives it, -1 at the end. Throws `UsageError` for one that does
/// not exist or lacks its value, instead of printing.
int next_option(int argc, char** argv, const option* options, const char* short_options);

}  // namespace gst_translate
