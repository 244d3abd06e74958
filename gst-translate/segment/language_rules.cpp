// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/language_rules.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_lists.h"
#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/lines.h"
#include "gst-translate/text/log.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate::segment {

namespace {

constexpr size_t longest_word = 40;
constexpr std::string_view languages_key = "languages:";
constexpr std::string_view ordinals_key = "ordinals:";
constexpr std::string_view spaced_marks_key = "spaced marks:";

struct ClassName {
  std::string_view name;
  AbbreviationClass value;
};
constexpr ClassName class_names[] = {
    {"never ends", never_ends},
    {"before number", before_number},
    {"unit", unit},
    {"may end", may_end},
    {"ends before starter", ends_before_starter},
};

struct ListName {
  std::string_view name;
  WordList value;
};
constexpr ListName list_names[] = {
    {"starters", WordList::Starters},
    {"after ordinal", WordList::AfterOrdinal},
    {"before ordinal", WordList::BeforeOrdinal},
    {"prepositions", WordList::Prepositions},
    {"hesitations", WordList::Hesitations},
    {"elisions", WordList::Elisions},
    {"exclamations", WordList::Exclamations},
    {"ends before ellipsis", WordList::EndsBeforeEllipsis},
    {"ends before space", WordList::EndsBeforeSpace},
    {"after quotation", WordList::AfterQuotation},
    {"verbs of saying", WordList::VerbsOfSaying},
    {"titles", WordList::Titles},
    {"finite verbs", WordList::FiniteVerbs},
    {"finite verb endings", WordList::FiniteVerbEndings},
    {"determiners", WordList::Determiners},
    {"name parts", WordList::NameParts},
    {"after time", WordList::AfterTime},
    {"extensions", WordList::Extensions},
};

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// The parts of a text between separators, each trimmed, empty ones left out.
template <typename Use>
void for_each_part(std::string_view text, char separator, Use use) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) use(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// True if the list says that it is for this language.
bool is_for(const LanguageList& list, const Language& language) {
  const size_t key = list.text.find(languages_key);
  if (key == std::string_view::npos) return false;
  const size_t begin = key + languages_key.size();
  bool found = false;
  for_each_part(list.text.substr(begin, list.text.find('\n', begin) - begin), ' ',
                [&](std::string_view code) {
                  found = found || code == language.iso639_1 || code == language.iso639_3 ||
                          code == language.flores;
                });
  return found;
}

Error wrong(const std::string& message) {
  return {Error::Kind::Corrupt, message};
}

/// For a message: a list may be any file.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    append_utf8(result, c < U' ' ? 0xFFFD : c);
  }
  return result + '"';
}

}  // namespace

Spelling spelling_of(std::u32string_view word) {
  if (word.empty() || kind_of(word[0]) != Kind::Upper) return Spelling::Small;
  const bool plain_capitals =
      word.size() > 1 && std::all_of(word.begin(), word.end(), [](char32_t c) {
        return kind_of(c) == Kind::Upper || kind_of(c) == Kind::Mark;
      });
  return plain_capitals ? Spelling::Capitals : Spelling::Capital;
}

std::shared_ptr<const LanguageRules> LanguageRules::of(std::string_view language) {
  const Language* known = find_language(language);
  const auto& lists = language_lists();
  const auto own = std::find_if(lists.begin(), lists.end(), [&](const LanguageList& list) {
    return known ? is_for(list, *known) : list.name == "en";
  });
  const std::string_view name = own == lists.end() ? "common" : own->name;
  log(LogLevel::Debug, "segment", [&] {
    return "language \"" + std::string(language) + "\": rules of \"" + std::string(name) + "\"";
  });

  static std::mutex mutex;
  static std::map<std::string_view, std::shared_ptr<const LanguageRules>> kept;
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<const LanguageRules>& found = kept[name];
  if (found) return found;
  LanguageRules rules;
  for (const LanguageList& list : lists) {
    if (list.name != "common" && list.name != name) continue;
    for_each_part(list.text, '\n', [&](std::string_view line) { rules.add_line(line); });
    rules.current_class_ = never_ends;
  }
  found = std::make_shared<const LanguageRules>(std::move(rules));
  return found;
}

void LanguageRules::add_line(std::string_view line) {
  line = trim(line.substr(0, std::min(line.find('#'), line.size())));
  if (line.empty() || starts_with(line, languages_key)) return;
  for (const auto& [key, value] :
       {std::pair(ordinals_key, &has_ordinals_), std::pair(spaced_marks_key, &has_spaced_marks_)}) {
    if (!starts_with(line, key)) continue;
    const std::string_view answer = trim(line.substr(key.size()));
    if (answer != "yes" && answer != "no")
      throw wrong("\"" + std::string(key) + "\" takes yes or no, not " + quoted(answer));
    *value = answer == "yes";
    return;
  }
  if (line.front() == '[') {
    if (line.back() != ']')
      throw wrong("the name of a list, " + quoted(line) + ", has no ] at its end");
    begin_list(line.substr(1, line.size() - 2));
    return;
  }
  for_each_part(line, ',', [&](std::string_view word) { add_word(word); });
}

