// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gst-translate/command-line/input.h"
#include "gst-tts/voice/synthesizer.h"

namespace gst_tts::tool {

struct Options {
  SpeechRequest request;  ///< all but the text
  std::vector<gst_translate::Input> inputs;
  std::string encoding = "auto";
  std::string lexicon;         ///< the file that the request's was read from
  std::string output;          ///< a WAV file, "-": to standard output; empty: raw samples there
  double gap = 0.3;            ///< seconds of silence between two texts
  std::optional<double> slot;  ///< seconds that each text has to fit in
  bool ssml = false;
  bool words = false;
  bool stats = false;
  bool readings = false;
  bool list_voices = false;
};

/// Whether an input is one document of SSML, not a text or a text a line.
bool is_ssml(const Options& options, const gst_translate::Input& input);

/// What the command line may have.
std::vector<gst_translate::OptionSpec> option_specs();

/// Throws `UsageError`, and `Error` Settings for an unknown encoding.
Options parse_options(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs);

}  // namespace gst_tts::tool
