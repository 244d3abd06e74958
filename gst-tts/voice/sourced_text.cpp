// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/sourced_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"

namespace gst_tts {

namespace {

/// Its compatible form would be read as something else.
bool keeps_its_form(char32_t c) {
  switch (c) {
    case 0x00A8:  // spacing diacritics: NFKC makes a space of them
    case 0x00AA:  // ª
    case 0x00AF:
    case 0x00B2:  // ²
    case 0x00B3:  // ³
    case 0x00B4:
    case 0x00B8:
    case 0x00B9:  // ¹
    case 0x00BA:  // º
    case 0x00BC:  // ¼ ½ ¾
    case 0x00BD:
    case 0x00BE:
    case 0x2026:  // …
    case 0x2116:  // №
    case 0x2122:  // ™
    case 0xFF01:  // ！
    case 0xFF0C:  // ，
    case 0xFF0E:  // ．
    case 0xFF1A:  // ：
    case 0xFF1B:  // ；
    case 0xFF1F:  // ？
      return true;
    default:
      // Superscripts; what is set below a line (CO₂) is read as it would be in it.
      return (c >= 0x2070 && c <= 0x207F) || (c >= 0x2150 && c <= 0x215F);
  }
}

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) {
    throw gst_translate::Error(gst_translate::Error::Kind::Unavailable,
                               std::string("ICU cannot normalize text (") + u_errorName(status) +
                                   "); is its data installed?");
  }
  return *normalizer;
}

bool is_digit(const SourcedText& text, size_t index) {
  if (index >= text.size()) return false;
  const char32_t c = text[index].character;
  return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

}  // namespace

SourcedText decode(std::string_view utf8) {
  SourcedText text;
  text.reserve(utf8.size());
  for (size_t position = 0; position < utf8.size();) {
    const size_t begin = position;
    const char32_t character = gst_translate::next_character(utf8, position);
    text.push_back({character, begin, position});
  }
  return text;
}

void append(SourcedText& text, std::u32string_view said, size_t begin, size_t end) {
  for (const char32_t c : said)
    text.push_back({c, begin, end});
}

void copy(SourcedText& out, const SourcedText& text, size_t begin, size_t end) {
  out.insert(out.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
             text.begin() + static_cast<std::ptrdiff_t>(end));
}

std::u32string characters(const SourcedText& text) {
  std::u32string all;
  all.reserve(text.size());
  for (const SourcedCharacter& each : text)
    all += each.character;
  return all;
}

std::string encode(const SourcedText& text, size_t begin, size_t end) {
  std::string utf8;
  for (size_t i = begin; i < end; ++i)
    gst_translate::append_utf8(utf8, text[i].character);
  return utf8;
}

SourcedText normalize(const SourcedText& text) {
  const icu::Normalizer2& normalizer = nfkc();
  SourcedText normalized;
  normalized.reserve(text.size());
  for (size_t begin = 0; begin < text.size();) {
    // A full width point or comma inside a number is a plain one: ３．５.
    const bool in_number = begin > 0 && is_digit(text, begin - 1) && is_digit(text, begin + 1);
    if (keeps_its_form(text[begin].character) && !in_number) {
      normalized.push_back(text[begin++]);
      continue;
    }
    // As far as characters may act upon each other.
    size_t end = begin + 1;
    while (end < text.size() && !keeps_its_form(text[end].character) &&
           !normalizer.hasBoundaryBefore(static_cast<UChar32>(text[end].character)))
      ++end;
    icu::UnicodeString piece;
    for (size_t i = begin; i < end; ++i)
      piece.append(static_cast<UChar32>(text[i].character));
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString result = normalizer.normalize(piece, status);
    if (U_FAILURE(status) || result == piece) {
      normalized.insert(normalized.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                        text.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      for (int32_t i = 0; i < result.length(); i = result.moveIndex32(i, 1)) {
        normalized.push_back(
            {static_cast<char32_t>(result.char32At(i)), text[begin].begin, text[end - 1].end});
      }
    }
    begin = end;
  }
  return normalized;
}

}  // namespace gst_tts
