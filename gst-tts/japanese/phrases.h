// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string_view>

#include "gst-tts/japanese/dictionary.h"
#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

/// Puts the readings of morphemes together into phrases with spaces between them. A voice stresses
/// every word, so particles and endings must not be words of their own: トーキョーエ イキマシタ.
class PhraseWriter {
 public:
  /// Appends to `out`.
  explicit PhraseWriter(SourcedText& out) : out_(out) {}

  /// The reading of what stands in [begin, end) of the request's text, in bytes. `role` says
  /// whether it joins the phrase before it.
  void add(std::u32string_view katakana, Role role, size_t begin, size_t end);

  /// A mark, as it is; it ends a phrase.
  void add_mark(char32_t mark, size_t begin, size_t end);

  /// The next reading begins a phrase.
  void end_phrase() { length_ = 0; }

  /// The next noun makes no compound with the last one; a particle still belongs to it.
  void end_compound() { last_ = Role::Symbol; }

 private:
  bool joins(std::u32string_view katakana, Role role) const;

  SourcedText& out_;
  size_t length_ = 0;  ///< of the phrase, 0: none has begun
  Role last_ = Role::Symbol;
  bool stretched_ = false;  ///< the phrase ends with a ー that was written for effect
};

}  // namespace gst_tts::japanese
