// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/capitals.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>

#include <memory>

#include "gst-translate/prepare/breaks.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

std::string locale_of(std::string_view language) {
  const Language* found = find_language(language);
  return std::string(found == nullptr          ? ""
                     : found->iso639_1.empty() ? found->iso639_3
                                               : found->iso639_1);
}

using Mapping = int32_t (*)(const UCaseMap*, char*, int32_t, const char*, int32_t, UErrorCode*);

std::string map_case(std::string_view text, std::string_view language, Mapping mapping) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCaseMap, decltype(&ucasemap_close)> map(
      ucasemap_open(locale_of(language).c_str(), 0, &error), ucasemap_close);
  const auto length = static_cast<int32_t>(text.size());
  std::string mapped(3 * text.size(), '\0');  // no mapping makes more of a byte
  const int32_t size = mapping(map.get(), mapped.data(), static_cast<int32_t>(mapped.size()),
                               text.data(), length, &error);
  if (U_FAILURE(error)) return std::string(text);
  mapped.resize(static_cast<size_t>(size));
  return mapped;
}

std::string with_large_first_letter(std::string text, std::string_view language) {
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const auto character = static_cast<UChar32>(next_character(text, position));
    if (!u_isalpha(character)) continue;
    // A letter by itself knows no language.
    const bool turkish = language == "tur_Latn" || language == "azj_Latn";
    std::string large;
    append_utf8(large,
                turkish && character == 'i' ? U'İ' : static_cast<char32_t>(u_totitle(character)));
    return text.replace(begin, position - begin, large);
  }
  return text;
}

/// A word as it is mostly written, where that is not in small letters: names, German nouns and
/// acronyms have fewer tokens so, since a vocabulary has pieces for what is frequent.
std::string usual_form(std::string_view word, std::string_view language,
                       const Vocabulary& vocabulary) {
  const std::string small = map_case(word, language, ucasemap_utf8ToLower);
  std::string usual = small;
  size_t fewest = vocabulary.tokens(small);
  for (const std::string& other : {with_large_first_letter(small, language), std::string(word)}) {
    const size_t tokens = vocabulary.tokens(other);
    if (tokens >= fewest) continue;
    usual = other;
    fewest = tokens;
  }
  return usual;
}

/// The first letter large, and the English "I".
std::string with_capitals_of_a_sentence(std::string text, std::string_view language) {
  text = with_large_first_letter(std::move(text), language);
  if (language != "eng_Latn") return text;
  for (const TextRange& word : break_text(text, Break::Word)) {
    const std::string_view whole(text.data() + word.begin, word.end - word.begin);
    if (whole == "i" || whole.substr(0, 2) == "i'" || whole.substr(0, 4) == "i’")
      text[word.begin] = 'I';
  }
  return text;
}

}  // namespace

bool is_in_capitals(std::string_view text, const std::vector<TextRange>& kept,
                    std::string_view language, const Vocabulary& vocabulary) {
  constexpr size_t most_small = 10;  // one of so many letters
  size_t capitals = 0, small = 0;
  std::vector<std::string_view> words;  // of two capitals or more
  for (const TextRange& word : break_text(text, Break::Word)) {
    if (find_overlap(kept, word) != nullptr) continue;
    const std::string_view whole = text.substr(word.begin, word.end - word.begin);
    size_t own = 0;
    for (size_t position = 0; position < whole.size();) {
      const auto character = static_cast<UChar32>(next_character(whole, position));
      own += u_isupper(character) ? 1U : 0U;
      small += u_islower(character) ? 1U : 0U;
    }
    capitals += own;
    if (own >= 2) words.push_back(whole);
  }
  if (words.empty() || small * most_small > capitals + small) return false;
  return words.size() > 1 || vocabulary.tokens(to_sentence_case(
                                 words[0], {}, language, vocabulary)) < vocabulary.tokens(words[0]);
}

std::string to_sentence_case(std::string_view text, const std::vector<TextRange>& kept,
                             std::string_view language, const Vocabulary& vocabulary) {
  std::string changed;
  for (const TextRange& range : break_text(text, Break::Word)) {
    const std::string_view word = text.substr(range.begin, range.end - range.begin);
    if (find_overlap(kept, range) != nullptr)
      changed += word;
    else
      changed += usual_form(word, language, vocabulary);
  }
  return with_capitals_of_a_sentence(std::move(changed), language);
}

std::string to_capitals(std::string_view text, std::string_view language) {
  const Language* found = find_language(language);
  if (found != nullptr && found->script == "Geor") return std::string(text);
  return map_case(text, language, ucasemap_utf8ToUpper);
}

}  // namespace gst_translate
