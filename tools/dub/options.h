// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gst-translate/command-line/options.h"

namespace gst_lingua_dub {

/// What becomes of the film's own sound.
enum class Original {
  Keep,  ///< it stays a track of its own; the dubbed ones have speech alone
  Duck,  ///< likewise, and it is also heard under the speech, lower
  Drop,  ///< it goes away
};

struct Options {
  std::string film;
  std::vector<std::string> to;  ///< language codes
  std::string output;
  std::string from;       ///< a language code; empty: as the subtitles are tagged
  std::string subtitles;  ///< a file; empty: found
  std::string encoding = "auto";
  Original original = Original::Duck;
  double duck_db = 15;     ///< by how much the film's sound goes down under speech
  bool sentences = false;  ///< made of the cues before they are translated
  std::string model;       ///< empty: the bundled one
  int beams = 0;           ///< 0: the model's own
  double rate = 0;         ///< of the voices; 0: their own
  /// Of the elements, by "ELEMENT::PROPERTY".
  std::vector<std::pair<std::string, std::string>> properties;
};

/// What the command line may have.
std::vector<gst_translate::OptionSpec> option_specs();

/// Throws `UsageError`, and `Error` Settings for an unknown encoding.
Options parse_options(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs);

}  // namespace gst_lingua_dub
