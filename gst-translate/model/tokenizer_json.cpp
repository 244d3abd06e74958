// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/tokenizer_json.h"

#include <map>
#include <string_view>
#include <unordered_map>

#include "gst-translate/model/charsmap.h"
#include "gst-translate/model/json.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

using PieceType = SentencepieceModel::Type;

std::string decode_base64(std::string_view text, const std::string& path) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos)
      throw Error(Error::Kind::Corrupt, path + ": the normalizer's character map is broken");
    bits = bits << 6 | static_cast<uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(bits >> held));
  }
  return bytes;
}

/// The character map of a normalizer, which may be one of a sequence.
std::string charsmap_of(const Json& normalizer, const std::string& path) {
  if (!normalizer.is_object()) return {};
  const auto map = normalizer.find("precompiled_charsmap");
  if (map != normalizer.end() && map->is_string())
    return decode_base64(map->get_ref<const std::string&>(), path);
  const auto sequence = normalizer.find("normalizers");
  if (sequence == normalizer.end() || !sequence->is_array()) return {};
  for (const auto& item : *sequence) {
    if (!item.is_object() || !item.contains("precompiled_charsmap")) continue;
    return charsmap_of(item, path);
  }
  return {};
}

/// Each piece that a merge makes, with the rank of the first that does.
std::unordered_map<std::string, size_t> read_merges(const Json& merges, const std::string& path) {
  std::unordered_map<std::string, size_t> ranks;
  size_t rank = 0;
  for (const auto& merge : merges) {
    std::string merged;
    if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
      merged = merge[0].get<std::string>() + merge[1].get<std::string>();
    } else if (merge.is_string()) {  // the older form: both in one, a blank between
      merged = merge.get<std::string>();
      const auto blank = merged.find(' ');
      if (blank != std::string::npos) merged.erase(blank, 1);
    } else {
      throw Error(Error::Kind::Corrupt, path + ": a merge is no pair of pieces");
    }
    ranks.emplace(std::move(merged), rank++);
  }
  return ranks;
}

bool is_one_character(const std::string& piece) {
  size_t position = 0;
  next_character(piece, position);
  return position == piece.size();
}

}  // namespace

Pieces convert_tokenizer_json(const std::string& path, const Progress& progress) {
  const Json json = read_json(path, progress);
  report(progress, 0);
  const Json model = json.value("model", Json::object());
  const Json vocabulary = model.value("vocab", Json());
  const Json merges = model.value("merges", Json());
  if (!vocabulary.is_object() || !merges.is_array())
    throw Error(Error::Kind::Unavailable,
                path + ": is no BPE tokenizer; put sentencepiece.bpe.model beside it");

  std::map<int32_t, std::string> pieces;
  for (const auto& [piece, id] : vocabulary.items())
    pieces[json_int(vocabulary, piece.c_str(), -1, 0, 1 << 24, path)] = piece;
  const auto ranks = read_merges(merges, path);
  const std::string unknown = model.value("unk_token", Json()).is_string()
                                  ? model["unk_token"].get<std::string>()
                                  : "<unk>";
  std::map<std::string, bool> special = {{"<s>", true}, {"<pad>", true}, {"</s>", true}};
  for (const auto& token : json.value("added_tokens", Json::array()))
    if (token.is_object() && token.contains("content") && token["content"].is_string())
      special[token["content"].get<std::string>()] = true;

  Pieces converted;
  const std::string charsmap = charsmap_of(json.value("normalizer", Json()), path);
  if (!is_sound_charsmap(charsmap))
    throw Error(Error::Kind::Corrupt, path + ": the normalizer's character map is broken");
  converted.model = SentencepieceModel::bpe(charsmap);
  for (const auto& [id, piece] : pieces) {
    PieceType type = PieceType::Normal;
    float score = 0;
    const auto rank = ranks.find(piece);
    if (piece == unknown)
      type = PieceType::Unknown;
    else if (special.count(piece) != 0)
      type = PieceType::Control;
    else if (rank != ranks.end())
      score = -static_cast<float>(rank->second);
    else if (!is_one_character(piece))
      type = PieceType::Unused;  // no merge ever makes it
    converted.model.pieces.push_back({piece, score, type});
    converted.ids.push_back(id);
  }
  return converted;
}

}  // namespace gst_translate
