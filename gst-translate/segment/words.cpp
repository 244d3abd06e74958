// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/words.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace gst_translate::segment {

namespace {

constexpr size_t longest_word = 40;
constexpr size_t longest_address = 100;
constexpr size_t longest_spaced_part = 4;  // letters of a part of "z. B.", "s. r. o."
constexpr size_t most_spaced_parts = 5;

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'’' || c == U'´' || c == U'ʼ';
}

bool is_hyphen(char32_t c) {
  return c == U'-' || c == 0x2010 || c == 0x2011;
}

bool is_alphanumeric(Kind kind) {
  return is_letter(kind) || kind == Kind::Digit || kind == Kind::Mark;
}

/// Where the word that ends before `end` begins.
size_t word_begin(std::u32string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < longest_word) {
    const char32_t c = text[begin - 1];
    const bool inner_stop = c == U'.' && begin < end && text[begin] != U'.' && begin > 1 &&
                            is_alphanumeric(kind_of(text[begin - 2]));
    const bool gershayim = (c == U'"' || c == U'״') && begin < end && begin > 1 &&
                           is_hebrew(text[begin]) && is_hebrew(text[begin - 2]);
    if (!is_alphanumeric(kind_of(c)) && !inner_stop && !is_hyphen(c) && !is_apostrophe(c) &&
        !gershayim && c != U'°')
      break;
    --begin;
  }
  while (begin < end && (is_hyphen(text[begin]) || is_apostrophe(text[begin])))
    ++begin;
  return begin;
}

std::u32string lower(std::u32string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (const char32_t c : text)
    if (!is_invisible(c)) result += lower_case(c);
  return result;
}

size_t skip_space_back(std::u32string_view text, size_t position) {
  return trim_end(text.substr(0, position)).size();
}

/// One letter, of a script in which one letter is hardly a word.
bool is_initial(std::u32string_view word) {
  char32_t letter = 0;
  for (const char32_t c : word) {
    if (kind_of(c) == Kind::Mark) continue;
    if (letter != 0 || !is_letter(kind_of(c))) return false;
    letter = c;
  }
  if (letter == 0) return false;
  return kind_of(letter) != Kind::Letter || (letter >= 0x0590 && letter < 0x0900) ||
         (letter >= 0x10A0 && letter < 0x1100) || (letter >= 0x1200 && letter < 0x13A0);
}

bool is_acronym(std::u32string_view word) {
  size_t letters = 0, parts = 1;
  bool thai = !word.empty();
  for (const char32_t c : word) {
    thai = thai && (is_thai_consonant(c) || c == U'.');
    if (c == U'.') {
      if (letters == 0) return false;
      letters = 0;
      ++parts;
    } else if (is_letter(kind_of(c))) {
      if (++letters > 3 && !thai) return false;
    } else if (kind_of(c) != Kind::Mark && !(is_hyphen(c) && letters == 0 && parts > 1)) {
      return false;
    }
  }
  // Thai has no full stops but those of abbreviations, which are consonants.
  return letters > 0 && (parts > 1 || (thai && word.size() <= 5));
}

bool is_truncated(std::u32string_view word) {
  constexpr std::u32string_view consonants = U"bcdfghjkmnpqstvwxzбвгджзйкмнпстфхцчшщ";
  return word.size() >= 2 && word.size() <= 4 &&
         word.find_first_not_of(consonants) == std::u32string_view::npos;
}

/// True where all is written in capitals, so that they say nothing about a word.
bool among_capitals(std::u32string_view text, size_t position) {
  const size_t end = skip_space_back(text, position);
  return end == 0 || spelling_of(text.substr(word_begin(text, end), end - word_begin(text, end))) ==
                         Spelling::Capitals;
}

