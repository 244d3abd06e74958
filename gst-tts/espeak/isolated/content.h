// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gst-tts/espeak/espeak.h"

// What messages hold, as bytes: both processes are of one machine and one build, which the greeting
// makes sure of. `read_` functions give nothing where the bytes are no such thing.

namespace gst_tts::espeak {

/// What the helper says of itself when it has opened espeak-ng.
struct Greeting {
  std::string build;  ///< of gst-lingua: the two must be the same
  int sample_rate = 0;
  std::string version;      ///< espeak-ng's
  std::string data_folder;  ///< likewise
};

std::string write_greeting(const Greeting& greeting);
std::optional<Greeting> read_greeting(std::string_view bytes);

/// A clause, and how it is to be spoken. The voice is not among it: the speaker has one.
std::string write_clause(const Clause& clause, const Manner& manner);
bool read_clause(std::string_view bytes, Clause& clause, Manner& manner);

/// Of voices, one a line.
std::string write_names(const std::set<std::string>& names);
std::set<std::string> read_names(std::string_view bytes);

std::string write_sound(const ClauseSound& sound);
std::optional<ClauseSound> read_sound(std::string_view bytes);

std::string write_error(const Error& error);
Error read_error(std::string_view bytes);

}  // namespace gst_tts::espeak
