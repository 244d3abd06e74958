// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/lexicon/lexicon.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"

namespace gst_tts {

using gst_translate::Error;

namespace {

char32_t folded(char32_t c) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

/// A letter or digit that is part of a word, where words stand between spaces.
bool is_of_word(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return false;
    default:
      return u_isalnum(static_cast<UChar32>(c)) != 0;
  }
}

}  // namespace

std::shared_ptr<const Lexicon> Lexicon::read(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(Error::Kind::NotFound, "The lexicon " + path + " cannot be read.");
  auto lexicon = std::make_shared<Lexicon>();
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    const auto refuse = [&](const std::string& reason) {
      throw Error(Error::Kind::Settings, path + ":" + std::to_string(number) + ": " + reason +
                                             ". A line of a lexicon is a word, a language code or "
                                             "*, and what is said for it, parted by tabs.");
    };
    const size_t first = line.find('\t');
    const size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
    if (first == 0 || second == std::string::npos) refuse("this is no word with three parts");
    const std::string code = line.substr(first + 1, second - first - 1);
    const auto* language = gst_translate::find_language(code);
    if (!language && code != "*") refuse("\"" + code + "\" is no language that is known");
    Entry entry{characters(decode(std::string_view(line).substr(0, first))),
                language ? std::string(language->flores) : "",
                characters(decode(std::string_view(line).substr(second + 1))), false};
    entry.any_case = std::all_of(entry.word.begin(), entry.word.end(),
                                 [](char32_t c) { return folded(c) == c; });
    lexicon->entries_.push_back(std::move(entry));
  }
  std::stable_sort(lexicon->entries_.begin(), lexicon->entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.word.size() > b.word.size(); });
  return lexicon;
}

const Lexicon::Entry* Lexicon::find(const SourcedText& text, size_t at,
                                    std::string_view language) const {
  const auto is_here = [&](const Entry& entry) {
    const size_t end = at + entry.word.size();
    if (end > text.size() || (!entry.language.empty() && entry.language != language)) return false;
    for (size_t i = at; i < end; ++i) {
      const char32_t c = text[i].character;
      if ((entry.any_case ? folded(c) : c) != entry.word[i - at]) return false;
    }
    const bool joined_before =
        at > 0 && is_of_word(entry.word.front()) && is_of_word(text[at - 1].character);
    const bool joined_behind =
        end < text.size() && is_of_word(entry.word.back()) && is_of_word(text[end].character);
    return !joined_before && !joined_behind;
  };
  const auto found = std::find_if(entries_.begin(), entries_.end(), is_here);
  return found == entries_.end() ? nullptr : &*found;
}

SourcedText Lexicon::apply(const SourcedText& text, std::string_view language) const {
  SourcedText out;
  for (size_t at = 0; at < text.size();) {
    const Entry* entry = find(text, at, language);
    if (!entry) {
      out.push_back(text[at++]);
      continue;
    }
    const size_t end = at + entry->word.size();
    for (const char32_t c : entry->said)
      out.push_back({c, text[at].begin, text[end - 1].end});
    at = end;
  }
  return out;
}

}  // namespace gst_tts
