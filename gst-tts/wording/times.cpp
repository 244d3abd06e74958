// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// A time of the day [begin, end) of a text: 14:30, 14.30, 14h30.
struct Time {
  size_t hour_end = 0, minute = 0, end = 0;
  char32_t mark = 0;
  int hours = 0, minutes = 0;
};

/// The one that begins at `at`; without an end where none does.
Time read_time(const SourcedText& text, size_t at) {
  Time time;
  time.hour_end = digits_end(text, at);
  time.mark = character_at(text, time.hour_end);
  time.minute = time.hour_end + 1;
  const size_t end = digits_end(text, time.minute);
  const char32_t before = at > 0 ? text[at - 1].character : U' ', next = character_at(text, end);
  constexpr View joined = U".,:/-+'";
  const auto is_joined = [&](char32_t c) { return is_one_of(c, joined); };
  if (time.hour_end == at || time.hour_end - at > 2 || end - time.minute != 2 ||
      !is_one_of(time.mark, U":.hH") || is_letter_or_digit(before) || is_joined(before) ||
      is_letter_or_digit(next) || (is_joined(next) && is_digit(character_at(text, end + 1))))
    return {};
  time.hours = static_cast<int>(number_value(text, at, time.hour_end));
  time.minutes = static_cast<int>(number_value(text, time.minute, end));
  if (time.hours > 24 || time.minutes > 59) return {};
  time.end = end;
  return time;
}

/// The word behind a time, past spaces; one past it.
size_t word_end(const SourcedText& text, size_t at, View word) {
  const size_t begin = skip_spaces(text, at);
  return is_word_at(text, begin, word) ? begin + word.size() : 0;
}

/// What is said for a time, which may take words behind it along; empty: as voices read it.
std::u32string wording(const SourcedText& text, Time& time, std::string_view bcp47) {
  const bool colon = time.mark == U':', whole = time.minutes == 0;
  std::u32string hours = number_in_digits(time.hours);
  const std::u32string minutes = whole ? U"" : number_in_digits(time.minutes);
  if (bcp47 == "de") {
    const size_t end = word_end(text, time.end, U"Uhr");
    if (end > 0)
      time.end = end;
    else if (!colon || !whole)
      return {};
    return hours + U" Uhr" + (whole ? U"" : U" " + minutes);
  }
  if (bcp47 == "fr") {
    if (time.mark != U'h' && !(colon && whole)) return {};
    return hours + (time.hours < 2 ? U" heure" : U" heures") + (whole ? U"" : U" " + minutes);
  }
  if (bcp47 == "pt" && time.mark == U'h')
    return hours + (time.hours < 2 ? U" hora" : U" horas") + (whole ? U"" : U" e " + minutes);
  if (bcp47 == "es") {
    // "14.30 h" is no decimal.
    for (const View word : {U"h", U"hs", U"horas"}) {
      const size_t end = word_end(text, time.end, word);
      if (time.mark == U'h' || end == 0) continue;
      time.end = end;
      return hours + (whole ? U"" : U":" + number_in_digits(time.minutes)) + U" horas";
    }
    return {};
  }
  if (bcp47 != "en" || !colon || !whole) return {};
  for (const View noon : {U"am", U"pm", U"a.m", U"p.m", U"AM", U"PM"})
    if (word_end(text, time.end, noon) > 0) return hours;
  return time.hours > 0 && time.hours <= 12 ? hours + U" o'clock" : std::u32string();
}

}  // namespace

SourcedText spell_out_times(const SourcedText& text, std::string_view bcp47) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    end = std::max(at + 1, number_end(text, at));
    Time time = is_digit(text[at].character) ? read_time(text, at) : Time();
    const std::u32string said = time.end > 0 ? wording(text, time, bcp47) : std::u32string();
    if (said.empty()) {
      copy(out, text, at, end);
      continue;
    }
    append(out, said, text[at].begin, text[time.end - 1].end);
    end = time.end;
  }
  return out;
}

}  // namespace gst_tts
