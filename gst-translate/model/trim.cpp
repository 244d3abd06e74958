// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/trim.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "gst-translate/model/config.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/language_tokens.h"
#include "gst-translate/model/piece_selection.h"
#include "gst-translate/model/pieces.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/model/weight_names.h"
#include "gst-translate/model/weights.h"

namespace gst_translate {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

constexpr int32_t first_piece = 4;  // after <s>, <pad>, </s>, <unk>

/// The new vocabulary: which row of the old embedding each new id has.
struct Vocabulary {
  SentencepieceModel pieces;                 // NLLB: in the order of their ids
  std::map<std::string, int32_t> languages;  // new ids by the model's own names
  std::vector<int32_t> rows;                 // by new id
  int32_t mask = 0;

  int32_t new_id(int32_t old) const {
    const auto found = std::find(rows.begin(), rows.end(), old);
    return found == rows.end() ? -1 : static_cast<int32_t>(found - rows.begin());
  }
};

Vocabulary select_vocabulary(const std::string& folder, const ModelConfig& config,
                             const TrimOptions& options) {
  const Pieces pieces = read_pieces(folder, config, {});
  const Tokenizer tokenizer = Tokenizer::open(folder, config);
  const auto kept = options.corpora.empty()
                        ? pieces_of_scripts(pieces.model, options.languages)
                        : pieces_of_corpora(pieces.model, options.corpora, options.languages);
  Vocabulary vocabulary;
  vocabulary.pieces.trainer = pieces.model.trainer;
  vocabulary.pieces.normalizer = pieces.model.normalizer;
  vocabulary.rows = {0, 1, 2, 3};
  // sentencepiece's own specials stand first, as NLLB's ids expect it.
  for (const char* special : {"<unk>", "<s>", "</s>"}) {
    const auto type = std::strcmp(special, "<unk>") == 0 ? SentencepieceModel::Type::Unknown
                                                         : SentencepieceModel::Type::Control;
    vocabulary.pieces.pieces.push_back({special, 0, type});
  }
  for (size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i] || pieces.ids[i] < first_piece ||
        pieces.model.pieces[i].type == SentencepieceModel::Type::Control ||
        pieces.model.pieces[i].type == SentencepieceModel::Type::Unknown)
      continue;
    vocabulary.pieces.pieces.push_back(pieces.model.pieces[i]);
    vocabulary.rows.push_back(pieces.ids[i]);
  }
  // M2M100's own tokenizer counts on all of its languages; their rows cost nothing.
  const LanguageTokens& tokens = tokenizer.languages();
  std::vector<std::string> languages;
  if (config.kind == ModelKind::Nllb)
    for (const auto& code : options.languages)
      languages.push_back(tokens.name(tokens.id(code)));
  else
    languages = tokens.names();
  for (const auto& name : languages) {
    vocabulary.languages.emplace(tokens.token(tokens.id(name)),
                                 static_cast<int32_t>(vocabulary.rows.size()));
    vocabulary.rows.push_back(tokens.id(name));
  }
  // <mask> and fillers up to a multiple of 8; no sentence has them, any row will do.
  vocabulary.mask = static_cast<int32_t>(vocabulary.rows.size());
  do
    vocabulary.rows.push_back(1);
  while (vocabulary.rows.size() % 8 != 0);
  return vocabulary;
}

/// `wanted` of `all` layers, the first and the last among them, at even distances.
std::vector<int> select_layers(int all, int wanted, const char* name) {
  if (wanted > all)
    throw Error(Error::Kind::Settings,
                std::string("The model has only ") + std::to_string(all) + " " + name + " layers.");
  const int count = wanted <= 0 ? all : wanted;
  std::vector<int> layers;
  for (int i = 0; i < count; ++i)
    layers.push_back(count == 1 ? 0
                                : static_cast<int>(std::lround(static_cast<double>(i) * (all - 1) /
                                                               (count - 1))));
  return layers;
}

/// A tensor of the new model: a whole one of the old model, or some of its rows.
struct Source {
  const TensorView* tensor = nullptr;
  const std::vector<int32_t>* rows = nullptr;  // all, if null

  std::vector<int64_t> shape() const {
    std::vector<int64_t> shape = tensor->shape;
    if (rows != nullptr) shape[0] = static_cast<int64_t>(rows->size());
    return shape;
  }
  int64_t elements() const {
    int64_t product = 1;
    for (const auto size : shape())
      product *= size;
    return product;
  }
};