/// True if what stands before a number says that it is no ordinal: "s. 12", "3:2", "9–17".
bool is_cardinal(std::u32string_view before, const LanguageRules& rules) {
  if (before.size() < 2) return false;
  const Kind joint = kind_of(before.back());
  if (joint == Kind::Colon || joint == Kind::Dash || joint == Kind::Comma)
    return kind_of(before[before.size() - 2]) == Kind::Digit;
  const size_t stop = skip_space_back(before, before.size());
  if (stop == before.size() || stop == 0 || before[stop - 1] != U'.') return false;
  const size_t label = word_begin(before, stop - 1);
  const Abbreviation* entry = rules.find(lower(before.substr(label, stop - 1 - label)));
  return entry && ((entry->small | entry->capital | entry->capitals) & before_number) != 0;
}

struct SpacedPart {
  size_t begin;
  std::u32string joined;  ///< with the parts behind it
};

bool follows_spaced_part(std::u32string_view text, size_t begin) {
  const size_t stop = skip_space_back(text, begin);
  return stop < begin && stop > 1 && text[stop - 1] == U'.';
}

/// "z. B." seen from its last part: what stands before it, one part more each time.
std::vector<SpacedPart> spaced_parts(std::u32string_view text, SpacedPart last) {
  std::vector<SpacedPart> parts{std::move(last)};
  while (parts.size() < most_spaced_parts && follows_spaced_part(text, parts.back().begin)) {
    const size_t stop = skip_space_back(text, parts.back().begin) - 1;
    const size_t begin = word_begin(text, stop);
    if (begin == stop || stop - begin > longest_spaced_part) break;
    parts.push_back({begin, lower(text.substr(begin, stop - begin)) + U'.' + parts.back().joined});
  }
  return parts;
}

}  // namespace

WordBefore word_before(Reader& reader, size_t full_stop, const LanguageRules& rules) {
  const std::u32string_view text = reader.before(full_stop);
  WordBefore word;
  const size_t end = skip_space_back(text, full_stop);  // "Mr . Robinson", as tokenizers have it
  size_t begin = word_begin(text, end);
  word.begin = begin;
  if (begin == end) return word;
  const std::u32string_view spelling = text.substr(begin, end - begin);
  word.text = lower(spelling);
  word.capital = kind_of(spelling[0]) == Kind::Upper;
  word.number = std::all_of(spelling.begin(), spelling.end(),
                            [](char32_t c) { return kind_of(c) == Kind::Digit; });
  word.roman = spelling.size() > 1 && is_roman_numeral(spelling);
  word.initial = is_initial(word.text);
  word.truncated = !word.capital && is_truncated(word.text);

  const auto classify = [&](size_t from, const Abbreviation* entry) {
    if (word.classes != 0 || entry == nullptr) return;
    Spelling written = spelling_of(text.substr(from, end - from));
    if (written == Spelling::Capitals && among_capitals(text, from)) {
      word.classes = entry->classes(Spelling::Capitals);
      written = Spelling::Capital;
    }
    word.classes |= entry->classes(written);
    if (word.classes != 0) word.begin = std::min(word.begin, from);
  };
  if (end - begin <= longest_spaced_part && follows_spaced_part(text, begin)) {
    const std::vector<SpacedPart> parts = spaced_parts(text, {begin, word.text});
    for (size_t i = parts.size(); i-- > 1;)
      classify(parts[i].begin, rules.find(parts[i].joined));
    word.after_initial =
        parts.size() > 1 && parts[1].begin + 1 < begin && text[parts[1].begin + 1] == U'.';
  }
  if (const Abbreviation* entry = rules.find(word.text)) {
    if (entry->ends_phrase)
      classify(word_begin(text, skip_space_back(text, begin)),
               rules.find(previous_word(reader, begin) + U' ' + word.text));
    classify(begin, entry);
    word.begins_spaced = entry->begins_spaced;
  }
  classify(begin, rules.find_ending(word.text));
  // What follows the hyphen, the apostrophe or the digits: "l'Ing", "7a.m".
  word.acronym = is_acronym(word.text);
  for (size_t i = 1; i < spelling.size() && !word.acronym; ++i) {
    const bool after_digits =
        kind_of(spelling[i - 1]) == Kind::Digit && is_letter(kind_of(spelling[i]));
    if (!is_hyphen(spelling[i - 1]) && !is_apostrophe(spelling[i - 1]) && !after_digits) continue;
    const std::u32string tail = lower(spelling.substr(i));
    classify(begin + i, rules.find(tail));
    if (after_digits) {
      word.after_number = true;
      word.acronym = is_acronym(tail);
    }
  }
  if (word.acronym) {  // "a.txt"
    const size_t last = word.text.rfind(U'.') + 1;
    word.acronym = !rules.has(WordList::Extensions, std::u32string_view(word.text).substr(last));
  }
  const size_t before = skip_space_back(text, word.begin);
  if (before > 0 && kind_of(text[before - 1]) == Kind::Digit) word.after_number = true;
  if (word.classes & unit) {
    const size_t numeral = word_begin(text, before);
    if (is_roman_numeral(text.substr(numeral, before - numeral))) word.after_number = true;
  }
  word.cardinal = word.number && is_cardinal(text.substr(0, word.begin), rules);
  word.after_dotted_number = before > 1 && before < word.begin && text[before - 1] == U'.' &&
                             kind_of(text[before - 2]) == Kind::Digit;
  return word;
}

