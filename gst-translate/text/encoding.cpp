// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_translate {

namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view bytes;
  const char* encoding;
};

// Longer ones first where one begins with the other.
constexpr Mark marks[] = {
    {"\xEF\xBB\xBF"sv, "UTF-8"}, {"\xFF\xFE\0\0"sv, "UTF-32LE"}, {"\0\0\xFE\xFF"sv, "UTF-32BE"},
    {"\xFF\xFE"sv, "UTF-16LE"},  {"\xFE\xFF"sv, "UTF-16BE"},
};

// Bytes that are no character of Windows-1252, and the one that no text has.
constexpr std::string_view not_in_windows_1252 = "\0\x81\x8D\x8F\x90\x9D"sv;

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

std::string_view without_end_nuls(std::string_view text) {
  return text.substr(0, text.find_last_not_of('\0') + 1);
}

bool may_become_a_mark(std::string_view bytes) {
  return std::any_of(std::begin(marks), std::end(marks), [&](const Mark& mark) {
    return bytes.size() < mark.bytes.size() && starts_with(mark.bytes, bytes);
  });
}

bool is_utf8(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  const char* standard = ucnv_getStandardName(name.c_str(), "IANA", &status);
  return standard != nullptr && standard == "UTF-8"sv;
}

/// Characters of valid UTF-8 that are not ASCII.
uint64_t count_beyond_ascii(std::string_view utf8) {
  return static_cast<uint64_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return static_cast<uint8_t>(c) >= 0xC0; }));
}

}  // namespace

/// One of ICU's converters.
class TextDecoder::Converter {
 public:
  /// Throws `Error` Settings if there is none of this name.
  explicit Converter(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_.reset(name.empty() ? nullptr : ucnv_open(name.c_str(), &status));
    if (!converter_ || U_FAILURE(status))
      throw Error(Error::Kind::Settings,
                  "There is no encoding \"" + name +
                      "\"; it is auto, or a name such as utf-8, utf-16le, windows-1252, "
                      "iso-8859-2, shift_jis or gb18030 (uconv --list prints them all).");
    ucnv_setToUCallBack(converter_.get(), replace, this, nullptr, nullptr, &status);
  }

  /// With `end`, bytes of an unfinished character are invalid, and a new text may follow.
  std::string decode(std::string_view bytes, bool end) {
    std::string text;
    const char* next = bytes.data();
    const char* const last = next + bytes.size();
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
      status = U_ZERO_ERROR;
      UChar units[1024] = {};
      UChar* to = units;
      ucnv_toUnicode(converter_.get(), &to, units + std::size(units), &next, last, nullptr, end,
                     &status);
      for (const UChar* unit = units; unit < to; ++unit)
        append(text, *unit);
    }
    if (end) reset();
    return text;
  }

  void reset() {
    ucnv_reset(converter_.get());
    lead_ = 0;
    begun_ = false;
  }

  /// Sequences that became U+FFFD.
  uint64_t invalid = 0;

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };

  static void U_CALLCONV replace(const void* context, UConverterToUnicodeArgs* args,
                                 const char* bytes, int32_t length, UConverterCallbackReason reason,
                                 UErrorCode* status) {
    if (reason > UCNV_IRREGULAR) return;  // reset, close, clone
    ++static_cast<Converter*>(const_cast<void*>(context))->invalid;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, bytes, length, reason, status);
  }

  /// A pair of surrogates may be divided between two of ICU's buffers.
  void append(std::string& text, UChar unit) {
    char32_t character = unit;
    if (U16_IS_LEAD(unit)) {
      lead_ = unit;
      return;
    }
    if (U16_IS_TRAIL(unit)) character = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead_, unit));
    if (begun_ || character != 0xFEFF) append_utf8(text, character);
    begun_ = true;
  }

  std::unique_ptr<UConverter, Close> converter_;
  UChar lead_ = 0;
  bool begun_ = false;
};

TextDecoder::TextDecoder(const std::string& encoding)
    : find_(encoding == "auto"), told_(find_ ? "UTF-8" : encoding) {
  begin();
}

TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

void TextDecoder::begin() {
  become(told_.c_str(), false);
  begun_ = !find_;
  ended_ = false;
  balance_ = 0;
}

void TextDecoder::become(const char* encoding, bool guessed) {
  name_ = encoding;
  guessed_ = guessed;
  converter_ = is_utf8(name_) ? nullptr : std::make_unique<Converter>(name_);
}

std::string TextDecoder::push(std::string_view bytes) {
  if (ended_) begin();
  if (begun_) return decode(bytes, false);
  first_ += bytes;
  if (may_become_a_mark(first_)) return {};
  return decode(begin_with(std::exchange(first_, {})), false);
}

std::string TextDecoder::finish() {
  const std::string last = std::exchange(first_, {});
  if (ended_) begin();
  std::string text = decode(begun_ ? last : begin_with(last), true);
  ended_ = true;
  return text;
}

std::string TextDecoder::finish_character() {
  return begun_ && !ended_ ? decode({}, true) : finish();
}

void TextDecoder::reset() {
  first_.clear();
  utf8_.reset();
  if (converter_) converter_->reset();
}

std::string TextDecoder::begin_with(std::string bytes) {
  begun_ = true;
  const auto* mark = std::find_if(std::begin(marks), std::end(marks), [&](const Mark& candidate) {
    return starts_with(bytes, candidate.bytes);
  });
  if (mark != std::end(marks))
    become(mark->encoding, false);
  else if (bytes.size() >= 2 && (bytes[0] == '\0') != (bytes[1] == '\0'))
    become(bytes[0] == '\0' ? "UTF-16BE" : "UTF-16LE", true);
  return bytes;
}

std::string TextDecoder::decode(std::string_view bytes, bool end) {
  std::string text = converter_ ? converter_->decode(bytes, end) : decode_utf8(bytes, end);
  if (converter_) invalid_ += std::exchange(converter_->invalid, 0);
  text.resize(without_end_nuls(text).size());
  return find_ ? without_controls(text) : text;
}

std::string TextDecoder::decode_utf8(std::string_view bytes, bool end) {
  Utf8Stream trial = utf8_;
  std::string text = trial.push(bytes);
  if (end) text += trial.finish();
  const uint64_t invalid = trial.invalid_sequences() - utf8_.invalid_sequences();
  balance_ += static_cast<int64_t>(count_beyond_ascii(text)) - 2 * static_cast<int64_t>(invalid);
  if (find_ && invalid > 0 && balance_ < 0) {
    const std::string raw = std::string(utf8_.unfinished()).append(bytes);
    if (without_end_nuls(raw).find_first_of(not_in_windows_1252) == std::string_view::npos) {
      utf8_.reset();
      become("windows-1252", true);
      return converter_->decode(raw, end);
    }
  }
  utf8_ = trial;
  invalid_ += invalid;
  return text;
}

std::string TextDecoder::without_controls(const std::string& text) {
  std::string clean;
  clean.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    const size_t start = position;
    const char32_t character = next_character(text, position);
    // ICU has a control character for each byte that Windows-1252 has no character for.
    const bool hole = guessed_ && character >= 0x80 && character < 0xA0;
    if (character != 0 && !hole) {
      clean.append(text, start, position - start);
      continue;
    }
    ++invalid_;
    append_utf8(clean, 0xFFFD);
  }
  return clean;
}

}  // namespace gst_translate
