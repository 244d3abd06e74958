// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/prepare/text_range.h"
#include "gst-translate/prepare/vocabulary.h"

namespace gst_translate {

/// Symbols that were taken out of a sentence, and where they stood in it.
struct TakenSymbols {
  enum class Place { Leads, Within, Trails };  ///< before, between or behind its words

  std::string text;
  Place place = Place::Within;
  double share = 0;  ///< of the sentence's letters and digits, that stand before
  bool space_before = false, space_behind = false;
  bool mark_before = false, mark_behind = false;  ///< punctuation, perhaps behind a space
};

/// A text in characters that a vocabulary has, but for letters and digits, and what was taken out.
struct KnownText {
  std::string text;
  std::vector<TakenSymbols> taken;
};

/// Gives characters that the vocabulary lacks in their plain form where it has that one, and takes
/// the other ones out unless they are letters or digits. What is taken out of `kept` is not
/// remembered.
KnownText make_known(std::string_view text, const std::vector<TextRange>& kept,
                     const Vocabulary& vocabulary);

/// Puts symbols into a translation: at its ends where they stood at the sentence's, else between
/// two words at the same share of it; never into one of `kept`. `space` is what stands between
/// words of the language.
std::string put_back(std::string_view translation, const std::vector<TakenSymbols>& taken,
                     const std::vector<TextRange>& kept, std::string_view space);

}  // namespace gst_translate
