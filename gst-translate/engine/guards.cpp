// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/guards.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "gst-translate/engine/split.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

/// Letters and digits, in lower case: what remains of a copy under other punctuation.
std::u32string essence(std::string_view text) {
  std::u32string letters;
  for (size_t position = 0; position < text.size();) {
    const auto character = static_cast<UChar32>(next_character(text, position));
    if (u_isalnum(character)) letters.push_back(static_cast<char32_t>(u_tolower(character)));
  }
  return letters;
}

/// Names and codes are right untranslated: only a text of some length counts as copied.
bool is_copy(const GuardedText& text) {
  constexpr size_t shortest = 20;
  const std::u32string source = essence(text.source);
  return source.size() >= shortest && source == essence(text.translation);
}

bool has_wrong_script(const GuardedText& text) {
  constexpr size_t fewest_letters = 8;
  constexpr double least_share = 0.3;
  const Language* source = find_language(text.source_language);
  const Language* target = find_language(text.target_language);
  if (source == nullptr || target == nullptr) return false;
  const ScriptShare share = script_share(text.translation, target->script);
  if (share.letters < fewest_letters || share.share() >= least_share) return false;
  // A source that is not written in its own script either (names, code) explains it.
  return script_share(text.source, source->script).share() >= least_share;
}

/// Languages differ in how many characters they need, but hardly by this much.
bool has_wrong_length(const GuardedText& text) {
  constexpr double most_times = 6;
  constexpr double shortest = 24;  // units; short texts vary more
  const auto source = static_cast<double>(text_width(text.source));
  const auto translation = static_cast<double>(text_width(text.translation));
  return std::max(source, translation) >= shortest &&
         (translation > most_times * source || source > most_times * translation);
}

}  // namespace

bool has_loop(const std::vector<int32_t>& ids) {
  constexpr size_t longest = 12;  // ids in a round
  for (size_t round = 1; round <= longest; ++round) {
    // A long round is suspicious sooner than "ha ha ha ha".
    const size_t needed = round * (round == 1 ? 7 : round <= 3 ? 4 : 3);
    size_t run = round;
    for (size_t i = round; i < ids.size(); ++i) {
      run = ids[i] == ids[i - round] ? run + 1 : round;
      if (run >= needed) return true;
    }
  }
  return false;
}

Flaw find_flaws(const GuardedText& text) {
  Flaw flaws = Flaw::None;
  const bool empty = essence(text.translation).empty();
  if (empty && !essence(text.source).empty()) return Flaw::Empty;
  if (has_loop(text.ids) && !has_loop(text.source_ids)) flaws = flaws | Flaw::Loop;
  if (text.source_language != text.target_language && is_copy(text)) flaws = flaws | Flaw::Copied;
  if (has_wrong_script(text)) flaws = flaws | Flaw::WrongScript;
  if (has_wrong_length(text)) flaws = flaws | Flaw::Length;
  return flaws;
}

int count_flaws(Flaw flaws) {
  int count = 0;
  for (auto bits = static_cast<uint32_t>(flaws); bits != 0; bits &= bits - 1)
    ++count;
  return count;
}

}  // namespace gst_translate
