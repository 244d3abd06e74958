// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gst_translate {

/// A sentencepiece model as a list of pieces that can be changed: the parts of
/// google/sentencepiece, src/sentencepiece_model.proto, that a tokenizer needs.
struct SentencepieceModel {
  /// `ModelProto.SentencePiece.Type`.
  enum class Type : uint32_t {
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
  };

  struct Piece {
    std::string text;
    float score = 0;
    Type type = Type::Normal;
  };

  std::vector<Piece> pieces;
  std::string trainer;     ///< serialized `TrainerSpec`
  std::string normalizer;  ///< serialized `NormalizerSpec`

  /// `name` stands for the file in error messages. Throws `Error` (Corrupt).
  static SentencepieceModel parse(std::string_view serialized, const std::string& name);

  std::string serialize() const;

  /// A BPE model with this character map ("precompiled_charsmap"), without pieces.
  static SentencepieceModel bpe(std::string_view charsmap);
};

}  // namespace gst_translate
