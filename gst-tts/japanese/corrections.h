// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace gst_tts::japanese {

/// Words that dictionaries read as nobody does today, or take apart: their reading; empty if
/// `written` is none of them.
std::u32string_view corrected_reading(std::u32string_view written);

/// The longest of those words, in characters.
size_t longest_correction();

/// The usual reading of a word that the dictionary reads as `reading`: ニホン where it has
/// ニッポン, but for names that insist on it (日本銀行); ユー for 言う.
std::u32string usual_reading(std::u32string_view written, std::u32string reading);

}  // namespace gst_tts::japanese
