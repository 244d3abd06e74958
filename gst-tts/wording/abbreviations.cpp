// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/abbreviation_table.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// One past the abbreviation if it begins at `at`, 0 if it does not.
size_t match(const SourcedText& text, size_t at, View written) {
  const char32_t first = text[at].character;
  if (first != written.front() &&
      u_tolower(static_cast<UChar32>(first)) != static_cast<UChar32>(written.front()))
    return 0;
  size_t end = at + 1;
  for (size_t i = 1; i < written.size(); ++i) {
    if (written[i - 1] == U'.') end = skip_spaces(text, end);
    if (character_at(text, end) != written[i]) return 0;
    ++end;
  }
  return written.back() != U'.' && is_letter_or_digit(character_at(text, end)) &&
                 !is_digit(character_at(text, end))
             ? 0
             : end;
}

bool is_behind_number(const SourcedText& text, size_t at) {
  at = before_spaces(text, at);
  if (at > 0 && text[at - 1].character == U'.') --at;
  return at > 0 && is_digit(text[at - 1].character);
}

/// "1 Mio.", but neither "21 Mio." nor "0,1 Mio."
bool is_behind_one(const SourcedText& text, size_t at) {
  at = before_spaces(text, at);
  if (at == 0 || text[at - 1].character != U'1') return false;
  const char32_t before = at > 1 ? text[at - 2].character : U' ';
  return !is_letter_or_digit(before) && before != U',' && before != U'.';
}

bool is_behind_year(const SourcedText& text, size_t at) {
  constexpr size_t digits_of_year = 4;
  at = before_spaces(text, at);
  return at - digits_begin(text, at) == digits_of_year;
}

/// German law: "§ 3 Abs. 2 S. 1".
bool is_behind_paragraph(const SourcedText& text, size_t at) {
  size_t before = before_spaces(text, at);
  if (before > 0 && u_isalpha(static_cast<UChar32>(text[before - 1].character))) --before;  // 3a
  const size_t digits = digits_begin(text, before);
  if (digits == before) return false;
  const size_t sign = before_spaces(text, digits);
  return sign > 0 &&
         (text[sign - 1].character == U'§' ||
          (text[sign - 1].character == U'.' && small_word_before(text, sign - 1) == U"abs"));
}

/// "J. M. G. Le Clézio" and "Κ. Π. Καβάφης": M. is no title there, and the Greek one is small.
bool is_initial(const SourcedText& text, size_t begin, View written) {
  constexpr size_t letter_and_stop = 2;
  if (written.size() != letter_and_stop) return false;
  const size_t before = before_spaces(text, begin);
  return text[begin].character != written.front() ||
         (before > 1 && text[before - 1].character == U'.' &&
          u_isupper(static_cast<UChar32>(text[before - 2].character)) != 0);
}

bool means_it(const SourcedText& text, size_t begin, size_t end, Where where) {
  const char32_t next = character_at(text, skip_spaces(text, end));
  switch (where) {
    case Where::BeforeNumber:
      return is_digit(next);
    case Where::BesideNumber:
      return is_digit(next) || is_behind_number(text, begin);
    case Where::BehindOne:
      return is_behind_one(text, begin);
    case Where::BehindParagraph:
      return is_behind_paragraph(text, begin);
    case Where::BehindYear:
      return is_behind_year(text, begin);
    case Where::BeforeName:
      return u_isupper(static_cast<UChar32>(next)) != 0;
    case Where::AtEnds:
    case Where::EndOfWord:
    case Where::Anywhere:
      break;
  }
  return true;
}

/// Only spaces and closing quotes and brackets follow, or another sentence.
bool is_end(const SourcedText& text, size_t at, Where where) {
  const char32_t next = character_at(text, skip_spaces(text, at));
  if (where == Where::AtEnds && u_isupper(static_cast<UChar32>(next))) return true;
  return std::all_of(
      text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), [](const SourcedCharacter& c) {
        constexpr View closing = U"\"'”’»)]";
        return gst_translate::is_white_space(c.character) || is_one_of(c.character, closing);
      });
}

}  // namespace

SourcedText spell_out_abbreviations(const SourcedText& text, std::string_view flores) {
  const auto rows = rows_of(abbreviations, flores);
  if (rows.empty()) return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : 0;
    const bool in_word = is_letter_or_digit(before);
    const auto* found = std::find_if(rows.begin(), rows.end(), [&](const Abbreviation& row) {
      return in_word == (row.where == Where::EndOfWord) && before != U'.' &&
             (end = match(text, at, row.written)) != 0 && means_it(text, at, end, row.where) &&
             !(row.where == Where::BeforeName && is_initial(text, at, row.written));
    });
    if (found == rows.end()) {
      out.push_back(text[at]);
      end = at + 1;
      continue;
    }
    append(out, found->said, text[at].begin, text[end - 1].end);
    // Its full stop may end the sentence, too.
    if (found->written.back() == U'.' && is_end(text, end, found->where))
      out.push_back(text[end - 1]);
    // "Nr.5"
    if (is_letter_or_digit(character_at(text, end)))
      out.push_back({U' ', text[end - 1].end, text[end - 1].end});
  }
  return out;
}

}  // namespace gst_tts
