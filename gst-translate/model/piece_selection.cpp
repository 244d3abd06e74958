// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/piece_selection.h"

#include <sentencepiece_processor.h>

#include <fstream>
#include <limits>
#include <string_view>
#include <unordered_map>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

std::vector<std::string_view> scripts_of(const std::vector<std::string>& languages) {
  std::vector<std::string_view> scripts;
  for (const auto& code : languages)
    if (const Language* language = find_language(code)) scripts.push_back(language->script);
  return scripts;
}

/// The characters of a piece, each as text.
std::vector<std::string_view> characters_of(std::string_view piece) {
  std::vector<std::string_view> characters;
  for (size_t position = 0; position < piece.size();) {
    const size_t begin = position;
    next_character(piece, position);
    characters.push_back(piece.substr(begin, position - begin));
  }
  return characters;
}

bool is_written(std::string_view character, const std::vector<std::string_view>& scripts) {
  for (const auto script : scripts)
    if (script_share(character, script).share() == 1) return true;
  return false;
}

bool is_written_whole(std::string_view piece, const std::vector<std::string_view>& scripts) {
  for (const auto character : characters_of(piece))
    if (!is_written(character, scripts)) return false;
  return true;
}

/// The pieces that byte-pair encoding makes on its way to a piece: of all neighbours the pair with
/// the best score merges first, the leftmost of equals.
class MergePath {
 public:
  explicit MergePath(const SentencepieceModel& model) : model_(model) {
    for (size_t i = 0; i < model.pieces.size(); ++i)
      places_.emplace(model.pieces[i].text, i);
  }

  void mark(std::string_view piece, std::vector<bool>& kept) const {
    std::vector<std::string_view> parts = characters_of(piece);
    for (const auto part : parts)
      mark_one(part, kept);
    while (parts.size() > 1) {
      size_t best = parts.size();
      float best_score = -std::numeric_limits<float>::infinity();
      for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const auto place = places_.find(joined(parts, i));
        if (place == places_.end() || model_.pieces[place->second].score <= best_score) continue;
        best = i;
        best_score = model_.pieces[place->second].score;
      }
      if (best == parts.size()) return;
      parts[best] = joined(parts, best);
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
      mark_one(parts[best], kept);
    }
  }

 private:
  /// Neighbours in one string lie together.
  static std::string_view joined(const std::vector<std::string_view>& parts, size_t i) {
    return {parts[i].data(), parts[i].size() + parts[i + 1].size()};
  }

  void mark_one(std::string_view piece, std::vector<bool>& kept) const {
    const auto place = places_.find(piece);
    if (place != places_.end()) kept[place->second] = true;
  }

  const SentencepieceModel& model_;
  std::unordered_map<std::string_view, size_t> places_;
};

bool is_special(const SentencepieceModel::Piece& piece) {
  return piece.type == SentencepieceModel::Type::Unknown ||
         piece.type == SentencepieceModel::Type::Control;
}

}  // namespace

std::vector<bool> pieces_of_scripts(const SentencepieceModel& model,
                                    const std::vector<std::string>& languages) {
  const auto scripts = scripts_of(languages);
  std::vector<bool> kept;
  for (const auto& piece : model.pieces)
    kept.push_back(is_special(piece) || is_written_whole(piece.text, scripts));
  return kept;
}

std::vector<bool> pieces_of_corpora(const SentencepieceModel& model,
                                    const std::vector<std::string>& corpora,
                                    const std::vector<std::string>& languages) {
  sentencepiece::SentencePieceProcessor processor;
  if (!processor.LoadFromSerializedProto(model.serialize()).ok())
    throw Error(Error::Kind::Corrupt, "The model's tokenizer is broken.");

  const auto scripts = scripts_of(languages);
  std::vector<bool> kept;
  for (const auto& piece : model.pieces)
    kept.push_back(is_special(piece) || (characters_of(piece.text).size() == 1 &&
                                         is_written_whole(piece.text, scripts)));
  std::vector<bool> used(model.pieces.size(), false);
  std::vector<int> ids;
  for (const auto& corpus : corpora) {
    std::ifstream file(corpus);
    if (!file) throw Error(Error::Kind::NotFound, corpus + ": cannot be read.");
    for (std::string line; std::getline(file, line);) {
      if (!processor.Encode(line, &ids).ok()) continue;
      for (const int id : ids)
        used[static_cast<size_t>(id)] = true;
    }
  }
  const MergePath path(model);
  for (size_t i = 0; i < used.size(); ++i)
    if (used[i]) path.mark(model.pieces[i].text, kept);
  return kept;
}

}  // namespace gst_translate
