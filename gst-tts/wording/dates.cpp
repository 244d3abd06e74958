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

// Dates in numbers

/// One past the date that begins at `at`, 0 if none does; `order` is how it is written: "dmy".
size_t date_end(const SourcedText& text, size_t at, std::string_view flores, std::string& order) {
  constexpr View parting = U"-./:,_+";
  const char32_t before = at > 0 ? text[at - 1].character : U' ';
  if (is_letter_or_digit(before) || is_one_of(before, parting)) return 0;
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
      (is_one_of(next, parting) && is_digit(character_at(text, ends[2] + 1))))
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

/// German: "am 24.12.", with which a date of day and month begins; "3.2." alone numbers a section.
bool is_day_and_month(const SourcedText& text, size_t at, size_t end) {
  constexpr View before[] = {U"ab", U"am", U"bis", U"dem", U"den", U"der", U"seit", U"vom", U"zum"};
  const size_t day_end = digits_end(text, at), month_end = digits_end(text, day_end + 1);
  return character_at(text, day_end) == U'.' && character_at(text, month_end) == U'.' &&
         day_end - at <= 2 && month_end > day_end + 1 && month_end - day_end <= 3 &&
         month_end == end && !is_letter_or_digit(character_at(text, end + 1)) &&
         contains(before, small_word_before(text, before_spaces(text, at)));
}

SourcedText dates_in_words(const SourcedText& text, std::string_view flores) {
  SourcedText out;
  out.reserve(text.size());
  std::string order;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    end = std::max(at + 1, number_end(text, at));
    size_t date = is_digit(text[at].character) ? date_end(text, at, flores, order) : 0;
    if (date == 0 && flores == "deu_Latn" && is_day_and_month(text, at, end)) {
      const char32_t next = character_at(text, skip_spaces(text, end + 1));
      date = u_islower(static_cast<UChar32>(next)) != 0 ? end + 1 : end;
      order = "dm";
    }
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

// Years

/// Four digits that stand alone, and are no part of 030 1234 5678.
bool is_four_digits(const SourcedText& text, size_t at, size_t end) {
  constexpr View joined = U"-./:,_+#°%'’";
  const auto is_joined = [&](char32_t c) { return is_letter_or_digit(c) || is_one_of(c, joined); };
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
  if (contains(before_year, small_word_before(text, before))) return true;
  if (last_year > 0) {
    const std::string between = encode(text, last_year, at);
    if (between == " to " || between == " and " || between == " or ") return true;
  }
  if (before == 0 || text[before - 1].character != U',') return false;
  before = digits_begin(text, before - 1);
  const std::u32string month = small_word_before(text, before_spaces(text, before));
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

/// "eighties" of "eighty", "hundreds".
std::u32string plural(std::u32string number) {
  const bool tens = !number.empty() && number.back() == U'y';
  if (tens) number.pop_back();
  return number + (tens ? U"ies" : U"s");
}

/// "1980s", "’90s" and "90s"; in German "1980er".
SourcedText decades_in_words(const SourcedText& text, std::string_view bcp47) {
  const bool german = bcp47 == "de";
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    end = std::max(at + 1, number_end(text, at));
    const size_t number = digits_end(text, at), digits = number - at;
    const View ending = german ? U"er" : U"s";
    const bool decade = (digits == 4 || (digits == 2 && !german)) && end == number &&
                        text[number - 1].character == U'0' && is_word_at(text, number, ending) &&
                        !is_letter_or_digit(before) && !is_one_of(before, U".,/-$€£");
    const double value = decade ? number_value(text, at, number) : 0;
    const bool named = german ? value >= 1100 && value < 2000
                              : (value >= 1100 && value < 2100) || (value >= 20 && value < 100);
    if (!named) {
      copy(out, text, at, end);
      continue;
    }
    end = number + ending.size();
    const std::u32string said = number_in_words(
        bcp47, digits == 4 ? "%spellout-numbering-year" : "%spellout-numbering", value);
    append(out, german ? said + U"er" : plural(said), text[at].begin, text[end - 1].end);
  }
  return out;
}

}  // namespace

SourcedText spell_out_dates(const SourcedText& text, const gst_translate::Language& language) {
  if (!has_word(" eng_Latn deu_Latn fra_Latn spa_Latn ", language.flores)) return text;
  return dates_in_words(text, language.flores);
}

SourcedText spell_out_years(const SourcedText& text, std::string_view bcp47) {
  if (bcp47 != "de" && bcp47 != "en") return text;
  return years_in_words(decades_in_words(text, bcp47), bcp47);
}

}  // namespace gst_tts