std::map<std::string, Source> select_tensors(const Weights& weights, const Vocabulary& vocabulary,
                                             const ModelConfig& config,
                                             const std::vector<int>& encoder,
                                             const std::vector<int>& decoder) {
  std::map<std::string, Source> sources;
  const auto add = [&](const std::string& to, const std::string& from,
                       const std::vector<int32_t>* rows = nullptr) {
    const TensorView* tensor = weights.find(from);
    if (tensor == nullptr) throw Error(Error::Kind::Corrupt, "The weights lack " + from + ".");
    sources["model." + to] = {tensor, rows};
  };
  const auto add_layers = [&](Stack stack, const std::vector<int>& layers) {
    for (size_t i = 0; i < layers.size(); ++i) {
      const std::string from = layer_prefix(stack, layers[i]);
      const std::string to = layer_prefix(stack, static_cast<int>(i));
      for (const auto& name : weights.names())
        if (name.rfind(from, 0) == 0) add(to + name.substr(from.size()), name);
    }
    const std::string norm = final_norm(stack);
    add(weight_of(norm), weight_of(norm));
    add(bias_of(norm), bias_of(norm));
  };
  if (config.tied) {
    add(shared_embedding, find_embeddings(weights, true).encoder, &vocabulary.rows);
  } else {
    for (const char* name : {shared_embedding, encoder_embedding, decoder_embedding})
      if (weights.find(name) != nullptr) add(name, name, &vocabulary.rows);
    // It is no part of what transformers calls "model.".
    if (const TensorView* output = weights.find(output_embedding))
      sources[output_embedding] = {output, &vocabulary.rows};
  }
  add_layers(Stack::Encoder, encoder);
  add_layers(Stack::Decoder, decoder);
  return sources;
}

/// Writes one safetensors file, tensor by tensor.
void write_weights(const std::string& path, const std::map<std::string, Source>& sources,
                   DataType type, const Weights& weights, const Progress& progress) {
  OrderedJson header;
  header["__metadata__"] = {{"format", "pt"}};
  const char* type_name = type == DataType::Float32   ? "F32"
                          : type == DataType::Float16 ? "F16"
                                                      : "BF16";
  uint64_t offset = 0;
  for (const auto& [name, source] : sources) {
    const uint64_t bytes = static_cast<uint64_t>(source.elements()) * bytes_of(type);
    header[name] = {{"dtype", type_name},
                    {"shape", source.shape()},
                    {"data_offsets", {offset, offset + bytes}}};
    offset += bytes;
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // data begins at a multiple of 8
  const uint64_t length = text.size();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&length), sizeof length);
  file << text;

  uint64_t written = 0;
  std::vector<std::byte> buffer;
  for (const auto& [name, source] : sources) {
    const int64_t rows = source.shape()[0];
    const int64_t row = rows == 0 ? 0 : source.elements() / rows;
    const size_t old_row_bytes = static_cast<size_t>(row) * bytes_of(source.tensor->type);
    buffer.resize(static_cast<size_t>(row) * bytes_of(type));
    for (int64_t i = 0; i < rows; ++i) {
      const auto from =
          static_cast<size_t>(source.rows == nullptr ? i : (*source.rows)[static_cast<size_t>(i)]);
      convert(source.tensor->data + from * old_row_bytes, source.tensor->type, buffer.data(), type,
              static_cast<size_t>(row));
      file.write(reinterpret_cast<const char*>(buffer.data()),
                 static_cast<std::streamsize>(buffer.size()));
    }
    weights.forget(*source.tensor, source.tensor->data, source.tensor->bytes);
    written += static_cast<uint64_t>(source.elements()) * bytes_of(type);
    if (progress && !progress(static_cast<double>(written) / static_cast<double>(offset)))
      throw Error(Error::Kind::Cancelled, "Trimming was cancelled.");
  }
  file.close();
  if (!file) throw Error(Error::Kind::Failed, path + ": cannot be written.");
}

void write_text(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) throw Error(Error::Kind::Failed, path.string() + ": cannot be written.");
}

void write_json(const fs::path& path, const Json& json) {
  write_text(path, json.dump(2) + "\n");
}

/// Ids in the settings move with their tokens.
void renumber(Json& settings, const Vocabulary& vocabulary) {
  for (const char* key : {"forced_bos_token_id", "eos_token_id"}) {
    if (!settings.contains(key)) continue;
    Json& value = settings[key];
    if (value.is_number_integer()) {
      const int32_t id = vocabulary.new_id(value.get<int32_t>());
      value = id < 0 ? Json() : Json(id);
    } else if (value.is_array()) {
      Json ids = Json::array();
      for (const auto& item : value)
        if (item.is_number_integer() && vocabulary.new_id(item.get<int32_t>()) >= 0)
          ids.push_back(vocabulary.new_id(item.get<int32_t>()));
      value = ids;
    }
  }
}

