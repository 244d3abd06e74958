// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gst-translate/model/config.h"

namespace gst_translate {

/// The language tokens of a model and their ids, read from the folder and never assumed.
class LanguageTokens {
 public:
  /// Reads tokenizer.json (`added_tokens`), else tokenizer_config.json (`added_tokens_decoder`),
  /// else added_tokens.json, else lays the published list behind the `pieces` of the vocabulary.
  /// Throws `Error` where ids lie outside the embedding or no language is found.
  static LanguageTokens read(const std::string& folder, const ModelConfig& config, int pieces);

  /// The id for any code that `find_language` knows, or for the model's own name of it. Throws
  /// `Error` (Settings) naming the languages there are.
  int32_t id(std::string_view code) const;

  /// The FLORES-200 code of a language id where there is one, else the model's own name.
  std::string name(int32_t id) const;

  /// The token itself: "jpn_Jpan", "__ja__".
  const std::string& token(int32_t id) const { return tokens_.at(id); }

  /// In the order of their ids.
  const std::vector<std::string>& names() const { return ordered_; }

 private:
  std::unordered_map<std::string, int32_t> ids_;
  std::unordered_map<int32_t, std::string> names_, tokens_;
  std::vector<std::string> ordered_;
};

}  // namespace gst_translate
