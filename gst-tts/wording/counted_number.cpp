// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/counted_number.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/voice/icu_data.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

/// One space around each: those of which somebody has looked at what ICU says.
constexpr std::string_view languages = " ca cs da de el es fr it nb pl pt ru sv uk ";

/// Above it nobody hears how it ends.
constexpr double largest = 999999;

/// Rules take a millisecond to read, so they are kept.
class NumberWords {
 public:
  /// Without the soft hyphens of "einhundert".
  std::u32string words(std::string_view bcp47, std::string_view rules, double value) {
    const std::lock_guard lock(mutex_);
    const auto [at, added] = formats_.try_emplace(std::string(bcp47));
    if (added) at->second = number_rules(bcp47);
    std::u32string said;
    if (!at->second) return said;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    icu::FieldPosition position;
    at->second->format(static_cast<int32_t>(value),
                       icu::UnicodeString::fromUTF8(std::string(rules)), text, position, status);
    if (U_FAILURE(status)) return said;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
      if (const auto c = static_cast<char32_t>(text.char32At(i)); c != U'\u00AD') said += c;
    return said;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<icu::RuleBasedNumberFormat>> formats_;
};

}  // namespace

std::u32string number_in_words(std::string_view bcp47, std::string_view rules, double value) {
  static NumberWords words;
  return words.words(bcp47, rules, value);
}

std::u32string number_in_digits(int number) {
  return characters(decode(std::to_string(number)));
}

std::u32string minus_word(std::string_view bcp47) {
  constexpr std::string_view rules = "%spellout-numbering";
  const std::u32string minus_one = number_in_words(bcp47, rules, -1),
                       one = U" " + number_in_words(bcp47, rules, 1);
  const size_t length = minus_one.size() - std::min(minus_one.size(), one.size());
  return length > 0 && minus_one.compare(length, one.size(), one) == 0 ? minus_one.substr(0, length)
                                                                       : U"\u2212";
}

double number_value(const SourcedText& text, size_t begin, size_t end) {
  double value = 0;
  for (size_t i = begin; i < end; ++i) {
    if (!is_digit(text[i].character)) return value + 0.5;
    value = value * 10 + static_cast<double>(text[i].character - U'0');
  }
  return value;
}

std::u32string counted_number(std::string_view bcp47, double value, std::string_view gender) {
  if (!has_word(languages, bcp47) || gender.empty() || value < 0 || value > largest ||
      std::trunc(value) < value)
    return {};
  // What others call common is "reale" in Swedish rules.
  const bool reale = bcp47 == "sv" && gender == "common";
  const std::u32string said =
      number_in_words(bcp47, "%spellout-cardinal-" + std::string(reale ? "reale" : gender), value);
  const bool same = said == number_in_words(bcp47, "%spellout-numbering", value);
  return same ? std::u32string() : said;
}

}  // namespace gst_tts
