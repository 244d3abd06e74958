// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <vector>

#include "gst-translate/text/utf8.h"

namespace gst_translate::segment {

namespace {

constexpr Kind ascii_kind(char c) {
  if (c >= 'A' && c <= 'Z') return Kind::Upper;
  if (c >= 'a' && c <= 'z') return Kind::Lower;
  if (c >= '0' && c <= '9') return Kind::Digit;
  switch (c) {
    case '\n':
    case '\v':
    case '\f':
      return Kind::Newline;
    case '\r':
    case '\t':
    case ' ':
      return Kind::Space;
    case '.':
      return Kind::FullStop;
    case '?':
    case '!':
      return Kind::Question;
    case '(':
    case '[':
    case '{':
      return Kind::Open;
    case ')':
    case ']':
    case '}':
      return Kind::Close;
    case '"':
    case '\'':
    case '`':
      return Kind::Quote;
    case ',':
      return Kind::Comma;
    case ':':
    case ';':
    case '|':
      return Kind::Colon;
    case '-':
      return Kind::Dash;
    case '*':
    case '_':
    case '~':
      return Kind::Emphasis;
    case '#':
    case '$':
    case '@':
      return Kind::Sign;
    default:
      return Kind::Other;
  }
}

constexpr std::array<Kind, 128> make_ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (size_t i = 0; i < kinds.size(); ++i)
    kinds[i] = ascii_kind(static_cast<char>(i));
  return kinds;
}

bool has_property(UChar32 c, UProperty property) {
  return u_hasBinaryProperty(c, property) != 0;
}

/// Emoji belong to the sentence before them; ✔ ➡ © and the like, which are text unless something
/// says otherwise, are signs as others are.
bool is_emoji(UChar32 c) {
  if (has_property(c, UCHAR_REGIONAL_INDICATOR) || has_property(c, UCHAR_EMOJI_PRESENTATION))
    return true;
  const bool dingbat = c >= 0x2702 && c <= 0x27BF && (c < 0x2763 || c > 0x2764);
  return has_property(c, UCHAR_EMOJI) && c >= 0x2600 && !dingbat && c != 0x2611;
}

/// Punctuation and symbols past ASCII. What is not named here goes by Unicode's Sentence_Terminal
/// and Terminal_Punctuation properties, which know every script.
Kind punctuation_kind(UChar32 c, int8_t category) {
  switch (c) {
    case 0xFF0E:  // ．
    case 0xFE52:  // ﹒
      return Kind::FullStop;
    case 0x2025:  // ‥
    case 0x2026:  // …
    case 0x22EF:  // ⋯
      return Kind::Ellipsis;
    case 0x037E:  // Greek question mark
    case 0x061F:  // ؟
    case 0x07F9:  // N'Ko exclamation mark
    case 0x0F0D:  // Tibetan shad, doubled at the end of a paragraph
    case 0x1367:  // ፧
    case 0x1945:  // Limbu question mark
    case 0x203C:  // ‼
    case 0x203D:  // ‽
    case 0x2047:  // ⁇
    case 0x2048:  // ⁈
    case 0x2049:  // ⁉
    case 0x2E2E:  // ⸮
    case 0xFE56:  // ﹖
    case 0xFE57:  // ﹗
    case 0xFF01:  // ！
    case 0xFF1F:  // ？
      return Kind::Question;
    case 0x0F0E:  // Tibetan double shad and its variants, which Unicode does not call terminals
    case 0x0F0F:
    case 0x0F10:
    case 0x0F11:
    case 0x0F12:
    case 0x1361:  // Ethiopic word space: ፡፡ is a common way to type ።
    case 0x17D4:  // Khmer khan, bariyoosan and koomuut
    case 0x17D5:
    case 0x17DA:
      return Kind::Sure;
    case 0x104A:  // Burmese little section: a comma, and a full stop where it is doubled
      return Kind::Colon;
    case 0x2022:  // •
    case 0x2023:  // ‣
    case 0x2043:  // ⁃
    case 0x25AA:  // ▪
    case 0x25B8:  // ▸
    case 0x25E6:  // ◦
      return Kind::Bullet;
    case 0x2669:  // notes, which open and close the words of a song
    case 0x266A:
    case 0x266B:
    case 0x266C:
    case 0x00B4:  // acute accent, often an apostrophe
      return Kind::Quote;
    case 0x201A:  // ‚
    case 0x201E:  // „
    case 0x301D:  // 〝
      return Kind::Open;
    case 0x301E:  // 〞
    case 0x301F:  // 〟
      return Kind::Close;
    case 0x00A1:  // ¡
    case 0x00BF:  // ¿
    case 0x00A7:  // §
      return Kind::Sign;
    case 0x301C:  // 〜, which lengthens a vowel
    case 0x3030:
    case 0x30FB:  // ・ inside a name
    case 0xFF65:
      return Kind::Other;
    default:
      break;
  }
  if (c >= 0x1F3FB && c <= 0x1F3FF) return Kind::Mark;  // skin tones
  switch (category) {
    case U_START_PUNCTUATION:
      return Kind::Open;
    case U_END_PUNCTUATION:
      return Kind::Close;
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return Kind::Quote;
    case U_DASH_PUNCTUATION:
      return Kind::Dash;
    case U_CURRENCY_SYMBOL:
      return Kind::Sign;
    case U_OTHER_SYMBOL:
      if (c == 0x2116) return Kind::Sign;  // №
      return is_emoji(c) ? Kind::Symbol : Kind::Other;
    default:
      if (has_property(c, UCHAR_S_TERM)) return Kind::Sure;
      if (has_property(c, UCHAR_TERMINAL_PUNCTUATION)) return Kind::Comma;
      return Kind::Other;
  }
}

UScriptCode script_of(char32_t character) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(character), &error);
}

