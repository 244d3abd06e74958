// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gst_tts::espeak {

/// What a voice of espeak-ng can say, by the International Phonetic Alphabet. espeak-ng reads
/// phonemes by names of its own, between `[[` and `]]`, which mean another sound in each language;
/// which one, it tells by saying them in IPA.
class PhonemeNames {
 public:
  /// What the voice says, in IPA. Throws what it likes.
  using Pronounce = std::function<std::string(const std::string& text)>;

  explicit PhonemeNames(const Pronounce& pronounce);

  /// Names for what is written in IPA, without the brackets. A sound that the voice lacks becomes
  /// the nearest that it has. Nothing where there is none, or where that is no IPA.
  std::optional<std::string> names_of(std::string_view ipa) const;

 private:
  const std::string* find(std::u32string_view sounds) const;

  std::map<std::u32string, std::string, std::less<>> names_;  ///< by IPA
  size_t longest_ = 0;                                        ///< of the IPA
};

}  // namespace gst_tts::espeak
