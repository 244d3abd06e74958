// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/sign_words.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/unit_names.h"
#include "gst-tts/wording/units.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Unit {
  View symbol;
  const char* name;  ///< CLDR's
  /// Where it is no word that may follow a number, BCP 47, one space around each; empty:
  /// everywhere. "nel 1990 ha vinto", "v roce 1990 s bratrem", "1990 min pappa".
  std::string_view languages = {};
  bool apart = false;  ///< only behind a space: "the 1990s"
};

// Of two that begin alike the longer one comes first. No symbol is here that is a word or a name as
// often as a unit behind a number: A, C, in, K, T.
constexpr Unit units[] = {
    {U"°C", "celsius"},
    {U"°F", "fahrenheit"},
    {U"cm²", "square-centimeter"},
    {U"cm³", "cubic-centimeter"},
    {U"cm", "centimeter"},
    {U"cl", "centiliter"},
    {U"dl", "deciliter"},
    {U"ft", "foot"},
    {U"GB", "gigabyte"},
    {U"GHz", "gigahertz"},
    {U"GW", "gigawatt"},
    {U"g", "gram"},
    {U"hPa", "hectopascal"},
    {U"ha", "hectare", " en de fr "},
    {U"hl", "hectoliter"},
    {U"Hz", "hertz"},
    {U"h", "hour"},
    {U"kB", "kilobyte"},
    {U"kcal", "kilocalorie"},
    {U"kg", "kilogram"},
    {U"kHz", "kilohertz"},
    {U"kJ", "kilojoule"},
    {U"km/h", "kilometer-per-hour"},
    {U"km²", "square-kilometer"},
    {U"km2", "square-kilometer"},
    {U"km", "kilometer"},
    {U"kWh", "kilowatt-hour"},
    {U"kW", "kilowatt"},
    {U"lbs", "pound"},
    {U"lb", "pound"},
    {U"l", "liter"},
    {U"L", "liter"},
    {U"MB", "megabyte"},
    {U"mbar", "millibar"},
    {U"mg", "milligram"},
    {U"MHz", "megahertz"},
    {U"min", "minute", " en de fr es it pt "},
    {U"mi", "mile", " en de "},
    {U"ml", "milliliter"},
    {U"mL", "milliliter"},
    {U"mm", "millimeter"},
    {U"mph", "mile-per-hour"},
    {U"ms", "millisecond"},
    {U"MW", "megawatt"},
    {U"m/s", "meter-per-second"},
    {U"m²", "square-meter"},
    {U"m2", "square-meter"},
    {U"m³", "cubic-meter"},
    {U"m3", "cubic-meter"},
    {U"m", "meter"},
    {U"nm", "nanometer"},
    {U"oz", "ounce"},
    {U"s", "second", " en de fr es it pt ", true},
    {U"TB", "terabyte"},
    {U"V", "volt"},
    {U"W", "watt"},
    {U"yd", "yard"},
    {U"%", "percent"},
    {U"\u2033", "inch"},  // by spell_out_primes
    {U"µg", "microgram"},
    {U"µm", "micrometer"},
    {U"μg", "microgram"},
    {U"μm", "micrometer"},
};

bool is_unit_in(const Unit& unit, std::string_view bcp47) {
  return unit.languages.empty() || has_word(unit.languages, bcp47);
}

/// Words that change how their number is said, beside the names of times.
struct Noun {
  std::string_view language;  ///< BCP 47
  View word;
  std::string_view gender;
};

constexpr Noun nouns[] = {
    {"de", U"Uhr", "neuter"},         {"de", U"Million", "feminine"},
    {"de", U"Milliarde", "feminine"}, {"es", U"millón", "masculine"},
    {"es", U"millones", "masculine"}, {"it", U"milione", "masculine"},
    {"it", U"miliardo", "masculine"},
};

constexpr Unit times[] = {{U"", "year"}, {U"", "month"},  {U"", "week"},  {U"", "day"},
                          {U"", "hour"}, {U"", "minute"}, {U"", "second"}};

/// The one at `at`, behind a number that ends at `number_end`.
const Unit* find_unit(const SourcedText& text, size_t number_end, size_t at,
                      std::string_view bcp47) {
  const auto* found = std::find_if(std::begin(units), std::end(units), [&](const Unit& unit) {
    if (!is_at(text, at, unit.symbol) || !is_unit_in(unit, bcp47)) return false;
    if (unit.apart && at == number_end) return false;
    const size_t end = at + unit.symbol.size();
    const char32_t next = character_at(text, end);
    constexpr View joined = U"²³/'’_@";  // another unit, another word
    return !joins_number(next) &&
           (!is_one_of(next, joined) || find_rate(text, end, bcp47, false).end > 0);
  });
  return found == std::end(units) ? nullptr : found;
}

