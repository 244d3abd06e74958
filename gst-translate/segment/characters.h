// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gst_translate::segment {

/// What a character can be to a sentence.
enum class Kind : uint8_t {
  // What carries meaning of its own: a sentence has at least one of these.
  Upper,   ///< a capital
  Lower,   ///< a small letter of a script that has capitals
  Letter,  ///< a letter of a script that has none in use: Arabic, Chinese, Georgian, Hindi, ...
  Digit,   ///<
  Symbol,  ///< emoji and other pictures
  // What never ends, opens or closes anything either, whatever stands beside it.
  Mark,      ///< belongs to the character before it, or shows nothing: accents, joiners, controls
  Comma,     ///< separates clauses: , 、 ، and the like
  Dash,      ///<
  Bullet,    ///< begins a list item: •
  Emphasis,  ///< * _ ~ of plain text mark-up
  Sign,      ///< begins what could begin a sentence: ¿ ¡ $ € # @ §
  Other,     ///<
  // What may.
  FullStop,  ///< . and its full-width forms: the end of a sentence, of an abbreviation, in a number
  Ellipsis,  ///< …
  Question,  ///< ? and ! of all scripts, which may be repeated; the Tibetan shad
  Sure,      ///< 。 । ። and the like: the end of a sentence whatever follows
  Colon,     ///< : ; | which separate clauses, and in some scripts end sentences
  Open,      ///< ( [ 「 and other opening brackets, „ and ‚
  Close,     ///< ) ] 」
  Quote,     ///< quotation marks and apostrophes whose direction depends on what is around them
  Space,     ///< white space inside a line
  Newline,   ///<
  End,       ///< nothing: the text ends here
};

extern const std::array<Kind, 128> ascii_kinds;
Kind kind_past_ascii(char32_t character);

inline Kind kind_of(char32_t character) {
  return character < ascii_kinds.size() ? ascii_kinds[character] : kind_past_ascii(character);
}

inline bool is_letter(Kind kind) {
  return kind <= Kind::Letter;
}
inline bool is_content(Kind kind) {
  return kind <= Kind::Symbol;
}
inline bool is_plain(Kind kind) {
  return kind <= Kind::Other;
}
inline bool is_terminator(Kind kind) {
  return kind >= Kind::FullStop && kind <= Kind::Sure;
}
inline bool is_space(Kind kind) {
  return kind == Kind::Space || kind == Kind::Newline;
}

/// Without the white space at its end.
inline std::u32string_view trim_end(std::u32string_view text) {
  while (!text.empty() && is_space(kind_of(text.back())))
    text.remove_suffix(1);
  return text;
}

/// Of a script that writes words without spaces between them (Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese, Tibetan), its punctuation included.
bool is_unspaced(char32_t character);

bool is_armenian(char32_t character);
bool is_greek(char32_t character);
bool is_hebrew(char32_t character);
/// Of a script of India, where | is a common way to type the danda.
bool is_indic(char32_t character);
/// Thai and Lao consonants, of which abbreviations consist: no vowel sign among them.
bool is_thai_consonant(char32_t character);

/// Directional marks and the like: not even part of a word's spelling.
bool is_invisible(char32_t character);

/// Of brackets: those that hold an aside, and none that hold a quotation or a title.
bool is_aside(char32_t bracket);

/// ♪ and the like, which begin and end the words of a song.
inline bool is_note(char32_t character) {
  return character >= 0x2669 && character <= 0x266C;
}

/// One column, or two for East Asian wide characters (Unicode annex 11).
size_t width_past_latin(char32_t character);

inline size_t width_of(char32_t character) {
  return character < 0x1100 ? 1 : width_past_latin(character);
}

/// The columns of a text.
size_t width_of(std::u32string_view text);

char32_t lower_case(char32_t character);

/// Bytes of the character in UTF-8.
inline size_t utf8_length(char32_t character) {
  return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

std::string to_utf8(std::u32string_view characters);
std::u32string to_utf32(std::string_view utf8);

/// A text as far as it has arrived. A rule that looks past the end sees `Kind::End`, and the reader
/// notes it: such a verdict holds only if the text ends here, and is asked for again when more has
/// arrived. A rule that did not look past the end gives the same verdict however the text was cut.
class Reader {
 public:
  static constexpr char32_t nothing = 0xFFFFFFFF;

  Reader(std::u32string_view text, bool ended) : text_(text), ended_(ended) {}

  char32_t operator[](size_t position) {
    if (position < text_.size()) return text_[position];
    starved_ = starved_ || !ended_;
    return nothing;
  }
  Kind kind(size_t position) { return kind_of((*this)[position]); }
  /// What stands before `position`, invisible marks aside; the start of the sentence counts as
  /// white space.
  Kind kind_before(size_t position) {
    while (position > 0 && text_[position - 1] > 0x7F && is_invisible(text_[position - 1]))
      --position;
    return position == 0 ? Kind::Space : kind_of(text_[position - 1]);
  }
  /// What stands at `position` or behind the invisible marks there.
  Kind visible_kind(size_t position) { return kind(skip_invisible(position)); }
  /// The next position from `position` on that shows something, or is the end.
  size_t skip_invisible(size_t position) {
    while (kind(position) == Kind::Mark && is_invisible((*this)[position]))
      ++position;
    return position;
  }
  /// The next position from `position` on that is no white space.
  size_t skip_space(size_t position) {
    while (is_space(kind(position)))
      ++position;
    return position;
  }

  bool starved() const { return starved_; }

  /// What stands before `position`, which has arrived.
  std::u32string_view before(size_t position) const { return text_.substr(0, position); }

 private:
  std::u32string_view text_;
  bool ended_;
  bool starved_ = false;
};

}  // namespace gst_translate::segment
