// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

namespace {

constexpr char32_t prime = U'\u2032';

bool is_quotation_mark(char32_t c) {
  return c == U'"' || c == U'”';
}

bool is_single_mark(char32_t c) {
  return c == prime || c == U'\'' || c == U'’';
}

/// One past the mark of inches at `at`, 0 if there is none: a double prime is two by now.
size_t inch_mark_end(const SourcedText& text, size_t at) {
  const char32_t c = character_at(text, at);
  const size_t end = is_quotation_mark(c)                                   ? at + 1
                     : is_single_mark(c) && character_at(text, at + 1) == c ? at + 2
                                                                            : 0;
  return end > 0 && !is_letter_or_digit(character_at(text, end)) ? end : 0;
}

/// One past 5 or 5.5.
size_t decimal_end(const SourcedText& text, size_t at) {
  const size_t end = digits_end(text, at);
  const char32_t point = character_at(text, end);
  const bool decimal = end > at && (point == U'.' || point == U',');
  const size_t decimals = decimal ? digits_end(text, end + 1) : end;
  return decimals > end + 1 ? decimals : end;
}

/// A quotation that was begun, so that the next mark ends it.
class Quotation {
 public:
  bool open() const { return open_; }
  void pass(char32_t c) {
    if (c == U'"' || c == U'“')
      open_ = !open_;
    else if (c == U'„' || c == U'”')
      open_ = c == U'„';
  }

 private:
  bool open_ = false;
};

}  // namespace

SourcedText spell_out_primes(const SourcedText& text) {
  constexpr size_t most_digits = 3;
  constexpr std::u32string_view inch = U" \u2033";
  SourcedText out;
  out.reserve(text.size());
  Quotation quotation;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    const size_t whole = digits_end(text, at);
    end = std::max(at + 1, whole);
    const bool begins = whole > at && whole - at <= most_digits && !is_letter_or_digit(before) &&
                        !is_single_mark(before) && before != U'.' && before != U',' &&
                        before != U'°';
    const bool feet = begins && is_single_mark(character_at(text, whole)) &&
                      is_digit(character_at(text, whole + 1));
    const size_t inches = feet ? whole + 1 : at;
    const size_t number = begins ? decimal_end(text, inches) : at;
    const size_t mark_end = number > inches ? inch_mark_end(text, number) : 0;
    // 6'2" is a height, whatever was quoted.
    const bool is_inches =
        mark_end > 0 && (feet || !quotation.open() || !is_quotation_mark(text[number].character));
    if (!is_inches) {
      for (size_t i = at; i < end; ++i)
        quotation.pass(text[i].character);
      copy(out, text, at, end);
      continue;
    }
    if (feet) {
      copy(out, text, at, whole);
      append(out, U" ft ", text[whole].begin, text[whole].end);
    }
    copy(out, text, inches, number);
    append(out, inch, text[number].begin, text[mark_end - 1].end);
    end = mark_end;
  }
  return out;
}

}  // namespace gst_tts
