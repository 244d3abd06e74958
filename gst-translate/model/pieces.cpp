// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/pieces.h"

#include "gst-translate/model/json.h"
#include "gst-translate/model/mapped_file.h"
#include "gst-translate/model/tokenizer_json.h"

namespace gst_translate {
namespace {

constexpr int32_t fairseq_offset = 1;  // NLLB: id = sentencepiece's id + 1

std::vector<int32_t> published_ids(const std::string& folder, const ModelConfig& config,
                                   const SentencepieceModel& model) {
  std::vector<int32_t> ids;
  ids.reserve(model.pieces.size());
  if (config.kind == ModelKind::Nllb) {
    for (size_t i = 0; i < model.pieces.size(); ++i)
      ids.push_back(static_cast<int32_t>(i) + fairseq_offset);
    return ids;
  }
  const std::string path = folder + "/vocab.json";
  const Json table = read_json(path);
  for (const auto& piece : model.pieces)
    ids.push_back(json_int(table, piece.text.c_str(), -1, 0, 1 << 24, path));
  return ids;
}

}  // namespace

Pieces read_pieces(const std::string& folder, const ModelConfig& config, const Progress& progress) {
  const std::string published = folder + "/sentencepiece.bpe.model";
  const std::string converted = folder + "/tokenizer.json";
  if (!file_exists(published) && file_exists(converted)) {
    Pieces pieces = convert_tokenizer_json(converted, progress);
    pieces.source = converted;
    return pieces;
  }
  const MappedFile file(published);
  Pieces pieces{SentencepieceModel::parse(file.text(), published), {}, published};
  pieces.ids = published_ids(folder, config, pieces.model);
  return pieces;
}

}  // namespace gst_translate
