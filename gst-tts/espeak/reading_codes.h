// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/espeak/cleaner.h"
#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::espeak {

/// What espeak-ng is given for phonemes by its own names.
std::string phoneme_code(std::string_view names);

/// What espeak-ng is given so that it names each character; empty if it can name none. Adds to
/// `dropped` those that it cannot.
std::string spelling_code(std::string_view characters, const ReadableScripts& readable,
                          size_t& dropped);

/// A cleaned text with the codes in the places of its readings (voice/readings.h), each a word for
/// itself.
SourcedText insert_codes(const SourcedText& text, const std::vector<std::string>& codes);

}  // namespace gst_tts::espeak
