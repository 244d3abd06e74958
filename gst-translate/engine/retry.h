// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/engine/job.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/prepare/prepared_text.h"

namespace gst_translate {

/// The second attempt at one part of a job into one language, where the guards found the first one
/// flawed: a wider search that may not repeat itself, over the whole vocabulary, in shorter pieces
/// where there was no room, and around what has to stay as it is. Touched by the engine's thread
/// alone.
class Retry {
 public:
  Retry(const Job& job, size_t part, size_t target, Translation first, const Tokenizer& tokenizer);

  const SearchSettings& settings() const { return settings_; }
  size_t target() const { return target_; }

  size_t pieces() const { return pieces_.size(); }
  const PreparedText& source_text(size_t piece) const { return pieces_[piece].source; }
  const std::vector<int32_t>& input(size_t piece) const { return pieces_[piece].input; }

  /// A piece is translated.
  void found(size_t piece, Translation translation);

  /// The better of the two attempts: the first one too where the second is not whole.
  Translation better() const;

 private:
  struct Piece {
    std::string before;  ///< what stands between the piece before and this one
    PreparedText source;
    std::vector<int32_t> input;
    Translation translation;
  };

  void cut_around_kept(const Job& job, const PreparedText& source);
  void cut_at_clauses(const Job& job, const std::string& text);
  Translation second() const;

  size_t target_;
  std::string language_;
  Vocabulary vocabulary_;
  Translation first_;
  SearchSettings settings_;
  std::vector<Piece> pieces_;
  std::string behind_;        ///< the last piece
  bool in_sentence_ = false;  ///< the pieces are no sentences of their own
  size_t open_;
};

}  // namespace gst_translate
