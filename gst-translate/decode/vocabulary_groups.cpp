// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/vocabulary_groups.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

constexpr size_t most_groups = 64;  // bits of a set of groups
constexpr uint64_t everything = ~uint64_t{0};

/// Chinese characters and kana stand together: Japanese mixes them within words, and which
/// characters are Chinese alone cannot be told.
UScriptCode merged(UScriptCode script) {
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
                 script == USCRIPT_KATAKANA_OR_HIRAGANA || script == USCRIPT_BOPOMOFO
             ? USCRIPT_HAN
             : script;
}

/// The one script of a piece's letters; common, if it has none or several.
UScriptCode script_of(std::string_view piece) {
  constexpr size_t longest_spelling = 2;  // letters
  constexpr size_t longest_acronym = 4;
  UScriptCode script = USCRIPT_COMMON;
  size_t letters = 0;
  bool capitals = true;
  for (size_t position = 0; position < piece.size();) {
    const auto character = static_cast<UChar32>(next_character(piece, position));
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode own = merged(uscript_getScript(character, &error));
    if (U_FAILURE(error) || own == USCRIPT_COMMON || own == USCRIPT_INHERITED) continue;
    ++letters;
    capitals = capitals && u_isupper(character);
    if (script != USCRIPT_COMMON && own != script) return USCRIPT_COMMON;
    script = own;
  }
  const bool spells = letters <= longest_spelling || (capitals && letters <= longest_acronym);
  return script == USCRIPT_LATIN && spells ? USCRIPT_COMMON : script;
}

/// ISO 15924 codes of languages that are written with a script of ours by another name.
std::string_view script_name(std::string_view script) {
  if (script == "Jpan" || script == "Hans" || script == "Hant") return "Hani";
  return script == "Kore" ? "Hang" : script;
}

}  // namespace

VocabularyGroups VocabularyGroups::sort(const std::vector<std::string>& tokens) {
  VocabularyGroups groups;
  groups.scripts = {""};
  for (const auto& token : tokens) {
    const UScriptCode script = script_of(token);
    uint8_t group = 0;
    if (script != USCRIPT_COMMON) {
      const std::string name = uscript_getShortName(script);
      const auto found = std::find(groups.scripts.begin() + 1, groups.scripts.end(), name);
      group = static_cast<uint8_t>(found - groups.scripts.begin());
      if (found == groups.scripts.end()) {
        if (groups.scripts.size() == most_groups)
          group = 0;
        else
          groups.scripts.push_back(name);
      }
    }
    groups.of.push_back(group);
  }
  return groups;
}

uint64_t VocabularyGroups::for_language(std::string_view language) const {
  const Language* found = find_language(language);
  if (found == nullptr) return everything;
  for (size_t group = 1; group < scripts.size(); ++group)
    if (scripts[group] == script_name(found->script)) return uint64_t{1} << group | 1;
  return everything;
}

}  // namespace gst_translate
