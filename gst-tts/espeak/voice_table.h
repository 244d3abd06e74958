// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/voice/synthesizer.h"

namespace gst_tts {

/// One voice of espeak-ng that speaks one language of FLORES-200.
struct EspeakVoice {
  std::string_view language;  ///< FLORES-200 code
  std::string_view name;      ///< espeak-ng's voice file
  VoiceQuality quality;
  std::string_view remark;  ///< for the user to read
  std::string_view since;   ///< espeak-ng's version that has it first; empty: 1.51 has it
  /// Those in which it is the language's voice, ISO 3166 or UN M.49, between spaces; empty: in all
  /// that no other voice of the language has.
  std::string_view regions = {};
};

/// By language code; the best voice of a language first, those of some regions last. An explicit
/// table, for espeak-ng's own choice by language answers "zh" with a voice that misreads it and
/// unknown codes with whatever spoke last (measured with 1.51). Voices and versions:
/// espeak-ng/espeak-ng:docs/languages.md and ChangeLog.md; each one's quality by ear and phonemes.
/// Whose regions have English as in Britain, Spanish as in Latin America and Portuguese as in
/// Portugal: the parent locales of Unicode's CLDR, of which the larger ones of English are here.
const std::vector<EspeakVoice>& espeak_voices();

/// Whether the voice is its language's in that region, of either case.
bool is_for_region(const EspeakVoice& voice, std::string_view region);

/// espeak-ng's code of the language that a voice speaks, by its name: "en" of "en-us+f3" and of
/// "gmw/en-GB".
std::string voice_language(std::string_view voice);

}  // namespace gst_tts
