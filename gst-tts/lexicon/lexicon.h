// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gst-translate/text/export.h"
#include "gst-tts/voice/sourced_text.h"
#include "gst-tts/voice/spoken_run.h"

namespace gst_tts {

/// A user's words and what is to be said for them, for every engine. A line of its file is a word,
/// a language (any code that `gst_translate::find_language` knows, or `*` for all) and what is
/// said, parted by tabs; # begins a remark. What is said are words, or phonemes: `/ˈneɪtoʊ/` in the
/// International Phonetic Alphabet, `[[n'eItoU]]` in espeak-ng's names. Not changed once read, so
/// thread-safe.
class GST_LINGUA_EXPORT Lexicon {
 public:
  /// Throws `Error`: NotFound where the file cannot be read, Settings for a line that is none, with
  /// its number.
  static std::shared_ptr<const Lexicon> read(const std::string& path);

  /// The text with the words of `language` (FLORES-200) replaced, the longest first, and of the
  /// same length one of the language's before one for all. What is said stands for the word in the
  /// request. A word of letters is one only where no letter or digit touches it, but for Chinese
  /// and Japanese; written small it is found in any case. Any white space is a space of a word.
  /// Words with phonemes become readings (voice/readings.h), which are added to `readings`.
  SourcedText apply(const SourcedText& text, std::string_view language,
                    std::vector<Reading>& readings) const;

 private:
  struct Entry {
    std::u32string word;
    std::string language;  ///< FLORES-200, empty: all
    std::u32string said;
    Reading reading;  ///< in place of it, unless that is empty
    bool any_case = false;
  };

  /// Of a line that is no remark. Throws `Error` (Settings) where it is none.
  static Entry entry_of(const std::string& line);

  const Entry* find(const SourcedText& text, size_t at, std::string_view language,
                    size_t& end) const;

  /// By the first character, folded; the best first.
  std::unordered_map<char32_t, std::vector<Entry>> entries_;
};

}  // namespace gst_tts
