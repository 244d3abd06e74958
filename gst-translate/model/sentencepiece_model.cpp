// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/sentencepiece_model.h"

#include <array>
#include <cstring>

#include "gst-translate/model/charsmap.h"
#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

// Field numbers of sentencepiece_model.proto.
constexpr uint32_t model_pieces = 1, model_trainer = 2, model_normalizer = 3;
constexpr uint32_t piece_text = 1, piece_score = 2, piece_type = 3;
constexpr uint32_t trainer_model_type = 3, trainer_bpe = 2;
constexpr uint32_t normalizer_charsmap = 2;

// Wire types of protobuf's encoding.
constexpr uint32_t varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5;

struct Field {
  uint32_t number = 0;
  uint64_t value = 0;        // varint
  std::string_view content;  // bytes, fixed32
};

/// Walks over the fields of a message.
class Reader {
 public:
  Reader(std::string_view message, const std::string& name) : rest_(message), name_(name) {}

  bool next(Field& field) {
    if (rest_.empty()) return false;
    const uint64_t key = read_varint();
    field = {static_cast<uint32_t>(key >> 3), 0, {}};
    switch (key & 7) {
      case varint:
        field.value = read_varint();
        break;
      case fixed64:
        field.content = take(8);
        break;
      case bytes:
        field.content = take(read_varint());
        break;
      case fixed32:
        field.content = take(4);
        break;
      default:
        corrupt();
    }
    return true;
  }

 private:
  [[noreturn]] void corrupt() const {
    throw Error(Error::Kind::Corrupt, name_ + ": is no sentencepiece model, or is cut short");
  }

  std::string_view take(uint64_t length) {
    if (length > rest_.size()) corrupt();
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  uint64_t read_varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<uint8_t>(take(1)[0]);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    corrupt();
  }

  std::string_view rest_;
  const std::string& name_;
};

SentencepieceModel::Piece parse_piece(std::string_view message, const std::string& name) {
  SentencepieceModel::Piece piece;
  Reader reader(message, name);
  for (Field field; reader.next(field);) {
    if (field.number == piece_text) {
      piece.text = field.content;
    } else if (field.number == piece_score && field.content.size() == sizeof piece.score) {
      std::memcpy(&piece.score, field.content.data(), sizeof piece.score);
    } else if (field.number == piece_type) {
      piece.type = static_cast<SentencepieceModel::Type>(field.value);
    }
  }
  return piece;
}

void check_normalizer(std::string_view message, const std::string& name) {
  Reader reader(message, name);
  for (Field field; reader.next(field);)
    if (field.number == normalizer_charsmap && !is_sound_charsmap(field.content))
      throw Error(Error::Kind::Corrupt, name + ": the normalizer's character map is broken");
}

void write_varint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

void write_number(std::string& out, uint32_t field, uint64_t value) {
  write_varint(out, field << 3 | varint);
  write_varint(out, value);
}

void write_bytes(std::string& out, uint32_t field, std::string_view content) {
  write_varint(out, field << 3 | bytes);
  write_varint(out, content.size());
  out += content;
}

void write_float(std::string& out, uint32_t field, float value) {
  write_varint(out, field << 3 | fixed32);
  std::array<char, sizeof value> content{};
  std::memcpy(content.data(), &value, sizeof value);
  out.append(content.data(), content.size());
}

}  // namespace

SentencepieceModel SentencepieceModel::parse(std::string_view serialized, const std::string& name) {
  SentencepieceModel model;
  Reader reader(serialized, name);
  for (Field field; reader.next(field);) {
    if (field.number == model_pieces)
      model.pieces.push_back(parse_piece(field.content, name));
    else if (field.number == model_trainer)
      model.trainer = field.content;
    else if (field.number == model_normalizer)
      model.normalizer = field.content;
  }
  check_normalizer(model.normalizer, name);
  if (model.pieces.empty())
    throw Error(Error::Kind::Corrupt, name + ": is no sentencepiece model: it has no pieces");
  return model;
}

std::string SentencepieceModel::serialize() const {
  std::string out;
  for (const auto& piece : pieces) {
    std::string entry;
    write_bytes(entry, piece_text, piece.text);
    write_float(entry, piece_score, piece.score);
    write_number(entry, piece_type, static_cast<uint32_t>(piece.type));
    write_bytes(out, model_pieces, entry);
  }
  write_bytes(out, model_trainer, trainer);
  write_bytes(out, model_normalizer, normalizer);
  return out;
}

SentencepieceModel SentencepieceModel::bpe(std::string_view charsmap) {
  SentencepieceModel model;
  write_number(model.trainer, trainer_model_type, trainer_bpe);
  write_bytes(model.normalizer, normalizer_charsmap, charsmap);
  return model;
}

}  // namespace gst_translate
