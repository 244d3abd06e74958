// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "gst-translate/model/json.h"
#include "gst-translate/model/mapped_file.h"
#include "gst-translate/model/pieces.h"
#include "gst-translate/text/log.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

constexpr int32_t unknown = 3;      // <unk> of every model of the family
constexpr int32_t first_piece = 4;  // after <s>, <pad>, </s>, <unk>

/// Between sentencepiece's ids and the model's.
struct Vocabulary {
  std::vector<int32_t> to_model;  // by sentencepiece's id
  std::vector<int32_t> to_piece;  // by the model's id; -1: no piece
  int pieces = 0;                 // one past the last piece's id
};

Vocabulary make_vocabulary(const std::string& folder, const ModelConfig& config,
                           const sentencepiece::SentencePieceProcessor& processor,
                           const std::vector<int32_t>& ids) {
  Vocabulary vocabulary;
  vocabulary.to_model.assign(ids.size(), unknown);
  vocabulary.to_piece.assign(static_cast<size_t>(config.vocabulary), -1);
  for (size_t i = 0; i < ids.size(); ++i) {
    const int32_t id = ids[i];
    const int piece = static_cast<int>(i);
    if (processor.IsControl(piece) || processor.IsUnknown(piece) || id < first_piece) continue;
    if (id >= config.vocabulary)
      throw Error(Error::Kind::Corrupt, folder + ": the tokenizer has " + std::to_string(id + 1) +
                                            " tokens, the model only " +
                                            std::to_string(config.vocabulary));
    vocabulary.to_model[i] = id;
    vocabulary.to_piece[static_cast<size_t>(id)] = piece;
    vocabulary.pieces = std::max(vocabulary.pieces, id + 1);
  }
  return vocabulary;
}

/// sentencepiece answers some broken models with a status, others with an exception.
void load(const Pieces& pieces, sentencepiece::SentencePieceProcessor& processor,
          const Progress& progress) {
  const std::string model = pieces.model.serialize();
  report(progress, 0);
  std::string fault;
  try {
    const auto status = processor.LoadFromSerializedProto(model);
    if (status.ok()) return;
    fault = status.message();
  } catch (const std::exception& exception) {
    fault = exception.what();
  }
  throw Error(Error::Kind::Corrupt, pieces.source + ": is no sentencepiece model (" + fault + ")");
}

}  // namespace

struct Tokenizer::Private {
  ModelConfig config;
  bool legacy = false;
  sentencepiece::SentencePieceProcessor processor;
  Vocabulary vocabulary;
  LanguageTokens languages;
};

