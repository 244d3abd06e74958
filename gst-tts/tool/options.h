// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::tool {

/// A command line that makes no sense; `what()` is for the user.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Options {
  enum class Action { Speak, ListVoices, Help, Version };
  Action action = Action::Speak;
  SpeechRequest request;           ///< all but the text
  std::vector<std::string> texts;  ///< none: the lines of standard input
  std::string output;              ///< a WAV file; empty: raw samples to standard output
  double gap = 0.3;                ///< seconds of silence between two texts
  std::optional<double> slot;      ///< seconds that each text has to fit in
  bool words = false;
  bool stats = false;
};

/// Throws `UsageError`.
Options parse_options(int argc, char** argv);

/// What `--help` prints.
std::string help();

}  // namespace gst_tts::tool