std::optional<UnitName> name_of(const Unit& unit, double value, std::string_view bcp47) {
  const auto& [before, behind] = sign_words(bcp47).percent;
  if (unit.symbol == U"%" && !(before.empty() && behind.empty()))
    return UnitName{std::u32string(before), std::u32string(behind), false, {}};
  return name_of_unit(bcp47, unit.name, value);
}

/// How the number [begin, end) is said before a word at `noun` that changes it; else empty.
std::u32string before_noun(const SourcedText& text, size_t begin, size_t end, size_t noun,
                           std::string_view bcp47) {
  if (noun == end) return {};
  const double value = number_value(text, begin, end);
  // Most numbers agree with all nouns; names of times take longer to look up.
  constexpr std::string_view genders[] = {"masculine", "feminine", "neuter", "common"};
  const bool agrees = std::all_of(
      std::begin(genders), std::end(genders),
      [&](std::string_view gender) { return counted_number(bcp47, value, gender).empty(); });
  if (agrees) return {};
  const auto is_word = [&](View word) {
    return !word.empty() && is_at(text, noun, word) &&
           !is_letter_or_digit(character_at(text, noun + word.size()));
  };
  for (const Noun& row : nouns)
    if (row.language == bcp47 && is_word(row.word)) return counted_number(bcp47, value, row.gender);
  for (const Unit& time : times) {
    const auto said = name_of_unit(bcp47, time.name, value);
    if (said && said->behind.size() > 1 && is_word(View(said->behind).substr(1)))
      return counted_number(bcp47, value, said->gender);
  }
  return {};
}

/// "un’ora" for "una ora"; the space between goes, too.
bool is_elided(std::string_view bcp47, View number, char32_t noun) {
  constexpr View vowels = U"aeiouAEIOU";
  return bcp47 == "it" && number == U"una" && is_one_of(noun, vowels);
}

}  // namespace

SourcedText spell_out_units(const SourcedText& text, std::string_view bcp47) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : 0;
    const bool begins = !joins_number(before) && before != U':';  // 10:40h
    const size_t behind = number_end(text, at);
    end = std::max(at + 1, behind);
    const bool hyphen = character_at(text, behind) == U'-';
    const size_t symbol = hyphen ? behind + 1 : skip_spaces(text, behind);
    const Unit* unit = begins && behind > at ? find_unit(text, behind, symbol, bcp47) : nullptr;
    // "A 5-kilometer run": one of them.
    const auto said =
        unit ? name_of(*unit, hyphen ? 1 : number_value(text, at, behind), bcp47) : std::nullopt;
    if (!said) {
      const std::u32string number =
          begins && behind > at ? before_noun(text, at, behind, symbol, bcp47) : std::u32string();
      if (number.empty()) {
        copy(out, text, at, end);
      } else if (is_elided(bcp47, number, character_at(text, symbol))) {
        append(out, U"un’", text[at].begin, text[behind - 1].end);
        end = symbol;
      } else {
        append(out, number, text[at].begin, text[behind - 1].end);
      }
      continue;
    }
    end = abbreviation_end(text, symbol + unit->symbol.size());
    // In the text the number comes first.
    const size_t first = text[said->before.empty() ? symbol : at].begin, last = text[end - 1].end;
    append(out, said->before, first, last);
    const std::u32string number =
        counted_number(bcp47, number_value(text, at, behind), said->gender);
    View noun = said->behind;
    if (noun.size() > 1 && is_elided(bcp47, number, noun[1])) {
      append(out, U"un’", text[at].begin, text[behind - 1].end);
      noun.remove_prefix(1);
    } else if (!number.empty()) {
      append(out, number, text[at].begin, text[behind - 1].end);
    } else if (!said->instead) {
      copy(out, text, at, behind);
    }
    append(out, noun, first, last);
    if (const Replacement rate = find_rate(text, end, bcp47, false); rate.end > 0) {
      append(out, rate.said, text[end].begin, text[rate.end - 1].end);
      end = rate.end;
    }
  }
  return out;
}

Replacement find_unit_name(const SourcedText& text, size_t at, double count,
                           std::string_view bcp47) {
  const Unit* unit = find_unit(text, before_spaces(text, at), at, bcp47);
  const auto name = unit ? name_of(*unit, count, bcp47) : std::nullopt;
  if (!name || name->behind.empty()) return {};
  return {at + unit->symbol.size(), name->behind.substr(name->behind.find_first_not_of(U' '))};
}

Replacement find_rate(const SourcedText& text, size_t at, std::string_view bcp47, bool words) {
  const std::u32string said(sign_words(bcp47).counted.per);
  if (character_at(text, at) != U'/' || said.empty()) return {};
  const size_t begin = at + 1;
  if (const Replacement unit = find_unit_name(text, begin, 1, bcp47); unit.end > 0)
    return {unit.end, said + unit.said};
  if (!words || u_isalpha(static_cast<UChar32>(character_at(text, begin))) == 0) return {};
  return {begin, said};
}

}  // namespace gst_tts
