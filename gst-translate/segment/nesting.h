// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <array>
#include <cstddef>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/language_rules.h"

namespace gst_translate::segment {

/// The open brackets and quotations at one place of a text. Sentences end outside of them only:
/// "How many? I don't know." is one sentence. A value: a rule may look ahead on a copy.
class Nesting {
 public:
  enum class Role { None, Opens, Closes };

  /// What the mark at a position does. Quotation marks have no direction of their own: „…“ and “…”,
  /// «…» and »…«, "…", an apostrophe.
  struct Mark {
    Role role = Role::None;
    char32_t family = 0;  ///< the opening mark that it is, or that it closes; 0: a stray closer
    size_t length = 1;    ///< characters: 2 for '' and ``
    bool weak = false;    ///< could as well be an apostrophe, or stand at the other end
  };

  /// The mark at `position`, which is of Kind Open, Close or Quote.
  Mark read(Reader& reader, size_t position, const LanguageRules& rules) const;

  /// Goes past a mark.
  void take(const Mark& mark, size_t position);

  bool empty() const { return depth_ == 0; }

  /// Behind an opening note, which its closing one follows.
  bool in_song() const { return depth_ > 0 && is_note(levels_[depth_ - 1].family); }

  /// True when the outermost has been open for longer than any quotation that is worth waiting for.
  bool overdue(size_t position) const {
    return depth_ > 0 && position - levels_[0].begin > (levels_[0].weak ? longest_weak : longest);
  }

  /// Where the outermost, or the one that a mark closes, begins.
  size_t outermost() const { return levels_[0].begin; }
  size_t begin_of(const Mark& closer) const;

  /// Closes all, at the end of a sentence.
  void close_all() { depth_ = 0; }

  /// Gives up what is open: a quotation that went on for paragraphs. Its closing mark, which may
  /// still come, belongs to the sentence before it.
  void give_up();

  /// A quotation mark that opens and closes nothing has been seen.
  void note_quotation() { quoted_ = true; }

  /// The beginning of a paragraph: nothing is open, no quotation has been seen.
  void begin_paragraph() {
    depth_ = 0;
    quoted_ = false;
  }

  /// `count` characters before the positions are gone.
  void shift(size_t count);

 private:
  struct Level {
    char32_t family;
    size_t begin;
    bool weak;
  };

  // In characters: a page of direct speech is not worth its delay, and neither is a stray
  // apostrophe.
  static constexpr size_t longest = 600;
  static constexpr size_t longest_weak = 300;

  bool contains(char32_t family) const;
  Mark closing(char32_t family, size_t length = 1) const;
  bool closes_given_up(Reader& reader, size_t position) const;
  Mark read_quote(Reader& reader, size_t position, const LanguageRules& rules) const;
  Mark read_plain_quote(Reader& reader, size_t position, char32_t family, size_t length,
                        const LanguageRules& rules) const;
  Mark read_detached(Reader& reader, size_t position, char32_t family, size_t length) const;

  std::array<Level, 16> levels_;  // deeper ones are not worth following
  size_t depth_ = 0;
  bool quoted_ = false;    // a quotation has been seen in this paragraph
  char32_t given_up_ = 0;  // the family of a quotation whose closing mark may still come
};

}  // namespace gst_translate::segment
