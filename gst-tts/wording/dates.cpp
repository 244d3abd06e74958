// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "gst-tts/ssml/say_as.h"
#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// The word that ends at `end`, in small letters, and where it begins.
std::u32string word_before(const SourcedText& text, size_t end, size_t* begin = nullptr) {
  const size_t first = letters_begin(text, end);
  if (begin) *begin = first;
  std::u32string word;
  for (size_t i = first; i < end; ++i)
    word += static_cast<char32_t>(u_tolower(static_cast<UChar32>(text[i].character)));
  return word;
}

// Dates in numbers

/// One past the date that begins at `at`, 0 if none does; `order` is how it is written: "dmy".
size_t date_end(const SourcedText& text, size_t at, std::string_view flores, std::string& order) {
  constexpr View parting = U"-./:,_+";
  const char32_t before = at > 0 ? text[at - 1].character : U' ';
  if (is_letter_or_digit(before) || parting.find(before) != View::npos) return 0;
  size_t begins[3] = {at}, ends[3] = {digits_end(text, at)};
  const char32_t mark = character_at(text, ends[0]);
  for (int i = 1; i < 3; ++i) {
    if (character_at(text, ends[i - 1]) != mark) return 0;
    begins[i] = ends[i - 1] + 1;
    ends[i] = digits_end(text, begins[i]);
  }
  const auto length = [&](int i) { return ends[i] - begins[i]; };
  const char32_t next = character_at(text, ends[2]);
  if (is_letter_or_digit(next) ||
      (next != 0 && parting.find(next) != View::npos && is_digit(character_at(text, ends[2] + 1))))
    return 0;
  const bool day_first =
      length(0) > 0 && length(0) <= 2 && length(1) > 0 && length(1) <= 2 && length(2) == 4;
  if (mark == U'-' && length(0) == 4 && length(1) == 2 && length(2) == 2)
    order = "ymd";
  else if (mark == U'.' && day_first && flores == "deu_Latn")
    order = "dmy";
  else if (mark == U'/' && day_first)
    // Of 25/12/2026 the day comes first everywhere.
    order = flores != "eng_Latn" || number_value(text, begins[0], ends[0]) > 12 ? "dmy" : "mdy";
  else
    return 0;
  return ends[2];
}

SourcedText dates_in_words(const SourcedText& text, std::string_view flores) {
  SourcedText out;
  out.reserve(text.size());
  std::string order;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    end = std::max(at + 1, number_end(text, at));
    const size_t date = is_digit(text[at].character) ? date_end(text, at, flores, order) : 0;
    const auto said = date ? ssml::say_as("date", order, encode(text, at, date), flores)
                           : std::optional<Reading>();
    if (!said) {
      copy(out, text, at, end);
      continue;
    }
    std::u32string words = characters(decode(said->said));
    if (flores == "fra_Latn" && words.rfind(U"1 ", 0) == 0) words.insert(1, U"er");
    append(out, words, text[at].begin, text[date - 1].end);
    end = date;
  }
  return out;
}

// German ordinals

constexpr View after_ordinal[] = {
    U"Januar",      U"Jänner",       U"Februar",     U"März",       U"April",     U"Mai",
    U"Juni",        U"Juli",         U"August",      U"September",  U"Oktober",   U"November",
    U"Dezember",    U"Auflage",      U"Etage",       U"Geburtstag", U"Halbzeit",  U"Jahrestag",
    U"Jahrhundert", U"Jahrhunderts", U"Jahrtausend", U"Kapitel",    U"Klasse",    U"Lebensjahr",
    U"Mal",         U"Minute",       U"Person",      U"Platz",      U"Quartal",   U"Runde",
    U"Semester",    U"Stock",        U"Tag",         U"Teil",       U"Weltkrieg", U"Weltkriegs"};

/// How "3." ends before its noun, by the words before it: "am dritten Mai", "der dritte Mai",
/// "dritter Mai".
const char* ordinal_rules(const SourcedText& text, size_t at) {
  size_t begin = before_spaces(text, at);
  const std::u32string article = word_before(text, begin, &begin);
  if (article.empty()) return "%spellout-ordinal-r";
  constexpr View definite[] = {U"der", U"die", U"das"};
  if (!contains(definite, article)) return "%spellout-ordinal-n";
  // "in der dritten Klasse"
  constexpr View prepositions[] = {U"an",   U"auf",  U"aus", U"bei", U"in",      U"mit",
                                   U"nach", U"seit", U"von", U"vor", U"während", U"zu"};
  const bool bent =
      article == U"der" && contains(prepositions, word_before(text, before_spaces(text, begin)));
  return bent ? "%spellout-ordinal-n" : "%spellout-ordinal";
}

