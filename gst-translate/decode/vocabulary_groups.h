// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gst_translate {

/// The tokens of a vocabulary by the scripts they are written in: what a target language can do
/// without need not be scored.
struct VocabularyGroups {
  std::vector<uint8_t> of;           ///< the group of each token
  std::vector<std::string> scripts;  ///< of each group; group 0 is everybody's, and has none

  size_t count() const { return scripts.size(); }

  /// Sorts tokens by their text; an empty text is a special token or a language. Marks, digits,
  /// and short Latin pieces that spell names and acronyms anywhere are everybody's.
  static VocabularyGroups sort(const std::vector<std::string>& tokens);

  /// The groups that a language is written with, a bit for each; all of them where the language or
  /// its script is unknown.
  uint64_t for_language(std::string_view language) const;
};

}  // namespace gst_translate
