// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

/// A text as a dictionary writes it, before NFKC, which would take some of it apart in another
/// sense: Roman numerals and circled numbers as digits (Ⅳ 4, ❶ 1), circled weekdays and other
/// words in one sign as those words (㈪ 月曜日, ㈱ 株式会社), marks of voice with their letter
/// (ハ゛バ, あ゛あ), powers in words (10⁻³ 10のマイナス3乗), characters without the selectors of
/// their form, numerals for contracts as the usual ones (弐万 二万).
SourcedText usual_spelling(const SourcedText& text);

/// The form that dictionaries have of an old or rare form of a character (學 学, 髙 高); the
/// character itself if it is none.
char32_t usual_form(char32_t c);

}  // namespace gst_tts::japanese
