// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/prepare/kept_text.h"
#include "gst-translate/prepare/known_text.h"
#include "gst-translate/prepare/vocabulary.h"

namespace gst_translate {

/// A sentence as a model can read it, and the way back: what is done to it before it is translated
/// is done to its translation the other way round. Thread-safe.
class PreparedText {
 public:
  /// How the text that a sentence is part of is written.
  struct Style {
    std::string language;   ///< FLORES-200
    bool capitals = false;  ///< to be read in sentence case and given back in capitals
  };

  /// One that goes in as it is.
  explicit PreparedText(std::string text);

  PreparedText(std::string text, Style style, const Vocabulary& vocabulary);

  /// How a text is written.
  static Style style_of(std::string_view text, const std::string& language,
                        const Vocabulary& vocabulary);

  const std::string& original() const { return original_; }

  /// What the model reads.
  const std::string& text() const { return text_; }

  /// False where there is no letter but in what is kept: it is its own translation.
  static bool needs_model(std::string_view text);
  bool needs_model() const { return needs_model_; }

  /// True where `restore` changes a translation, which then has to be whole.
  bool has_to_be_restored(bool symbols) const {
    return style_.capitals || !label_.empty() || !kept_.empty() || (symbols && !taken_.empty());
  }

  /// Makes of a translation what the text's own would be: capitals, no full stop where the text has
  /// no mark, what is kept as it was and, if they are wanted, the symbols that were taken out.
  /// False where what is kept cannot be found in it; `pieces` can be translated then.
  bool restore(std::string& translation, const std::string& language, bool symbols) const;

  /// A text or a restored translation of it without what is kept, as guards want it.
  std::string without_kept(std::string text) const;

  bool has_kept() const { return !kept_.empty(); }

  /// The sentence cut around what is kept.
  std::vector<Piece> pieces() const { return cut_around(original_, ranges_); }

 private:
  std::string original_, text_;
  std::string label_;  // of a list's item, which the model does not read
  Style style_;
  bool needs_model_ = true;
  std::vector<TextRange> ranges_;  // of `original_`, that are kept
  std::vector<std::string> kept_;  // their texts
  std::vector<TakenSymbols> taken_;
};

}  // namespace gst_translate
