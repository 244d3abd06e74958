// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

/// How an English word sounds, in the International Phonetic Alphabet.
using Pronounce = std::function<std::string(const std::string& word)>;

/// Writes Japanese as it is said, in katakana, for a voice that reads nothing else: phrases with
/// their particles between spaces, marks as they were. Numbers are read with their counters, dates
/// and times as such, Latin words by `english` or letter by letter. Characters that nobody can read
/// are left out and added to `dropped`. `text` is as it was given, not normalized.
///
/// Kana and numbers need no dictionary; the first Chinese character opens it. Throws `Error`:
/// NotFound, Unavailable, as `open_dictionary`.
SourcedText read(const SourcedText& text, const Pronounce& english, size_t& dropped);

}  // namespace gst_tts::japanese
