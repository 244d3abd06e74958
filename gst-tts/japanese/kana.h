// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

bool is_kana(char32_t c);

/// A Chinese character, or the mark that repeats one.
bool is_kanji(char32_t c);

/// Hiragana as katakana, everything else as it is; ウ behind ョ and ュ as the long vowel that it
/// stands for there.
std::u32string to_katakana(std::u32string_view kana);

/// Phrases of katakana spelled so that espeak-ng's voice "ja" reads them: 1.51 reads リュ as
/// "ryau", small letters that stand alone as "Japanese letter", and has no rule for some foreign
/// syllables. Every syllable was checked by its phonemes.
SourcedText spell_for_voice(const SourcedText& phrases);

}  // namespace gst_tts::japanese