Kind kind_by_properties(char32_t character) {
  if (character == Reader::nothing) return Kind::End;
  const auto c = static_cast<UChar32>(character);
  const int8_t category = u_charType(c);
  switch (category) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return Kind::Upper;
    case U_LOWERCASE_LETTER:
      // Georgian has capitals in Unicode, and no sentence begins with one.
      return (c >= 0x10D0 && c <= 0x10FF) || (c >= 0x2D00 && c <= 0x2D2F) ? Kind::Letter
                                                                          : Kind::Lower;
    case U_OTHER_LETTER:
      if (c == 0xAA || c == 0xBA) return Kind::Lower;                 // ª º of 1.º
      return c == 0x0E33 || c == 0x0EB3 ? Kind::Mark : Kind::Letter;  // Thai and Lao am
    case U_MODIFIER_LETTER:
      return c == 0xFF9E || c == 0xFF9F ? Kind::Mark : Kind::Letter;  // half-width voicing marks
    case U_DECIMAL_DIGIT_NUMBER:
      return Kind::Digit;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return Kind::Mark;
    case U_FORMAT_CHAR:
      return has_property(c, UCHAR_PREPENDED_CONCATENATION_MARK) ? Kind::Other : Kind::Mark;
    case U_SPACE_SEPARATOR:
      return Kind::Space;
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return Kind::Newline;
    case U_CONTROL_CHAR:
      return c == 0x85 ? Kind::Newline : Kind::Other;
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
      return Kind::Other;
    default:
      return punctuation_kind(c, category);
  }
}

constexpr char32_t first_plane = 0x10000;  // code points; hardly a text has others

std::vector<Kind> make_kinds_of_first_plane() {
  std::vector<Kind> kinds(first_plane);
  for (char32_t c = 0; c < first_plane; ++c)
    kinds[c] = kind_by_properties(c);
  return kinds;
}

}  // namespace

const std::array<Kind, 128> ascii_kinds = make_ascii_kinds();

// Asked of ICU each time, kinds took a quarter of the time for Russian; the table takes 64 KiB.
Kind kind_past_ascii(char32_t character) {
  static const std::vector<Kind> kinds = make_kinds_of_first_plane();
  return character < first_plane ? kinds[character] : kind_by_properties(character);
}

bool is_unspaced(char32_t character) {
  if (character < 0x0E00) return false;
  switch (script_of(character)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
      return true;
    default:
      return (character >= 0x3000 && character < 0x3100) ||
             (character >= 0xFF00 && character < 0xFFF0);
  }
}

bool is_armenian(char32_t character) {
  return character >= 0x0531 && character <= 0x058F;
}

bool is_greek(char32_t character) {
  return (character >= 0x0370 && character <= 0x03FF) ||
         (character >= 0x1F00 && character <= 0x1FFF);
}

bool is_hebrew(char32_t character) {
  return character >= 0x0590 && character <= 0x05FF;
}

bool is_indic(char32_t character) {
  return character >= 0x0900 && character <= 0x0DFF;
}

bool is_thai_consonant(char32_t character) {
  return (character >= 0x0E01 && character <= 0x0E2E) ||
         (character >= 0x0E81 && character <= 0x0EAE);
}

bool is_invisible(char32_t character) {
  return character == 0xAD || character == 0x061C || character == 0x200B || character == 0x200E ||
         character == 0x200F || (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}

bool is_aside(char32_t bracket) {
  return std::u32string_view(U"([{（［【〔").find(bracket) != std::u32string_view::npos;
}

size_t width_past_latin(char32_t character) {
  // Most of the wide ones, without a search.
  if ((character >= 0x4E00 && character <= 0x9FFF) || (character >= 0xAC00 && character <= 0xD7A3))
    return 2;
  const int32_t width =
      u_getIntPropertyValue(static_cast<UChar32>(character), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t width_of(std::u32string_view text) {
  size_t width = 0;
  for (const char32_t c : text)
    width += width_of(c);
  return width;
}

char32_t lower_case(char32_t character) {
  if (character < 128) return character >= 'A' && character <= 'Z' ? character + 32 : character;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(character)));
}

std::u32string to_utf32(std::string_view utf8) {
  std::u32string characters;
  for (size_t at = 0; at < utf8.size();)
    characters += next_character(utf8, at);
  return characters;
}

std::string to_utf8(std::u32string_view characters) {
  std::string text(characters.size(), '\0');
  size_t ascii = 0;
  for (; ascii < characters.size() && characters[ascii] < 0x80; ++ascii)
    text[ascii] = static_cast<char>(characters[ascii]);
  text.resize(ascii);
  for (size_t i = ascii; i < characters.size(); ++i)
    append_utf8(text, characters[i]);
  return text;
}

}  // namespace gst_translate::segment
