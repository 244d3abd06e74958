// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/utf8.h"

#include <unicode/uchar.h>

// Decoded here and not by ICU's macros: a stream needs to know an invalid sequence from one that
// the next bytes may finish.

namespace gst_translate {

namespace {

constexpr char32_t replacement_character = 0xFFFD;
constexpr char32_t byte_order_mark = 0xFEFF;

enum class Sequence { Valid, Invalid, Unfinished };

struct Decoded {
  Sequence sequence;
  char32_t character;  ///< U+FFFD unless valid
  size_t length;       ///< bytes: the character, or the maximal subpart of an invalid sequence
};

/// The character at the start of `utf8`, which is not empty: Unicode 15, table 3-7.
Decoded decode(std::string_view utf8) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(utf8[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {Sequence::Valid, lead, 1};
  size_t length;
  if (lead >= 0xC2 && lead <= 0xDF)
    length = 2;
  else if (lead >= 0xE0 && lead <= 0xEF)
    length = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    length = 4;
  else
    return {Sequence::Invalid, replacement_character, 1};

  // The second byte keeps out forms that are not the shortest, surrogates and what is past
  // U+10FFFF.
  uint8_t lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  uint8_t highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  uint32_t character = lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if (i == utf8.size()) return {Sequence::Unfinished, replacement_character, i};
    if (byte(i) < lowest || byte(i) > highest) return {Sequence::Invalid, replacement_character, i};
    character = character << 6 | (byte(i) & 0x3Fu);
    lowest = 0x80;
    highest = 0xBF;
  }
  return {Sequence::Valid, character, length};
}

}  // namespace

void append_utf8(std::string& text, char32_t character) {
  if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
    character = replacement_character;
  const auto tail = [&](int shift) {
    text += static_cast<char>(0x80 | (character >> shift & 0x3F));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0 | character >> 6);
    tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0 | character >> 12);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | character >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

char32_t next_character(std::string_view utf8, size_t& position) {
  const Decoded decoded = decode(utf8.substr(position));
  position += decoded.length;
  return decoded.character;
}

bool is_white_space(char32_t character) {
  return u_isUWhiteSpace(static_cast<UChar32>(character)) != 0;
}

std::string Utf8Stream::push(std::string_view bytes) {
  partial_ += bytes;
  std::string text;
  text.reserve(partial_.size());
  size_t position = 0;
  while (position < partial_.size()) {
    // Most text is ASCII, or ASCII between the letters: no need to look at each byte twice.
    size_t ascii = position;
    while (ascii < partial_.size() && static_cast<uint8_t>(partial_[ascii]) < 0x80)
      ++ascii;
    text.append(partial_, position, ascii - position);
    begun_ = begun_ || ascii > position;
    position = ascii;
    if (position == partial_.size()) break;
    const Decoded decoded = decode(std::string_view(partial_).substr(position));
    if (decoded.sequence == Sequence::Unfinished) break;
    if (decoded.sequence == Sequence::Invalid) {
      ++invalid_;
      append_utf8(text, replacement_character);
    } else if (begun_ || decoded.character != byte_order_mark) {
      text.append(partial_, position, decoded.length);
    }
    position += decoded.length;
    begun_ = true;
  }
  partial_.erase(0, position);
  return text;
}

std::string Utf8Stream::finish() {
  std::string text;
  if (!partial_.empty()) {
    ++invalid_;
    append_utf8(text, replacement_character);
  }
  reset();
  return text;
}

void Utf8Stream::reset() {
  partial_.clear();
  begun_ = false;
}

std::string_view trim(std::string_view utf8) {
  size_t start = 0, end = 0;
  bool begun = false;
  for (size_t position = 0; position < utf8.size();) {
    const size_t before = position;
    if (is_white_space(next_character(utf8, position))) continue;
    if (!begun) start = before;
    begun = true;
    end = position;
  }
  return utf8.substr(start, end - start);
}

}  // namespace gst_translate
