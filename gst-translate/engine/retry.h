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

namespace gst_translate {

/// The second attempt at one part of a job into one language, where the guards found the first one
/// flawed: a wider search that may not repeat itself, over the whole vocabulary, and in shorter
/// pieces where there was no room. Touched by the engine's thread alone.
class Retry {
 public:
  Retry(const Job& job, size_t part, size_t target, Translation first, const Tokenizer& tokenizer);

  const SearchSettings& settings() const { return settings_; }
  size_t target() const { return target_; }

  size_t pieces() const { return texts_.size(); }
  const std::string& text(size_t piece) const { return texts_[piece]; }
  const std::vector<int32_t>& input(size_t piece) const { return inputs_[piece]; }

  /// A piece is translated.
  void found(size_t piece, Translation translation);

  /// The better of the two attempts: the first one too where the second is not whole.
  Translation better() const;

 private:
  Translation second() const;

  size_t target_;
  Translation first_;
  SearchSettings settings_;
  std::vector<std::string> texts_;
  std::vector<std::vector<int32_t>> inputs_;  // [pieces]
  std::vector<Translation> found_;            // [pieces]
  size_t open_;
  std::string space_;  // between two pieces
};

}  // namespace gst_translate
