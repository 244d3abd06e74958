// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/prepare/text_range.h"
#include "gst-translate/prepare/vocabulary.h"

namespace gst_translate {

/// True for a text almost wholly in capital letters; what is `kept` does not count. A single word
/// may be an acronym: it counts where the vocabulary has fewer tokens for it in small letters.
bool is_in_capitals(std::string_view text, const std::vector<TextRange>& kept,
                    std::string_view language, const Vocabulary& vocabulary);

/// The same as a sentence is written: in small letters behind the first one, but for what is `kept`
/// and for words that the vocabulary has fewer tokens for in another form: "London", "USA".
std::string to_sentence_case(std::string_view text, const std::vector<TextRange>& kept,
                             std::string_view language, const Vocabulary& vocabulary);

/// The same in capitals, by the rules of its language (FLORES-200): SS for ß, İ for a Turkish i, no
/// accents in Greek. Scripts without capitals stay as they are, and so does Georgian, whose
/// capitals few fonts have.
std::string to_capitals(std::string_view text, std::string_view language);

}  // namespace gst_translate
