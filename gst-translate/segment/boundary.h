// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_rules.h"
#include "gst-translate/segment/nesting.h"
#include "gst-translate/segment/terminator.h"
#include "gst-translate/segment/words.h"

namespace gst_translate::segment {

/// Whether a sentence ends at a terminator.
struct Verdict {
  bool ends = false;
  size_t end = 0;         ///< behind the last character that belongs to the sentence
  bool sure = false;      ///< by the mark alone: no least length applies
  bool certain = false;   ///< whatever follows, but for repeated marks and closers
  bool doubtful = false;  ///< only because the text ends here: after "Dr." one waits
  bool inside = false;    ///< `end` is one, but inside an open quotation or bracket
  bool quoted = false;    ///< a quotation mark belongs to the sentence's end
  size_t next = 0;        ///< where to go on if none ends here: behind the repeated marks
};

/// Judges the terminators of a sentence, whose text the reader has from its beginning.
class Judge {
 public:
  /// `has_content`: a letter or digit stands before the terminator. `begins_inside`: the sentence
  /// was cut before this text, so its first letter says nothing.
  Judge(Reader& reader, const LanguageRules& rules, const Nesting& nesting, bool has_content,
        bool begins_inside)
      : reader_(reader),
        rules_(rules),
        nesting_(nesting),
        has_content_(has_content),
        begins_inside_(begins_inside) {}

  /// Whether the sentence ends with the terminator at `position`.
  Verdict judge(size_t position) const;

  /// True if a sentence begins at `position`, behind an aside that stands between sentences.
  bool may_follow_aside(size_t position) const;

  /// In columns: a longer line was cut by an editor, not by its author.
  static constexpr size_t wrapped_line = 40;

  /// True if a line that ends before `newline` ends a sentence there, none of its terminators
  /// having done so; it has `line_width` columns.
  bool ends_line(size_t newline, size_t line_width) const;

 private:
  bool joins_abbreviations(const WordBefore& word, size_t dash) const;
  bool cites_verse(const WordBefore& word, const Next& next) const;
  bool ends_after_stop(size_t position, const WordBefore& word, const Tail& tail,
                       const Next& next) const;
  bool ends_before_capital(const WordBefore& word, const Tail& tail, const Next& next) const;
  bool ends_before_digit(const WordBefore& word) const;
  bool ends_before_uncased(const WordBefore& word, const Tail& tail, const Next& next) const;
  bool ends_without_space(size_t position, const WordBefore& word, const Next& next) const;
  bool ends_after_ellipsis(size_t position, const Tail& tail, const Next& next) const;
  bool ends_after_question(size_t position, const Tail& tail, const Next& next) const;
  bool ends_unspaced(const Tail& tail, const Next& next) const;
  bool continues_formula(size_t position) const;
  bool numbers_sentence(size_t position) const;
  bool awaits_number(const WordBefore& word) const;
  bool is_starter(const Next& next) const;
  bool is_title(const Next& next) const;
  bool begins_clause(const WordBefore& word, const Next& next) const;
  bool is_continued(const WordBefore& word, const Next& next) const;
  bool is_pronoun(const WordBefore& word) const;
  bool is_list_marker(const WordBefore& word) const;
  bool is_fronted(size_t position) const;
  bool begins_with_year(size_t position) const;
  bool is_time_zone(const WordBefore& word, const Next& next) const;
  bool numbers_item(size_t position) const;
  bool writes_small(size_t position) const;

  Reader& reader_;
  const LanguageRules& rules_;
  const Nesting& nesting_;
  bool has_content_;
  bool begins_inside_;
};

}  // namespace gst_translate::segment