std::u32string word_after(Reader& reader, size_t position) {
  std::u32string word;
  while (word.size() < longest_word) {
    const char32_t c = reader[position++];
    if (!is_letter(kind_of(c)) && kind_of(c) != Kind::Mark && !is_apostrophe(c)) break;
    if (!is_invisible(c)) word += is_apostrophe(c) ? U'\'' : lower_case(c);
  }
  while (!word.empty() && word.back() == U'\'')
    word.pop_back();
  return word;
}

std::u32string previous_word(const Reader& reader, size_t position) {
  const std::u32string_view text = reader.before(position);
  const size_t end = trim_end(text).size();
  if (end == position) return {};
  const size_t begin = word_begin(text, end);
  return lower(text.substr(begin, end - begin));
}

bool in_address(const Reader& reader, size_t position) {
  const std::u32string_view text = reader.before(position);
  size_t begin = position;
  while (begin > 0 && position - begin < longest_address && !is_space(kind_of(text[begin - 1])))
    --begin;
  const std::u32string_view token = text.substr(begin, position - begin);
  return token.find_first_of(U"@/\\=") != std::u32string_view::npos ||
         token.find(U"www.") != std::u32string_view::npos;
}

unsigned roman_value(std::u32string_view word) {
  struct Digit {
    std::u32string_view letters;
    unsigned value;
  };
  constexpr Digit digits[] = {{U"m", 1000}, {U"cm", 900}, {U"d", 500}, {U"cd", 400}, {U"c", 100},
                              {U"xc", 90},  {U"l", 50},   {U"xl", 40}, {U"x", 10},   {U"ix", 9},
                              {U"v", 5},    {U"iv", 4},   {U"i", 1}};
  if (word.find_first_not_of(U"mdclxviMDCLXVI") != std::u32string_view::npos) return 0;
  const std::u32string small = lower(word);
  std::u32string_view rest = small;
  unsigned total = 0;
  for (const Digit& digit : digits) {
    const bool repeats = digit.letters.size() == 1 && digit.letters.find_first_of(U"dlv");
    for (int i = 0; i < (repeats ? 3 : 1) && rest.substr(0, digit.letters.size()) == digit.letters;
         ++i) {
      total += digit.value;
      rest.remove_prefix(digit.letters.size());
    }
  }
  return rest.empty() ? total : 0;
}

bool is_roman_numeral(std::u32string_view word) {
  const bool capitals =
      std::all_of(word.begin(), word.end(), [](char32_t c) { return kind_of(c) == Kind::Upper; });
  return capitals && roman_value(word) > 0;
}

}  // namespace gst_translate::segment
