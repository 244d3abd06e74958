// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/plain_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

/// Characters and, last in each row, what stands for them in plain typing. As in the preparation of
/// NLLB's own training text (Moses, scripts/tokenizer/normalize-punctuation.perl), and other signs
/// of the same kinds.
constexpr std::u32string_view alike[] = {
    U"’‘‚‛‹›ʼʻʹ′‵´`ˊˋꞌ'",
    U"“”„‟〝〞″‶«»\"",
    U"‐‑‒–—―−⁃⸺⸻─━˗-",
    U"⁄∕/",
    U"∶:",
    U"～〜∼˜~",
    U"‽?",
    U"٪%",
    U"٫.",
    U"٬,",
};

/// Nothing is seen of it: marks of direction, soft hyphens, zero-width spaces.
bool is_invisible(UChar32 character) {
  return u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
         u_charType(character) == U_CONTROL_CHAR;
}

std::string utf8_of(char32_t character) {
  std::string text;
  append_utf8(text, character);
  return text;
}

/// Compatibility forms dissolved: "½" is 1, a fraction slash and 2.
std::string dissolve(std::string_view cluster) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) return std::string(cluster);
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(cluster.data(), static_cast<int32_t>(cluster.size())));
  std::string dissolved;
  normalizer->normalize(text, error).toUTF8String(dissolved);
  return U_FAILURE(error) ? std::string(cluster) : dissolved;
}

std::optional<std::string> plain_character(char32_t character, const Vocabulary& vocabulary) {
  const auto c = static_cast<UChar32>(character);
  if (is_invisible(c)) return std::string();
  if (is_white_space(character)) return std::string(" ");
  if (auto itself = utf8_of(character); vocabulary.knows(itself)) return itself;
  if (const int32_t digit = u_charDigitValue(c); digit >= 0)
    if (auto plain = std::to_string(digit); vocabulary.knows(plain)) return plain;
  for (const std::u32string_view characters : alike)
    if (characters.find(character) != std::u32string_view::npos)
      if (auto plain = utf8_of(characters.back()); vocabulary.knows(plain)) return plain;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> plain_form(std::string_view cluster, const Vocabulary& vocabulary) {
  std::string plain;
  const std::string dissolved = dissolve(cluster);
  for (size_t position = 0; position < dissolved.size();) {
    const auto character = plain_character(next_character(dissolved, position), vocabulary);
    if (!character) return std::nullopt;
    plain += *character;
  }
  return plain;
}

}  // namespace gst_translate