SourcedText ordinals_in_words(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    end = std::max(at + 1, number_end(text, at));
    const size_t stop = digits_end(text, at);
    if (stop == at || stop - at > 2 || stop != end || character_at(text, stop) != U'.' ||
        is_letter_or_digit(before) || before == U'.' || before == U',') {
      copy(out, text, at, end);
      continue;
    }
    const size_t noun = skip_spaces(text, stop + 1);
    size_t noun_end = noun;
    std::u32string word;
    while (u_isalpha(static_cast<UChar32>(character_at(text, noun_end))))
      word += text[noun_end++].character;
    if (!contains(after_ordinal, word)) {
      copy(out, text, at, end);
      continue;
    }
    append(out, number_in_words("de", ordinal_rules(text, at), number_value(text, at, stop)),
           text[at].begin, text[stop].end);
    end = stop + 1;
    if (noun == end) append(out, U" ", text[stop].end, text[stop].end);
  }
  return out;
}

// Years

/// Four digits that stand alone, and are no part of 030 1234 5678.
bool is_four_digits(const SourcedText& text, size_t at, size_t end) {
  constexpr View joined = U"-./:,_+#°%'’";
  const auto is_joined = [&](char32_t c) {
    return is_letter_or_digit(c) || (c != 0 && joined.find(c) != View::npos);
  };
  if (end - at != 4 || (at > 0 && is_joined(text[at - 1].character))) return false;
  const char32_t next = character_at(text, end), second = character_at(text, end + 1);
  if (is_letter_or_digit(next) || (is_joined(next) && is_letter_or_digit(second))) return false;
  const size_t before = before_spaces(text, at);
  return !is_digit(character_at(text, skip_spaces(text, end))) &&
         !(before < at && before > 0 && is_digit(text[before - 1].character));
}

constexpr View before_year[] = {
    U"in",     U"since",  U"until", U"till",   U"by",        U"from",     U"of",       U"before",
    U"after",  U"around", U"circa", U"early",  U"late",      U"mid",      U"year",     U"spring",
    U"summer", U"autumn", U"fall",  U"winter", U"january",   U"february", U"march",    U"april",
    U"may",    U"june",   U"july",  U"august", U"september", U"october",  U"november", U"december"};

/// "in 1990", "May 5, 1990", "from 1990 to 1995", of which the first one ended at `last_year`.
bool is_english_year(const SourcedText& text, size_t at, size_t last_year) {
  size_t before = before_spaces(text, at);
  if (contains(before_year, word_before(text, before))) return true;
  if (last_year > 0) {
    const std::string between = encode(text, last_year, at);
    if (between == " to " || between == " and " || between == " or ") return true;
  }
  if (before == 0 || text[before - 1].character != U',') return false;
  before = digits_begin(text, before - 1);
  const std::u32string month = word_before(text, before_spaces(text, before));
  return month.size() > 2 && contains(before_year, month);
}

/// Where a voice says "nineteen hundred ninety" and "eintausendneunhundertneunzig". In German
/// other numbers are said so, too: "fünfzehnhundert Euro".
SourcedText years_in_words(const SourcedText& text, std::string_view bcp47) {
  SourcedText out;
  out.reserve(text.size());
  const bool german = bcp47 == "de";
  size_t last_year = 0;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    end = std::max(at + 1, number_end(text, at));
    const double value = is_digit(text[at].character) ? number_value(text, at, end) : 0;
    const bool in_hundreds = (value >= 1100 && value < 2000) || (!german && value >= 2010);
    if (!in_hundreds || value >= 2100 || !is_four_digits(text, at, end) ||
        !(german || is_english_year(text, at, last_year))) {
      copy(out, text, at, end);
      continue;
    }
    append(out, number_in_words(bcp47, "%spellout-numbering-year", value), text[at].begin,
           text[end - 1].end);
    last_year = end;
  }
  return out;
}

}  // namespace

SourcedText spell_out_dates(const SourcedText& text, const gst_translate::Language& language) {
  if (!has_word(" eng_Latn deu_Latn fra_Latn spa_Latn ", language.flores)) return text;
  SourcedText said = dates_in_words(text, language.flores);
  return language.bcp47 == "de" ? ordinals_in_words(said) : said;
}

SourcedText spell_out_years(const SourcedText& text, std::string_view bcp47) {
  return bcp47 == "de" || bcp47 == "en" ? years_in_words(text, bcp47) : text;
}

}  // namespace gst_tts