void write_tokenizer(const std::string& folder, const fs::path& out, const ModelConfig& config,
                     const Vocabulary& vocabulary) {
  write_text(out / "sentencepiece.bpe.model", vocabulary.pieces.serialize());
  std::map<int32_t, std::string> added = {{0, "<s>"}, {1, "<pad>"}, {2, "</s>"}, {3, "<unk>"}};
  Json names = Json::array();
  for (const auto& [token, id] : vocabulary.languages)
    added[id] = token;
  for (const auto& [id, token] : added)
    if (id >= first_piece) names.push_back(token);
  if (config.kind == ModelKind::Nllb) added[vocabulary.mask] = "<mask>";

  const std::string old = folder + "/tokenizer_config.json";
  Json settings = fs::exists(old) ? read_json(old) : Json::object();
  if (!settings.contains("tokenizer_class"))
    settings["tokenizer_class"] =
        config.kind == ModelKind::Nllb ? "NllbTokenizer" : "M2M100Tokenizer";
  settings["additional_special_tokens"] = names;
  Json decoder = Json::object();
  for (const auto& [id, token] : added)
    decoder[std::to_string(id)] = {{"content", token},     {"lstrip", false},
                                   {"normalized", false},  {"rstrip", false},
                                   {"single_word", false}, {"special", true}};
  settings["added_tokens_decoder"] = decoder;
  for (const char* key : {"src_lang", "tgt_lang", "extra_special_tokens"})
    settings.erase(key);
  write_json(out / "tokenizer_config.json", settings);
  write_json(out / "special_tokens_map.json", {{"bos_token", "<s>"},
                                               {"eos_token", "</s>"},
                                               {"sep_token", "</s>"},
                                               {"cls_token", "<s>"},
                                               {"unk_token", "<unk>"},
                                               {"pad_token", "<pad>"},
                                               {"additional_special_tokens", names}});
  if (config.kind == ModelKind::Nllb) return;
  OrderedJson table = {{"<s>", 0}, {"<pad>", 1}, {"</s>", 2}, {"<unk>", 3}};
  int32_t id = first_piece;
  for (const auto& piece : vocabulary.pieces.pieces)
    if (piece.type != SentencepieceModel::Type::Control &&
        piece.type != SentencepieceModel::Type::Unknown)
      table[piece.text] = id++;
  write_text(out / "vocab.json", table.dump() + "\n");
}

int64_t bytes_of_files(const Weights& weights) {
  int64_t bytes = 0;
  for (const auto& file : weights.files())
    bytes += static_cast<int64_t>(file.size());
  return bytes;
}

DataType choose_type(const std::string& name, const Weights& weights) {
  if (!name.empty()) return parse_data_type(name);
  const TensorView* tensor = weights.find(weight_of(final_norm(Stack::Encoder)));
  return tensor == nullptr || tensor->type == DataType::Float32 ? DataType::Float16 : tensor->type;
}

}  // namespace

TrimResult trim_model(const std::string& folder, const std::string& out, const TrimOptions& options,
                      const Progress& progress) {
  if (options.languages.size() < 2)
    throw Error(Error::Kind::Settings, "At least two languages must be kept.");
  std::error_code error;
  if (fs::exists(out, error) && !fs::is_empty(out, error))
    throw Error(Error::Kind::Settings, out + ": exists and is not empty.");
  const ModelConfig config = ModelConfig::read(folder);
  const Weights weights = Weights::open(folder);
  const DataType type = choose_type(options.precision, weights);
  const Vocabulary vocabulary = select_vocabulary(folder, config, options);
  const auto encoder = select_layers(config.encoder_layers, options.encoder_layers, "encoder");
  const auto decoder = select_layers(config.decoder_layers, options.decoder_layers, "decoder");
  const auto sources = select_tensors(weights, vocabulary, config, encoder, decoder);

  fs::create_directories(out, error);
  if (error) throw Error(Error::Kind::Failed, out + ": cannot be made: " + error.message());
  const fs::path target(out);
  Json settings = read_json(folder + "/config.json");
  settings["vocab_size"] = vocabulary.rows.size();
  settings["encoder_layers"] = encoder.size();
  settings["decoder_layers"] = decoder.size();
  settings["num_hidden_layers"] = encoder.size();
  settings.erase("torch_dtype");
  settings["dtype"] = name_of(type);
  renumber(settings, vocabulary);
  write_json(target / "config.json", settings);
  if (const std::string generation = folder + "/generation_config.json"; fs::exists(generation)) {
    Json search = read_json(generation);
    renumber(search, vocabulary);
    write_json(target / "generation_config.json", search);
  }
  write_tokenizer(folder, target, config, vocabulary);
  write_weights((target / "model.safetensors").string(), sources, type, weights, progress);

  TrimResult result;
  result.vocabulary_before = config.vocabulary;
  result.vocabulary = static_cast<int>(vocabulary.rows.size());
  result.bytes_before = bytes_of_files(weights);
  result.bytes = static_cast<int64_t>(fs::file_size(target / "model.safetensors", error));
  return result;
}

}  // namespace gst_translate
