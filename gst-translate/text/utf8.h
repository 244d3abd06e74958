// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// Appends one character; what is not a Unicode scalar value becomes U+FFFD.
GST_LINGUA_EXPORT void append_utf8(std::string& text, char32_t character);

/// The character at `position`, which moves past it; an invalid sequence gives U+FFFD and is
/// skipped as Unicode recommends (one replacement for each maximal subpart, Unicode 15 table 3-7).
GST_LINGUA_EXPORT char32_t next_character(std::string_view utf8, size_t& position);

/// Unicode's property White_Space: spaces of any width, tabs, ends of lines.
GST_LINGUA_EXPORT bool is_white_space(char32_t character);

/// Makes valid UTF-8 of bytes that arrive in pieces cut anywhere, inside characters too. A byte
/// order mark at the very beginning is dropped.
class GST_LINGUA_EXPORT Utf8Stream {
 public:
  /// The valid text that the bytes complete; the start of a character is kept for the next call.
  std::string push(std::string_view bytes);

  /// What an unfinished character at the end of the stream becomes: U+FFFD, or nothing. A new
  /// stream may begin afterwards.
  std::string finish();

  /// The bytes that are kept: the start of a character.
  std::string_view unfinished() const { return partial_; }

  /// Sequences replaced by U+FFFD so far.
  uint64_t invalid_sequences() const { return invalid_; }

  /// Forgets the unfinished character; a new stream may begin. The count above stays.
  void reset();

 private:
  std::string partial_;
  uint64_t invalid_ = 0;
  bool begun_ = false;
};

/// Without white space at its ends.
GST_LINGUA_EXPORT std::string_view trim(std::string_view utf8);

}  // namespace gst_translate
