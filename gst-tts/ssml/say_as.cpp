// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/ssml/say_as.h"

#include <unicode/calendar.h>
#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/numfmt.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "gst-translate/text/language.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/icu_data.h"

namespace gst_tts::ssml {

namespace {

using Words = std::optional<std::string>;

/// The code of BCP 47.
std::string_view code_of(std::string_view language) {
  const auto* known = gst_translate::find_language(language);
  return known ? known->bcp47 : "en";
}

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  // espeak-ng and MeCab know no narrow space.
  for (const std::string_view space : {"\u202F", "\u00A0"})
    for (size_t at = 0; (at = bytes.find(space, at)) != std::string::npos;)
      bytes.replace(at, space.size(), " ");
  return bytes;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A run of digits each, the marks that part them gone; the letters behind them are none.
std::vector<std::string> digit_groups(std::string_view text) {
  std::vector<std::string> groups;
  bool in_group = false;
  for (const char c : text) {
    if (is_digit(c)) {
      if (!in_group) groups.emplace_back();
      groups.back() += c;
    }
    in_group = is_digit(c);
  }
  return groups;
}

std::string spaced(std::string_view digits) {
  std::string out;
  for (const char c : digits) {
    if (!out.empty()) out += ' ';
    out += c;
  }
  return out;
}

/// Groups of digits with a pause between; a plus is said.
Words digits(std::string_view text) {
  std::string out;
  for (const std::string& group : digit_groups(text))
    out += (out.empty() ? "" : ", ") + spaced(group);
  if (out.empty()) return std::nullopt;
  const size_t first = text.find_first_of("+0123456789");
  return text[first] == '+' ? "+ " + out : out;
}

std::optional<int64_t> whole_number(std::string_view text, const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::NumberFormat> format(
      icu::NumberFormat::createInstance(locale, status));
  if (U_FAILURE(status)) return std::nullopt;
  std::string digits_only(text);
  // "1st" and "2." are numbers, too.
  while (!digits_only.empty() && !is_digit(digits_only.back()))
    digits_only.pop_back();
  icu::Formattable number;
  icu::ParsePosition position;
  const auto source = icu::UnicodeString::fromUTF8(digits_only);
  format->parse(source, number, position);
  if (position.getIndex() != source.length() || source.isEmpty()) return std::nullopt;
  const double value = number.getDouble(status);
  if (U_FAILURE(status) || value != std::floor(value) || std::abs(value) > 1e15)
    return std::nullopt;
  return static_cast<int64_t>(value);
}

/// Without the marks that part thousands: those read the same in no two languages.
Words cardinal(std::string_view text, const icu::Locale& locale) {
  const auto number = whole_number(text, locale);
  if (!number) return std::nullopt;
  return std::to_string(*number);
}

/// In words of the language, as ICU spells them.
Words ordinal(std::string_view text, std::string_view bcp47, const icu::Locale& locale) {
  const auto number = whole_number(text, locale);
  const auto format = number_rules(bcp47);
  if (!number || !format) return std::nullopt;
  for (const char* rules : {"%spellout-ordinal", "%spellout-ordinal-masculine"}) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString words;
    icu::FieldPosition position;
    format->format(*number, icu::UnicodeString(rules), words, position, status);
    if (U_SUCCESS(status)) {
      words.findAndReplace(icu::UnicodeString(u"\u00AD"), icu::UnicodeString());  // soft hyphens
      return utf8(words);
    }
  }
  return std::nullopt;
}

/// A date or time as people of the language write it in words. `skeleton` is ICU's.
Words format_date(const char* skeleton, icu::Calendar& calendar, const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(icu::UnicodeString(skeleton), locale, status));
  if (U_FAILURE(status)) return std::nullopt;
  format->setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString words;
  icu::FieldPosition position;
  format->format(calendar, words, position);
  return utf8(words);
}

std::unique_ptr<icu::Calendar> empty_calendar(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  auto calendar =
      std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), locale, status);
  if (U_FAILURE(status)) return nullptr;
  calendar->clear();
  return calendar;
}

/// The order of numbers that a language writes dates in: "mdy".
std::string order_of(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  if (U_FAILURE(status)) return "ymd";
  std::string pattern;
  patterns->getBestPattern(u"yMd", status).toUTF8String(pattern);
  std::string order;
  for (const char c : pattern) {
    const char part = c == 'M' || c == 'L' ? 'm' : c;
    if ((part == 'y' || part == 'm' || part == 'd') && order.find(part) == std::string::npos)
      order += part;
  }
  return order;
}

