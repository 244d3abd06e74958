// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/language_tokens.h"

namespace gst_translate {

/// Characters of a text that the vocabulary lacks, next to each other: the model sees one `<unk>`.
struct UnknownSpan {
  std::string text;
  bool leads = false, trails = false;  ///< only white space stands before it, behind it
  bool spaced = false;                 ///< there, white space sets it off
};

/// Text to ids and back, for one model folder. Thread-safe.
class Tokenizer {
 public:
  /// Throws `Error` where the tokenizer's files are missing, corrupt or do not fit the model.
  static Tokenizer open(const std::string& folder, const ModelConfig& config,
                        const Progress& progress = {});
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;

  const LanguageTokens& languages() const;

  /// True where the encoder's input names the target (SMaLL-100): every target needs its own
  /// encoder pass.
  bool target_in_source() const;

  /// The encoder's input: text with its language tag and `</s>`, where the model's kind wants them
  /// (transformers, models/nllb/tokenization_nllb.py, `set_src_lang_special_tokens`).
  std::vector<int32_t> encode(std::string_view text, int32_t source, int32_t target) const;

  /// What the decoder starts with: the start token and, where it is forced, the language.
  std::vector<int32_t> decoder_prompt(int32_t target) const;

  /// The text of each token of the model, empty for special tokens, languages and fillers.
  std::vector<std::string> token_texts() const;

  /// Text of ids; special tokens and languages are left out.
  std::string decode(const std::vector<int32_t>& ids) const;

  /// True where `encode` can say all of a text.
  bool knows(std::string_view text) const;

  /// What `encode` cannot say of a text, in its order.
  std::vector<UnknownSpan> unknown_spans(std::string_view text) const;

  /// Text of ids in which each `<unk>` is the next span of the source. One that leads or trails the
  /// source stands there in any case, `space` between where it was set off; others that the model
  /// has no `<unk>` for are lost.
  std::string decode(const std::vector<int32_t>& ids, const std::vector<UnknownSpan>& unknown,
                     std::string_view space) const;

 private:
  struct Private;
  explicit Tokenizer(std::unique_ptr<Private> priv);
  std::unique_ptr<Private> priv_;
};

}  // namespace gst_translate
