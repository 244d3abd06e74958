// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::espeak {

/// The scripts that a voice of espeak-ng reads: Latin and its own. Letters of others it names one
/// by one ("Chinese letter", "Thai letter e three"), or hands to a voice that reads them, which
/// crashes 1.51 now and then (Malayalam, Tamil and Greek within other languages, found by fuzzing).
class ReadableScripts {
 public:
  /// Every script: for a voice that nothing is known of.
  ReadableScripts() = default;

  /// Those of `language` (FLORES-200 code) and of the languages that the voice table gives to
  /// `voice`.
  ReadableScripts(std::string_view language, std::string_view voice);

  bool contains(char32_t letter) const;

  /// Whether the voice has a name for a sign that is heard: § in German.
  bool names(char32_t sign) const;

  /// False for the voices that 1.51 gave no words for numbers: Hebrew, Turkmen.
  bool digits() const { return digits_; }

 private:
  void add(std::string_view iso15924);
  std::optional<std::set<int>> scripts_;  ///< ICU's UScriptCode; nothing: all
  std::string language_;                  ///< espeak-ng's code
  bool digits_ = true;
};

/// Makes a normalized text safe and pleasant for espeak-ng. Taken out: control characters
/// (espeak-ng obeys some), emoji, symbols and letters that it would name. Between words at most one
/// mark is left, with a space behind it, for that is how espeak-ng knows a clause mark; runs of
/// dots and dashes read wrong or crash 1.51 (espeak-ng/espeak-ng#831, #1761). Nothing is left
/// before the first word, nothing but one mark after the last.
///
/// Adds to `dropped` the characters that were to be heard and won't be.
SourcedText clean(const SourcedText& text, const ReadableScripts& readable, size_t& dropped);

/// One past the end of the clause of a cleaned text that begins at `begin`; a space behind it is
/// not part of it. Cut only where espeak-ng itself makes a pause, so that clauses spoken one by one
/// sound as one; a text without marks is cut between words after 300 characters. Clauses shorter
/// than `shortest` are not worth a call of their own: more follows.
size_t clause_end(const SourcedText& text, size_t begin, size_t shortest = 8);

/// Whether a clause ends with a mark that asks for a pause.
bool ends_with_mark(const SourcedText& text, size_t end);

}  // namespace gst_tts::espeak
