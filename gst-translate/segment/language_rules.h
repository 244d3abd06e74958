// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gst-translate/segment/characters.h"

namespace gst_translate::segment {

/// When the full stop of an abbreviation ends a sentence too. One word may be of several classes.
enum AbbreviationClass : uint8_t {
  never_ends = 1,            ///< "Dr.", "e.g."
  before_number = 2,         ///< "No.", "p.": not before a number
  unit = 4,                  ///< "km.", "г.": after a number, as `before_number`
  may_end = 8,               ///< "etc.", "a.m.": before a capital
  ends_before_starter = 16,  ///< "Co.", "U.S.": before a word that begins sentences
};

/// The lists of words that are not abbreviations; docs/segmentation.md says what each is for.
enum class WordList : uint8_t {
  Starters,
  AfterOrdinal,
  BeforeOrdinal,
  Prepositions,
  Hesitations,
  Elisions,
  Exclamations,
  EndsBeforeEllipsis,
  EndsBeforeSpace,
  AfterQuotation,
  VerbsOfSaying,
  Titles,
  FiniteVerbs,
  FiniteVerbEndings,
  Determiners,
  NameParts,
  AfterTime,
  Extensions,
};

/// How a word is written, which tells the abbreviation "ca." from the state CA.
enum class Spelling : uint8_t { Small, Capital, Capitals };

/// The spelling of a word of the text or of a list: Capitals are two or more letters.
Spelling spelling_of(std::u32string_view word);

/// An entry of the lists, or a part of one.
struct Abbreviation {
  uint8_t small = 0;         ///< classes, sets of `AbbreviationClass`, of an entry in small letters
  uint8_t capital = 0;       ///< of one that begins with a capital
  uint8_t capitals = 0;      ///< of one in capitals
  bool ends_phrase = false;  ///< some entry of several words ends with this one: "et al."
  bool begins_spaced = false;  ///< some entry with spaces begins with this part: "EE. UU."

  /// The classes for a word of the text. An entry in small letters matches with a capital too; the
  /// others only what is written like them.
  uint8_t classes(Spelling spelling) const {
    if (spelling == Spelling::Capitals) return capitals;
    return spelling == Spelling::Capital ? static_cast<uint8_t>(small | capital) : small;
  }
};

/// What the sentences of one language ask to know, read from the lists in segment/languages.
class LanguageRules {
 public:
  /// The rules of a language by any code that `find_language` knows: those that all share, and its
  /// own where it has a list. A language that is unknown or empty has those of all and of English.
  /// Read once and kept: those who ask again share them. Thread-safe.
  static std::shared_ptr<const LanguageRules> of(std::string_view language);

  /// Adds one line of a list. Throws Error that says what is wrong with it.
  void add_line(std::string_view line);

  /// True where "3." is an ordinal: 3. Oktober.
  bool has_ordinals() const { return has_ordinals_; }

  /// True where ? ! : ; and closing quotes have a space before them: Tu viens ?
  bool has_spaced_marks() const { return has_spaced_marks_; }

  /// What the lists say of a word in lower case without its last full stop; nullptr: nothing.
  const Abbreviation* find(const std::u32string& word) const;

  /// The same for the longest listed end of a word, as "-str." is of "Hauptstr.".
  const Abbreviation* find_ending(std::u32string_view word) const;

  /// True if the list has this word, in lower case.
  bool has(WordList list, std::u32string_view word) const;

  /// True if a word of the list stands at `position`, alone or before an apostrophe ("it's"). Reads
  /// no further than it takes to know.
  bool has_word_at(WordList list, Reader& reader, size_t position) const;

  /// The length of the longest word of the list that the text at `position` begins with; 0: none.
  /// For scripts without spaces. Reads no further than it takes to know.
  size_t longest_at(WordList list, Reader& reader, size_t position) const;

  /// True if `text` ends with a word of the list.
  bool ends_with(WordList list, std::u32string_view text) const;

  bool is_empty(WordList list) const { return words(list).empty(); }

 private:
  using Words = std::set<std::u32string, std::less<>>;

  static constexpr size_t word_lists = static_cast<size_t>(WordList::Extensions) + 1;

  const Words& words(WordList list) const { return words_[static_cast<size_t>(list)]; }
  bool has_prefix(WordList list, std::u32string_view prefix) const;
  void begin_list(std::string_view name);
  void add_word(std::string_view word);

  std::unordered_map<std::u32string, Abbreviation> abbreviations_;
  std::array<Words, word_lists> words_;
  std::array<size_t, word_lists> longest_{};
  size_t longest_ending_ = 0;
  bool has_ordinals_ = false;
  bool has_spaced_marks_ = false;
  uint8_t current_class_ = never_ends;          // of the list that the next lines belong to
  WordList current_list_ = WordList::Starters;  // where current_class_ is 0
};

}  // namespace gst_translate::segment
