// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/language_name.h"

#include <algorithm>
#include <cctype>

#include "gst-translate/text/language.h"

namespace gst_translate {

namespace {

bool equal_letters(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

/// Whether `word` is a name or a word of it: "Arabic" of "Modern Standard Arabic".
bool is_in_name(std::string_view word, std::string_view name) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (auto found = name.begin();; ++found) {
    found = std::search(found, name.end(), word.begin(), word.end(), equal_letters);
    if (found == name.end()) return false;
    const auto end = found + static_cast<std::ptrdiff_t>(word.size());
    if ((found == name.begin() || !is_letter(found[-1])) && (end == name.end() || !is_letter(*end)))
      return true;
  }
}

}  // namespace

std::string code_of_name(std::string_view word) {
  constexpr size_t shortest_name = 3;
  if (word.size() < shortest_name) return {};
  const Language* named = nullptr;
  for (const Language& language : languages())
    if (is_in_name(word, language.name) &&
        (named == nullptr || language.bcp47.size() < named->bcp47.size()))
      named = &language;
  if (named == nullptr) return {};
  return "; " + std::string(named->name) + " is " + std::string(named->flores);
}

}  // namespace gst_translate
