// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/prepare/text_range.h"
#include "gst-translate/prepare/vocabulary.h"

namespace gst_translate {

/// What has to come out of a translation as it went in: URLs and domains, e-mail addresses, @names,
/// #tags, names and paths of files, code, numbers with units, what is longer than any word. In
/// their order, apart from each other.
std::vector<TextRange> find_kept(std::string_view text);

/// Looks for each of `kept` in a translation and writes it as it was where the model has changed
/// its case, its punctuation or its spaces. Where they stand then, in the order of `kept`; nothing
/// where one is missing.
std::vector<TextRange> repair_kept(std::string& translation, const std::vector<std::string>& kept);

/// A stretch of a sentence that is cut around what is kept.
struct Piece {
  std::string text;
  bool kept = false;  ///< it stays as it is, else it is translated by itself
};

/// A sentence as pieces that make it up again. What is neither letter nor digit beside a kept text
/// is kept with it.
std::vector<Piece> cut_around(std::string_view text, const std::vector<TextRange>& kept);

/// The translation of a piece as it stands in the middle of a sentence: without a full stop that
/// its source lacks, and beginning small as its source does, but for words that the vocabulary has
/// fewer tokens for as they are: names, German nouns.
std::string fit_into_sentence(std::string translation, std::string_view source,
                              const Vocabulary& vocabulary);

}  // namespace gst_translate
