// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/reading_codes.h"

#include <utility>

#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/readings.h"

namespace gst_tts::espeak {

namespace {

/// A command amid the text, as espeak-ng's own reader of SSML makes it: characters are named from
/// here on, or no longer (espeak-ng/espeak-ng:src/libespeak-ng/ssml.c, translate.h: SAYAS_CHARS).
constexpr std::string_view begin_spelling =
    "\x01"
    "18Y";
constexpr std::string_view end_spelling =
    "\x01"
    "0Y";

constexpr size_t longest_spelling = 100;  ///< bytes: no clause of espeak-ng is cut within it

void append_command(std::string& code, std::string_view spelled) {
  if (spelled.empty()) return;
  if (!code.empty()) code += ' ';
  (code += begin_spelling) += spelled;
  code += end_spelling;
}

}  // namespace

std::string phoneme_code(std::string_view names) {
  return "[[" + std::string(names) + "]]";
}

std::string spelling_code(std::string_view characters, const ReadableScripts& readable,
                          size_t& dropped) {
  // Each character is cleaned as if it stood alone.
  std::string code, spelled;
  for (const SourcedCharacter& c : normalize(decode(characters))) {
    const SourcedText one = clean({c}, readable, dropped);
    for (const SourcedCharacter& each : one)
      if (each.character != ' ') gst_translate::append_utf8(spelled, each.character);
    if (spelled.size() >= longest_spelling) append_command(code, std::exchange(spelled, {}));
  }
  append_command(code, spelled);
  return code;
}

SourcedText insert_codes(const SourcedText& text, const std::vector<std::string>& codes) {
  SourcedText out;
  out.reserve(text.size());
  const auto space = [&](const SourcedCharacter& at) {
    if (!out.empty() && out.back().character != ' ') out.push_back({U' ', at.begin, at.begin});
  };
  bool behind_code = false;
  for (const SourcedCharacter& c : text) {
    if (!is_reading(c.character)) {
      // A letter that touches a code is a word of its own; a mark belongs to the code.
      if (behind_code && c.character != ' ' && !ends_with_mark({c}, 1)) space(c);
      out.push_back(c);
      behind_code = false;
      continue;
    }
    space(c);
    for (const char code : codes.at(c.character - first_reading))
      out.push_back({static_cast<unsigned char>(code), c.begin, c.end});
    behind_code = true;
  }
  return out;
}

}  // namespace gst_tts::espeak
