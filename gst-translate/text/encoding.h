// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gst-translate/text/export.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {

/// Makes valid UTF-8 of bytes in any encoding, in pieces cut anywhere.
///
/// The encoding is told by a name that ICU knows ("utf-8", "windows-1252", "shift_jis", "gb18030"),
/// or found ("auto"):
/// - A byte order mark of UTF-8, UTF-16 or UTF-32 says it. Without one, a first character with a
///   zero byte in one half says UTF-16, as in RFC 4627, section 3.
/// - Else the text is UTF-8 up to its first invalid sequence. If invalid sequences then outnumber
///   the characters beyond ASCII, of what has come by then, the text is Windows-1252 from its first
///   piece that was not yet handed out; else it is UTF-8 with damage. A file that is pushed whole
///   is so judged as a whole.
///
/// What is no character of the encoding becomes U+FFFD and is counted; so does a NUL where the
/// encoding is found, since no text has any. NULs that end a piece are dropped: programs send the
/// one that ends their string. A mark at the very beginning is dropped. From one thread at a time.
class GST_LINGUA_EXPORT TextDecoder {
 public:
  /// Throws `Error` Settings for an encoding that ICU does not know.
  explicit TextDecoder(const std::string& encoding = "auto");
  ~TextDecoder();
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;

  /// The valid text that the bytes complete; the start of a character is kept for the next call.
  std::string push(std::string_view bytes);

  /// The end of the stream: what an unfinished character becomes, U+FFFD or nothing. A new stream
  /// may begin afterwards, whose encoding is found anew.
  std::string finish();

  /// A break in the stream: what an unfinished character becomes. The stream goes on in the
  /// encoding that it was found to have.
  std::string finish_character();

  /// Forgets an unfinished character, as a flush does. The encoding and the count stay.
  void reset();

  /// Sequences replaced by U+FFFD so far, in all streams.
  uint64_t invalid_sequences() const { return invalid_; }

  /// The name of the encoding as it is known by now, of the last stream after its end: as told, or
  /// "UTF-8", "UTF-16LE", ...
  const std::string& encoding() const { return name_; }

  /// True where neither a name nor a mark nor valid UTF-8 says the encoding: a user should be told.
  bool guessed() const { return guessed_; }

 private:
  class Converter;

  std::string begin_with(std::string bytes);
  std::string decode(std::string_view bytes, bool end);
  std::string decode_utf8(std::string_view bytes, bool end);
  std::string without_controls(const std::string& text);
  void become(const char* encoding, bool guessed);
  void begin();

  bool find_;         ///< the encoding is to be found
  std::string told_;  ///< else it is this one
  std::string name_;
  bool guessed_ = false;
  bool begun_ = false;  ///< the mark, or that there is none, is known
  bool ended_ = false;
  std::string first_;  ///< bytes that may be the beginning of a mark
  /// What was read as UTF-8: characters beyond ASCII, less invalid sequences.
  int64_t balance_ = 0;
  uint64_t invalid_ = 0;
  Utf8Stream utf8_;
  std::unique_ptr<Converter> converter_;  ///< of what is not UTF-8
};

}  // namespace gst_translate