Tokenizer::Tokenizer(std::unique_ptr<Private> priv) : priv_(std::move(priv)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

Tokenizer Tokenizer::open(const std::string& folder, const ModelConfig& config,
                          const Progress& progress) {
  const auto begun = std::chrono::steady_clock::now();
  auto priv = std::make_unique<Private>();
  priv->config = config;
  const Pieces pieces = read_pieces(folder, config, progress);
  report(progress, 0);
  load(pieces, priv->processor, progress);
  report(progress, 0);
  priv->vocabulary = make_vocabulary(folder, config, priv->processor, pieces.ids);
  priv->languages = LanguageTokens::read(folder, config, priv->vocabulary.pieces);
  const std::string settings = folder + "/tokenizer_config.json";
  if (file_exists(settings)) {
    const Json json = read_json(settings);
    const auto legacy = json.find("legacy_behaviour");
    priv->legacy = legacy != json.end() && *legacy == true;
  }
  log(LogLevel::Debug, "model", [&] {
    return pieces.source + ": " + std::to_string(pieces.model.pieces.size()) + " pieces and " +
           std::to_string(priv->languages.names().size()) + " languages" +
           (priv->legacy ? ", tags behind the text as the first releases had them" : "") + ", in " +
           in_milliseconds(std::chrono::steady_clock::now() - begun) + '.';
  });
  return Tokenizer(std::move(priv));
}

const LanguageTokens& Tokenizer::languages() const {
  return priv_->languages;
}

bool Tokenizer::target_in_source() const {
  return priv_->config.kind == ModelKind::Small100;
}

std::vector<int32_t> Tokenizer::encode(std::string_view text, int32_t source,
                                       int32_t target) const {
  std::vector<int> pieces;
  const auto status = priv_->processor.Encode(text, &pieces);
  if (!status.ok())
    throw Error(Error::Kind::Failed, "The tokenizer failed: " + std::string(status.message()));
  const int32_t eos = priv_->config.eos.front();
  const int32_t tag = target_in_source() ? target : source;
  std::vector<int32_t> ids;
  ids.reserve(pieces.size() + 2);
  if (!priv_->legacy) ids.push_back(tag);
  for (const int piece : pieces)
    ids.push_back(priv_->vocabulary.to_model[static_cast<size_t>(piece)]);
  ids.push_back(eos);
  if (priv_->legacy) ids.push_back(tag);
  return ids;
}

std::vector<int32_t> Tokenizer::decoder_prompt(int32_t target) const {
  if (target_in_source()) return {priv_->config.decoder_start};
  return {priv_->config.decoder_start, target};
}

std::vector<std::string> Tokenizer::token_texts() const {
  std::vector<std::string> texts;
  for (const int32_t piece : priv_->vocabulary.to_piece)
    texts.push_back(piece < 0 ? std::string() : priv_->processor.IdToPiece(piece));
  return texts;
}

std::string Tokenizer::decode(const std::vector<int32_t>& ids) const {
  std::vector<int> pieces;
  for (const int32_t id : ids) {
    const bool known = id >= 0 && static_cast<size_t>(id) < priv_->vocabulary.to_piece.size();
    const int piece = known ? priv_->vocabulary.to_piece[static_cast<size_t>(id)] : -1;
    if (piece >= 0) pieces.push_back(piece);
  }
  std::string text;
  const auto status = priv_->processor.Decode(pieces, &text);
  if (!status.ok())
    throw Error(Error::Kind::Failed, "The tokenizer failed: " + std::string(status.message()));
  return text;
}

bool Tokenizer::knows(std::string_view text) const {
  const std::vector<int32_t> ids = encode(text, 0, 0);
  return std::find(ids.begin(), ids.end(), unknown) == ids.end();
}

std::vector<UnknownSpan> Tokenizer::unknown_spans(std::string_view text) const {
  std::vector<UnknownSpan> spans;
  bool begun = false, space = false;  // anything but white space so far; white space just now
  const auto encoded = priv_->processor.EncodeAsImmutableProto(text);  // owns the pieces
  for (const auto& piece : encoded.pieces()) {
    const std::string_view whole = piece.surface(), surface = trim(whole);
    if (priv_->processor.IsUnknown(static_cast<int>(piece.id()))) {
      spans.push_back({std::string(surface), !begun, true, space && begun});
    } else if (!surface.empty() && !spans.empty() && spans.back().trails) {
      spans.back().trails = false;
      spans.back().spaced = space || surface.data() != whole.data();
    }
    begun = begun || !surface.empty();
    space = surface.empty();
  }
  return spans;
}

std::string Tokenizer::decode(const std::vector<int32_t>& ids,
                              const std::vector<UnknownSpan>& unknown_spans,
                              std::string_view space) const {
  const auto space_of = [&](const UnknownSpan& span) { return span.spaced ? space : ""; };
  std::vector<std::string> pieces;
  size_t next = 0;  // span
  std::string before, behind;
  bool begun = false;
  for (const int32_t id : ids) {
    const bool known = id >= 0 && static_cast<size_t>(id) < priv_->vocabulary.to_piece.size();
    const int piece = known ? priv_->vocabulary.to_piece[static_cast<size_t>(id)] : -1;
    if (piece < 0 && id != unknown) continue;
    std::string text = piece < 0 ? std::string() : priv_->processor.IdToPiece(piece);
    const bool blank = text == "▁";
    if (!begun && !blank && piece >= 0 && !unknown_spans.empty() && unknown_spans[0].leads) {
      before.append(unknown_spans[0].text).append(space_of(unknown_spans[0]));
      ++next;
    }
    begun = begun || !blank;
    // Decoding leaves a piece alone that the vocabulary does not know.
    if (piece < 0 && next < unknown_spans.size()) text = unknown_spans[next++].text;
    if (!text.empty()) pieces.push_back(std::move(text));
  }
  if (next < unknown_spans.size() && unknown_spans.back().trails)
    behind.append(space_of(unknown_spans.back())).append(unknown_spans.back().text);
  std::string text;
  const auto status = priv_->processor.Decode(pieces, &text);
  if (!status.ok())
    throw Error(Error::Kind::Failed, "The tokenizer failed: " + std::string(status.message()));
  return before + text + behind;
}

}  // namespace gst_translate
