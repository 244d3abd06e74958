// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <glib.h>

#include <csignal>
#include <optional>
#include <string>

#include "tools/live/source/descriptor_reader.h"
#include "tools/live/source/text_source.h"
#include "tools/live/source/utterance_lines.h"

namespace gst_lingua_live {

/// A command that gets sound on its standard input and prints what is said, a line an utterance.
class Transcriber {
 public:
  /// Starts it with a shell. Throws `Error` where that cannot be done.
  explicit Transcriber(const std::string& command);
  /// Ends it, by force where it does not end by itself within a second.
  ~Transcriber();
  Transcriber(const Transcriber&) = delete;
  Transcriber& operator=(const Transcriber&) = delete;

  /// Where the sound goes: 16 kHz, mono, S16LE.
  int sound() const { return sound_; }

  /// No more sound comes.
  void end_sound();

  /// Hands its lines over from now on.
  void start(TextSource::Listener listener);

 private:
  std::optional<siginfo_t> has_ended(int options) const;
  std::string wait() const;

  const std::string command_;
  GPid process_ = 0;
  int sound_ = -1, text_ = -1;
  TextSource::Listener listener_;
  UtteranceLines lines_;
  std::optional<DescriptorReader> reader_;
};

}  // namespace gst_lingua_live
