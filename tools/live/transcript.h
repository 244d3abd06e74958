// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "tools/live/speech.h"

namespace gst_lingua_live {

/// A sentence in one language.
struct Translation {
  std::string text;
  bool spoken = false;           ///< the next two are known
  GstClockTime start = 0;        ///< of its speech
  GstClockTime speech_time = 0;  ///< how long that lasts
};

struct Sentence {
  uint64_t id = 0;  ///< counts from 1
  GstClockTime time = 0, duration = 0;
  std::string original, speaker;
  std::map<std::string, Translation> translations;  ///< by language
};

/// What was said so far, the latest sentences only. For one thread.
class Transcript {
 public:
  /// `most`: sentences that are kept.
  explicit Transcript(size_t most) : most_(most) {}

  /// Returns its sentence, new or known from another language, which is valid until the next call.
  const Sentence& add(const Caption& caption);

  /// Finds whose speech it is; nullptr if nobody's (yet: the caption may come later, `add` then
  /// finds it).
  const Sentence* add(const Speech& speech);

  const std::deque<Sentence>& sentences() const { return sentences_; }

  /// As files, in one language; `language` may be one that is not there, which gives the original.
  std::string as_text(const std::string& language) const;
  std::string as_srt(const std::string& language) const;
  std::string as_webvtt(const std::string& language) const;

  /// What is to be read in that language, and from when till when, ns of running time.
  struct Cue {
    uint64_t id;  ///< of its sentence
    GstClockTime start, end;
    std::string text;
  };
  /// Those after the sentence `last_id`.
  std::deque<Cue> cues(const std::string& language, uint64_t last_id = 0) const;

 private:
  Sentence* find(GstClockTime time);
  Sentence* find_unspoken(const Speech& speech);

  const size_t most_;
  uint64_t last_id_ = 0;
  std::deque<Sentence> sentences_;
  std::deque<Speech> early_;  ///< speech that came before its caption
};

/// The text of a cue in a WebVTT file.
std::string webvtt_text(const std::string& text);

}  // namespace gst_lingua_live
