// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace gst_tts::japanese {

/// Katakana for the names of Latin letters: NHK, エヌエイチケー. Other characters are left out.
std::u32string spell(std::u32string_view letters);

/// Whether a word in Latin letters is said letter by letter: AI, NHK, USA, but not NASA or a word
/// with small letters.
bool is_spelled(std::u32string_view word);

/// How a Japanese speaker says an English word, from its sounds in espeak-ng's phonetic alphabet
/// for the voice "en": ˈɪntənət, インタネット. Stress and what is unknown are left out.
std::u32string katakana_from_phonemes(std::u32string_view phonemes);

}  // namespace gst_tts::japanese
