// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gst_tts {

/// The first character of a pronunciation that is no sign of the International Phonetic Alphabet
/// (letters, diacritics, stress, length, tone, the tie bar; a point and a space between syllables
/// and words); 0 if there is none. Invalid UTF-8 is none.
char32_t find_foreign_sign(std::string_view ipa);

/// X-SAMPA (Wells, 1995) as IPA; nothing where it is no X-SAMPA.
std::optional<std::string> ipa_of_x_sampa(std::string_view x_sampa);

/// Whether these may be espeak-ng's names of phonemes: ASCII, without spaces and brackets.
bool are_espeak_names(std::string_view names);

}  // namespace gst_tts
