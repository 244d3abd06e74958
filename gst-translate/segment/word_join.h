// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string_view>

namespace gst_translate::segment {

/// True if a piece is a cue rather than a word: it has white space or a note inside, or is longer
/// than words of scripts without spaces are.
bool is_cue(std::string_view piece);

/// True if a piece is a bracket as a whole. Between sentences that is a sound: [MUSIC]
bool is_sound(std::string_view piece);

bool has_letter_or_digit(std::string_view word);

/// True if a word is written without a space before it: , ) 's. `spaced_marks`: only . , and the
/// like are, as in French.
bool clings(std::string_view word, bool spaced_marks);

/// True if a word, given in valid UTF-8, is written after a space where the text before it ends
/// with `before`: not in scripts that use none, nor where either side is punctuation that clings.
bool wants_space_between(char32_t before, std::string_view word, bool spaced_marks);

}  // namespace gst_translate::segment
