// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_rules.h"
#include "gst-translate/segment/nesting.h"

namespace gst_translate::segment {

/// What terminators are together: "?!", "...".
enum class Terminator { None, Stop, Ellipsis, Question, Sure };

/// The kind of terminator at `position`; `None` also where the mark ends nothing in its script.
Terminator terminator_at(Reader& reader, size_t position);

/// The terminators and what belongs to them: repeated marks, closing quotes and brackets,
/// footnote references, emoji.
struct Tail {
  size_t end = 0;
  size_t marks_end = 0;  ///< behind the first terminators, before any closer
  Nesting nesting;
  Terminator mark = Terminator::Stop;
  size_t stops = 0;
  size_t detached_stops = 0;  ///< of them, after white space
  bool ellipsis = false;
  bool question = false;
  bool sure = false;
  bool quoted = false;
  bool doubled = false;       ///< "..": an abbreviation's and the sentence's own
  bool new_ellipsis = false;  ///< ". . . .": a full stop, and a sentence that begins with dots
  bool closes = false;        ///< a quotation or bracket
  bool closes_aside = false;  ///< a bracket that was opened inside a sentence
  bool closes_title = false;  ///< 》
  bool introduced = false;    ///< the quotation that it closes comes after a colon or a comma
  bool too_long = false;
};

/// Reads on from the terminator at `position`, with what is open before it.
Tail read_tail(Reader& reader, const LanguageRules& rules, const Nesting& nesting, size_t position);

/// What decides: the first character of the next word.
struct Next {
  size_t position = 0;  ///< of that character
  Kind kind = Kind::End;
  bool adjacent = false;  ///< no white space before it
  bool quoted = false;    ///< inside an opening quotation mark
};

/// Looks across white space, opening quotes and dashes after the tail.
Next read_next(Reader& reader, const LanguageRules& rules, const Tail& tail);

/// The letter nearest before `position`, in the same few characters; 0 if none.
char32_t letter_before(const Reader& reader, size_t position);

}  // namespace gst_translate::segment
