// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/lexicon/lexicon.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/lines.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/characters.h"
#include "gst-tts/voice/phonetic_alphabet.h"
#include "gst-tts/voice/readings.h"

namespace gst_tts {

using gst_translate::Error;
using gst_translate::is_white_space;

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
      return is_letter_or_digit(c);
  }
}

bool is_between(std::string_view text, std::string_view begin, std::string_view end) {
  return text.size() > begin.size() + end.size() && text.substr(0, begin.size()) == begin &&
         text.substr(text.size() - end.size()) == end;
}

/// "U+1F600 (😀)"
std::string name_of(char32_t character) {
  std::array<char, 16> number{};
  std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(character));
  std::string sign;
  gst_translate::append_utf8(sign, character);
  return std::string(number.data()) + " (" + sign + ")";
}

/// The phonemes that the third part of a line is; without a reading where it is words.
Reading reading_of(std::string_view said) {
  Reading reading;
  if (is_between(said, "/", "/")) {
    reading.kind = Reading::Kind::Ipa;
    reading.said = said.substr(1, said.size() - 2);
  } else if (is_between(said, "[[", "]]")) {
    reading.kind = Reading::Kind::Espeak;
    reading.said = said.substr(2, said.size() - 4);
  }
  return reading;
}

/// What is wrong with it; empty where nothing is.
std::string flaw_of(const Reading& reading) {
  if (reading.kind == Reading::Kind::Espeak && !are_espeak_names(reading.said))
    return "espeak-ng's names of phonemes, between double brackets, are ASCII and have no space "
           "and "
           "no bracket";
  if (reading.kind != Reading::Kind::Ipa) return {};
  const char32_t foreign = find_foreign_sign(reading.said);
  if (foreign == 0) return {};
  return name_of(foreign) +
         " is no sign of the International Phonetic Alphabet, which stands between strokes";
}

}  // namespace

Lexicon::Entry Lexicon::entry_of(const std::string& line) {
  const auto refuse = [](const std::string& reason) {
    throw Error(Error::Kind::Settings, reason +
                                           ". A line of a lexicon is a word, a language code or *, "
                                           "and what is said for it, parted by tabs.");
  };
  const size_t first = line.find('\t');
  const size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
  if (first == 0 || second == std::string::npos) refuse("this is no word with three parts");
  const std::string code = line.substr(first + 1, second - first - 1);
  const auto* language = gst_translate::find_language(code);
  if (!language && code != "*") refuse("\"" + code + "\" is no language that is known");
  const std::string_view said = std::string_view(line).substr(second + 1);
  Entry entry{characters(decode(std::string_view(line).substr(0, first))),
              language ? std::string(language->flores) : "",
              characters(decode(said)),
              {},
              false};
  entry.reading = reading_of(said);
  if (const std::string flaw = flaw_of(entry.reading); !flaw.empty()) refuse(flaw);
  entry.any_case =
      std::all_of(entry.word.begin(), entry.word.end(), [](char32_t c) { return folded(c) == c; });
  return entry;
}

std::shared_ptr<const Lexicon> Lexicon::read(const std::string& path) {
  auto lexicon = std::make_shared<Lexicon>();
  gst_translate::for_each_line(path, "lexicon", [&](const std::string& line) {
    if (line.empty() || line[0] == '#') return;
    Entry entry = entry_of(line);
    lexicon->entries_[folded(entry.word.front())].push_back(std::move(entry));
  });
  for (auto& [first, entries] : lexicon->entries_) {
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      if (a.word.size() != b.word.size()) return a.word.size() > b.word.size();
      return !a.language.empty() && b.language.empty();
    });
  }
  return lexicon;
}

/// The best entry whose word stands at `at`, and one past its end in the text.
const Lexicon::Entry* Lexicon::find(const SourcedText& text, size_t at, std::string_view language,
                                    size_t& end) const {
  const auto of_letter = entries_.find(folded(text[at].character));
  if (of_letter == entries_.end()) return nullptr;
  const auto is_here = [&](const Entry& entry) {
    if (!entry.language.empty() && entry.language != language) return false;
    end = at;
    for (const char32_t wanted : entry.word) {
      if (end == text.size()) return false;
      const char32_t c = text[end].character;
      if (is_white_space(wanted) && is_white_space(c)) {
        end = skip_spaces(text, end);
        continue;
      }
      if ((entry.any_case ? folded(c) : c) != wanted) return false;
      ++end;
    }
    const bool joined_before =
        at > 0 && is_of_word(entry.word.front()) && is_of_word(text[at - 1].character);
    const bool joined_behind =
        end < text.size() && is_of_word(entry.word.back()) && is_of_word(text[end].character);
    return !joined_before && !joined_behind;
  };
  const std::vector<Entry>& entries = of_letter->second;
  const auto found = std::find_if(entries.begin(), entries.end(), is_here);
  return found == entries.end() ? nullptr : &*found;
}

SourcedText Lexicon::apply(const SourcedText& text, std::string_view language,
                           std::vector<Reading>& readings) const {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const Entry* entry = find(text, at, language, end);
    if (!entry) {
      out.push_back(text[at]);
      end = at + 1;
      continue;
    }
    const size_t begin = text[at].begin, stop = text[end - 1].end;
    if (entry->reading.said.empty() || readings.size() == most_readings) {
      append(out, entry->said, begin, stop);
    } else {
      out.push_back({first_reading + static_cast<char32_t>(readings.size()), begin, stop});
      readings.push_back({begin, stop, entry->reading.kind, entry->reading.said});
    }
  }
  return out;
}

}  // namespace gst_tts