Words date(std::string_view text, std::string_view format, const icu::Locale& locale) {
  const std::vector<std::string> groups = digit_groups(text);
  if (groups.empty() || groups.size() > 3) return std::nullopt;
  std::string order;
  for (const char c : format)
    if (order.find(c) == std::string::npos) order += c;  // "yyyymmdd" is "ymd"
  if (order.empty()) order = groups[0].size() == 4 ? "ymd" : order_of(locale);
  if (order.size() < groups.size()) return std::nullopt;

  const auto calendar = empty_calendar(locale);
  if (!calendar) return std::nullopt;
  std::string fields;
  for (size_t i = 0; i < groups.size(); ++i) {
    const int number = std::atoi(groups[i].substr(0, 6).c_str());
    if (order[i] == 'y') {
      calendar->set(UCAL_YEAR, number);
      fields += 'y';
    } else if (order[i] == 'm' && number >= 1 && number <= 12) {
      calendar->set(UCAL_MONTH, number - 1);
      fields += 'm';
    } else if (order[i] == 'd' && number >= 1 && number <= 31) {
      calendar->set(UCAL_DATE, number);
      fields += 'd';
    } else {
      return std::nullopt;
    }
  }
  std::string skeleton;
  for (const auto& [field, letters] :
       {std::pair<char, const char*>{'y', "y"}, {'m', "MMMM"}, {'d', "d"}})
    if (fields.find(field) != std::string::npos) skeleton += letters;
  return format_date(skeleton.c_str(), *calendar, locale);
}

Words measure(const std::vector<std::pair<int, icu::MeasureUnit*>>& parts,
              const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  icu::MeasureFormat format(locale, UMEASFMT_WIDTH_WIDE, status);
  std::string out;
  for (const auto& [number, owned] : parts) {
    const icu::Measure one(icu::Formattable(number), owned, status);  // takes the unit
    icu::UnicodeString words;
    icu::FieldPosition position;
    if (U_FAILURE(status)) return std::nullopt;
    format.formatMeasures(&one, 1, words, position, status);
    if (U_FAILURE(status)) return std::nullopt;
    out += (out.empty() ? "" : " ") + utf8(words);
  }
  return out;
}

/// 1'21" is a duration, 2:30pm a time of day.
Words time(std::string_view text, const icu::Locale& locale) {
  const std::vector<std::string> groups = digit_groups(text);
  if (groups.empty() || groups.size() > 3) return std::nullopt;
  std::array<int, 3> numbers{};
  for (size_t i = 0; i < groups.size(); ++i)
    numbers.at(i) = std::atoi(groups[i].substr(0, 4).c_str());
  UErrorCode status = U_ZERO_ERROR;
  if (text.find('\'') != std::string_view::npos && groups.size() <= 2) {
    std::vector<std::pair<int, icu::MeasureUnit*>> parts;
    parts.emplace_back(numbers[0], icu::MeasureUnit::createMinute(status));
    if (groups.size() == 2) parts.emplace_back(numbers[1], icu::MeasureUnit::createSecond(status));
    return measure(parts, locale);
  }
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  lower.erase(std::remove(lower.begin(), lower.end(), '.'), lower.end());
  const bool pm = lower.find("pm") != std::string::npos;
  const bool am = lower.find("am") != std::string::npos;
  if ((am || pm) && numbers[0] == 12) numbers[0] = 0;
  if (pm) numbers[0] += 12;
  if (numbers[0] > 24 || numbers[1] > 59 || numbers[2] > 60) return std::nullopt;
  const auto calendar = empty_calendar(locale);
  if (!calendar) return std::nullopt;
  calendar->set(UCAL_HOUR_OF_DAY, numbers[0]);
  calendar->set(UCAL_MINUTE, numbers[1]);
  calendar->set(UCAL_SECOND, numbers[2]);
  return format_date(groups.size() == 3 ? "jmmss" : "jmm", *calendar, locale);
}

constexpr std::array<std::string_view, 3> spelled = {"characters", "spell-out", "verbatim"};

template <typename List>
bool contains(const List& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

std::optional<Reading> say_as(std::string_view interpret_as, std::string_view format,
                              std::string_view text, std::string_view language) {
  text = gst_translate::trim(text);
  Reading reading;
  if (contains(spelled, interpret_as)) {
    reading.kind = Reading::Kind::Spelled;
    reading.said = text;
    return reading;
  }
  const std::string_view bcp47 = code_of(language);
  const std::optional<icu::Locale> locale = locale_with_data(bcp47);
  Words words;
  if (interpret_as == "digits" || interpret_as == "telephone" ||
      (interpret_as == "number" && (format == "digits" || format == "telephone")))
    words = digits(text);
  else if (!locale)
    return std::nullopt;
  else if (interpret_as == "ordinal" || (interpret_as == "number" && format == "ordinal"))
    words = ordinal(text, bcp47, *locale);
  else if (interpret_as == "cardinal" || interpret_as == "number")
    words = cardinal(text, *locale);
  else if (interpret_as == "date")
    words = date(text, format, *locale);
  else if (interpret_as == "time" || interpret_as == "duration")
    words = time(text, *locale);
  if (!words) return std::nullopt;
  reading.said = *words;
  return reading;
}

}  // namespace gst_tts::ssml
