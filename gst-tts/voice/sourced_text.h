// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gst_tts {

/// A character that is to be spoken, and the part of the request's text that it stands for. Texts
/// are rewritten before an engine reads them; this is how a spoken word finds its way back.
struct SourcedCharacter {
  char32_t character = 0;
  size_t begin = 0;  ///< bytes from the start of the request's text
  size_t end = 0;    ///< likewise, one past the last byte
};

using SourcedText = std::vector<SourcedCharacter>;

/// The characters of a text; invalid UTF-8 becomes U+FFFD.
SourcedText decode(std::string_view utf8);

/// Adds characters that all stand for the bytes [begin, end) of the request's text.
void append(SourcedText& text, std::u32string_view said, size_t begin, size_t end);

/// Adds the characters [begin, end) of another text as they are.
void copy(SourcedText& out, const SourcedText& text, size_t begin, size_t end);

/// The characters alone.
std::u32string characters(const SourcedText& text);

/// UTF-8 of the characters in [begin, end).
std::string encode(const SourcedText& text, size_t begin, size_t end);

/// Unicode's NFKC (UAX 15): composed letters, half and full width forms as plain ones, ligatures
/// taken apart. Characters whose compatible form is read differently stay as they are: superscripts
/// ("10²"), fractions ("3½"), the ellipsis, the trade mark sign. A full width mark keeps its width,
/// because a plain one without a space after it is no clause mark to an engine.
SourcedText normalize(const SourcedText& text);

}  // namespace gst_tts
