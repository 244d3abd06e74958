// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "gst-tts/espeak/isolated/channel.h"
#include "gst-tts/espeak/library.h"

namespace gst_tts::espeak {

/// Says a clause with the voice that is set, or throws `Error`. What is tested with faults has one
/// of its own.
using Speak = std::function<void(Library&, const Clause&, const Manner&, Channel& listener)>;

/// Sends a clause in pieces as it is made, and that it has ended.
void speak_clause(Library& library, const Clause& clause, const Manner& manner, Channel& listener);

/// What the helper program does. It is a tree of processes,
/// each a fork of the one above at a moment when that has nothing else to do:
///
/// - the first has opened espeak-ng and says nothing;
/// - below it is one for each voice in use, which has set that voice and says nothing either, and
///   for a moment one that looks which voices there are;
/// - below that is one for each utterance, which speaks.
///
/// So each utterance begins from the state in which its voice is after it was set for the first
/// time in a process, whatever others say, and ends with its process. espeak-ng has state that
/// nothing else puts back: the place in the table that makes the pitch flutter, the count of the
/// voice's cycles (espeak-ng/espeak-ng: src/libespeak-ng/wavegen.c, AdvanceParameters and Wavegen).
/// Each process is connected to who asked for it, the first through its standard input, and ends
/// when that connection is closed. Returns the exit status.
int run_helper(const Speak& speak = speak_clause);

}  // namespace gst_tts::espeak