void LanguageRules::begin_list(std::string_view name) {
  for (const ClassName& known : class_names) {
    if (known.name != name) continue;
    current_class_ = known.value;
    return;
  }
  for (const ListName& known : list_names) {
    if (known.name != name) continue;
    current_class_ = 0;
    current_list_ = known.value;
    return;
  }
  std::string names;
  for (const ClassName& known : class_names)
    names += " [" + std::string(known.name) + "]";
  for (const ListName& known : list_names)
    names += " [" + std::string(known.name) + "]";
  throw wrong("there is no list " + quoted(name) + "; there are" + names);
}

void LanguageRules::add_word(std::string_view word) {
  std::u32string entry, spaced;
  for (size_t at = 0; at < word.size();) {
    const char32_t c = next_character(word, at);
    // "z. B." in the list is "z.B" here: so is what is looked up.
    if (c == ' ' && !entry.empty() && entry.back() == '.') {
      if (spaced.empty()) spaced = entry.substr(0, entry.size() - 1);
      continue;
    }
    entry += c;
  }
  while (!entry.empty() && (entry.back() == '.' || entry.back() == '\''))
    entry.pop_back();
  const bool has_letter = std::any_of(entry.begin(), entry.end(), [](char32_t c) {
    return is_letter(kind_of(c)) || kind_of(c) == Kind::Symbol;
  });
  if (!has_letter) throw wrong(quoted(word) + " has no letter");
  if (entry.size() > longest_word)
    throw wrong(quoted(word) + " is longer than " + std::to_string(longest_word) + " characters");

  const Spelling spelling = spelling_of(entry);
  std::transform(entry.begin(), entry.end(), entry.begin(), lower_case);
  if (current_class_ == 0) {
    const auto list = static_cast<size_t>(current_list_);
    longest_[list] = std::max(longest_[list], entry.size());
    words_[list].insert(std::move(entry));
  } else {
    if (entry.front() == U'-') longest_ending_ = std::max(longest_ending_, entry.size() - 1);
    const size_t space = entry.rfind(U' ');
    if (space != std::u32string::npos) abbreviations_[entry.substr(space + 1)].ends_phrase = true;
    std::transform(spaced.begin(), spaced.end(), spaced.begin(), lower_case);
    if (!spaced.empty()) abbreviations_[spaced].begins_spaced = true;
    Abbreviation& abbreviation = abbreviations_[std::move(entry)];
    if (spelling == Spelling::Small)
      abbreviation.small |= current_class_;
    else if (spelling == Spelling::Capital)
      abbreviation.capital |= current_class_;
    else
      abbreviation.capitals |= current_class_;
  }
}

const Abbreviation* LanguageRules::find(const std::u32string& word) const {
  const auto found = abbreviations_.find(word);
  return found == abbreviations_.end() ? nullptr : &found->second;
}

const Abbreviation* LanguageRules::find_ending(std::u32string_view word) const {
  for (size_t n = std::min(longest_ending_, word.size()); n > 0; --n) {
    const std::u32string_view ending = word.substr(word.size() - n);
    if (const Abbreviation* entry = find(U'-' + std::u32string(ending))) return entry;
  }
  return nullptr;
}

bool LanguageRules::has(WordList list, std::u32string_view word) const {
  return words(list).find(word) != words(list).end();
}

bool LanguageRules::has_prefix(WordList list, std::u32string_view prefix) const {
  const auto found = words(list).lower_bound(prefix);
  return found != words(list).end() && found->compare(0, prefix.size(), prefix) == 0;
}

bool LanguageRules::has_word_at(WordList list, Reader& reader, size_t position) const {
  std::u32string word;
  while (true) {
    const char32_t c = reader[position++];
    const bool apostrophe = c == U'\'' || c == U'’';
    if (is_letter(kind_of(c)) || kind_of(c) == Kind::Mark) {
      if (!is_invisible(c)) word += lower_case(c);
    } else if (apostrophe && !has(list, word)) {
      word += U'\'';
    } else {
      return has(list, word);
    }
    if (!has_prefix(list, word)) return false;
  }
}

size_t LanguageRules::longest_at(WordList list, Reader& reader, size_t position) const {
  std::u32string prefix;
  size_t longest = 0;
  for (char32_t c = reader[position]; c != Reader::nothing; c = reader[++position]) {
    prefix += lower_case(c);
    if (!has_prefix(list, prefix)) break;
    if (has(list, prefix)) longest = prefix.size();
  }
  return longest;
}

bool LanguageRules::ends_with(WordList list, std::u32string_view text) const {
  for (size_t n = std::min(longest_[static_cast<size_t>(list)], text.size()); n > 0; --n)
    if (has(list, text.substr(text.size() - n))) return true;
  return false;
}

}  // namespace gst_translate::segment

namespace gst_translate {

std::vector<std::string> load_abbreviations(const std::string& path) {
  std::vector<std::string> lines;
  segment::LanguageRules rules;
  for_each_line(path, "list of abbreviations", [&](const std::string& line) {
    rules.add_line(line);
    lines.push_back(line);
  });
  return lines;
}

}  // namespace gst_translate
