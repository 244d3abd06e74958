// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gst_translate {

/// A part of a text that is translated by itself.
struct TextPart {
  std::string text;
  int line_breaks = 0;  ///< between the part before and this one
  bool joined = false;  ///< it follows the part before without a space
};

/// The sentences of a text: NLLB was trained on single ones and drops some of several.
std::vector<TextPart> split_sentences(std::string_view text, std::string_view language);

/// A sentence in parts of at most `width` units (a character; an East Asian wide one counts two),
/// cut at clause marks where there are any, else between words.
std::vector<std::string> split_clauses(std::string_view sentence, std::string_view language,
                                       size_t width);

/// Units of a text, as `split_clauses` counts them.
size_t text_width(std::string_view text);

}  // namespace gst_translate
