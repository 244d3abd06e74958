// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gst_tts::japanese {

/// What a morpheme does in a sentence, as far as speaking it asks.
enum class Role {
  Content,  ///< begins a phrase: a verb, an adjective, an adverb
  Noun,     ///< likewise, and makes compounds with nouns beside it
  Numeral,
  Counter,   ///< behind a number
  Prefix,    ///< belongs to what follows
  Attached,  ///< belongs to what precedes: a particle, an ending, an auxiliary
  Symbol,
};

struct Morpheme {
  size_t begin = 0;  ///< characters from the start of the text
  size_t end = 0;    ///< likewise, one past the last one
  Role role = Role::Content;
  std::u32string pronunciation;  ///< katakana, as it is said (particle は: ワ); empty if unknown
};

/// Cuts Japanese into morphemes and knows how they are said. Thread-safe.
class Dictionary {
 public:
  virtual ~Dictionary() = default;
  virtual std::vector<Morpheme> parse(std::u32string_view text) const = 0;

  /// How unlikely a text is, to compare two ways of writing the same one.
  virtual long cost(std::u32string_view text) const = 0;
};

/// The dictionary of GST_LINGUA_MECAB_DICTIONARY (a folder) where that is set, else Open JTalk's
/// naist-jdic, else the one that mecabrc names, else the first of the usual folders that holds one
/// in UTF-8 with pronunciations (ipadic's format). Opened at first use and shared. Throws `Error`:
/// NotFound, naming the package to install; Unavailable in a build without MeCab.
std::shared_ptr<const Dictionary> open_dictionary();

}  // namespace gst_tts::japanese
