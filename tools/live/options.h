// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

#include "gst-translate/command-line/options.h"

namespace gst_lingua_live {

/// What the command line says.
struct Options {
  // What is translated.
  std::string input = "-";  ///< standard input, a file, a URI; empty with `microphone`
  bool microphone = false;
  std::string encoding = "auto";  ///< of text that is read
  std::string transcriber;        ///< a command; empty: the input is text, or has some
  bool utterances = false;        ///< each line of standard input is one
  bool loop = false;
  double max_wait = 10;  ///< seconds that an unfinished sentence may wait

  // Into what.
  std::string from = "en";
  std::vector<std::string> to;  ///< BCP 47 codes, without doubles
  std::string model, device;
  double max_lag = 5;   ///< seconds of speech behind its caption; negative: any
  bool silent = false;  ///< no speech

  // The page.
  std::string title = "Live translation";
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string token;
  int max_clients = 100;
  int transcript = 10000;  ///< sentences that are kept
  bool open = false;       ///< shows it in a browser
  bool end_with_input = false;

  // Further outputs; empty: none.
  std::string hls, srt, icecast;
};

/// The table of options.
std::vector<gst_translate::OptionSpec> option_specs();

/// Throws `UsageError` for what makes no sense.
Options parse_options(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs);

}  // namespace gst_lingua_live
