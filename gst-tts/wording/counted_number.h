// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts {

/// The number [begin, end) of a text for plural rules, which ask for its whole part and whether it
/// has another one.
double number_value(const SourcedText& text, size_t begin, size_t end);

/// A number by a set of rules of ICU's, as "%spellout-ordinal"; empty where the language has no
/// such set. Thread-safe.
std::u32string number_in_words(std::string_view bcp47, std::string_view rules, double value);

/// A number by its digits, which voices read.
std::u32string number_in_digits(int number);

/// How a number is said before what it counts, where it is said otherwise in counting, as voices
/// say it: "ein" or "eine" for 1 in German, "veintiún" for 21 in Spanish; empty where it is the
/// same. `gender` is CLDR's word: "masculine", "feminine", "neuter", "common". Only whole numbers
/// have one. By ICU's data. Thread-safe.
std::u32string counted_number(std::string_view bcp47, double value, std::string_view gender);

/// What is said for the sign of a negative number, by ICU's data; U+2212 where it has no word for
/// it. Voices of many languages say it in English or not at all. Thread-safe.
std::u32string minus_word(std::string_view bcp47);

}  // namespace gst_tts
