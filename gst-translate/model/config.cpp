// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/config.h"

#include <algorithm>
#include <limits>

#include "gst-translate/model/json.h"
#include "gst-translate/model/mapped_file.h"
#include "gst-translate/model/quantisation.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

std::string string_or(const Json& object, const char* key, const std::string& fallback) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : fallback;
}

bool bool_or(const Json& object, const char* key, bool fallback) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

double number_in_range(const Json& object, const char* key, double fallback, double least,
                       double most, const std::string& name) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  if (found->is_number()) {
    const auto value = found->get<double>();
    if (value >= least && value <= most) return value;
  }
  const std::string what = found->is_primitive() ? found->dump() : found->type_name();
  throw Error(Error::Kind::Corrupt, name + ": \"" + key + "\" is " + what + ", not a number from " +
                                        Json(least).dump() + " to " + Json(most).dump());
}

ModelKind kind_of(const std::string& folder, const Json& config) {
  std::string tokenizer = string_or(config, "tokenizer_class", "");
  const std::string path = folder + "/tokenizer_config.json";
  if (file_exists(path)) tokenizer = string_or(read_json(path), "tokenizer_class", tokenizer);
  if (tokenizer.rfind("Nllb", 0) == 0) return ModelKind::Nllb;
  if (tokenizer.rfind("SMALL100", 0) == 0) return ModelKind::Small100;
  if (tokenizer.rfind("M2M100", 0) == 0) return ModelKind::M2m100;
  return file_exists(folder + "/vocab.json") ? ModelKind::M2m100 : ModelKind::Nllb;
}

Activation activation_of(const std::string& name, const std::string& file) {
  if (name == "relu") return Activation::Relu;
  if (name == "gelu") return Activation::Gelu;
  if (name == "silu" || name == "swish") return Activation::Silu;
  throw Error(Error::Kind::Unavailable,
              file + ": activation_function \"" + name + "\" is none of relu, gelu, silu");
}

/// `eos_token_id` is a number or a list of them.
std::vector<int32_t> eos_of(const Json& object, std::vector<int32_t> fallback, int vocabulary,
                            const std::string& name) {
  const auto found = object.find("eos_token_id");
  if (found == object.end() || found->is_null()) return fallback;
  const Json list = found->is_array() ? *found : Json::array({*found});
  std::vector<int32_t> ids;
  for (const auto& id : list)
    ids.push_back(json_int(Json{{"eos_token_id", id}}, "eos_token_id", 2, 0, vocabulary - 1, name));
  if (ids.empty()) throw Error(Error::Kind::Corrupt, name + ": \"eos_token_id\" is an empty list");
  return ids;
}

EarlyStopping early_stopping_of(const Json& object, EarlyStopping fallback) {
  const auto found = object.find("early_stopping");
  if (found == object.end() || found->is_null()) return fallback;
  if (found->is_string()) return EarlyStopping::Never;
  return *found == true ? EarlyStopping::Always : EarlyStopping::Heuristic;
}

/// transformers takes generation settings from generation_config.json or, where there is none, from
/// config.json; unset ones have the defaults of generation/configuration_utils.py. What no request
/// could ask for is refused here, but for a length: a larger one means that there is no limit.
void read_search(const Json& object, const std::string& name, SearchOptions& search) {
  using Range = SearchOptions;
  search.beams = json_int(object, "num_beams", 1, Range::least_beams, Range::most_beams, name);
  search.length_penalty = number_in_range(
      object, "length_penalty", 1.0, Range::least_length_penalty, Range::most_length_penalty, name);
  search.early_stopping = early_stopping_of(object, EarlyStopping::Heuristic);
  search.max_length =
      std::min(Range::most_max_length, json_int(object, "max_length", 20, Range::least_max_length,
                                                std::numeric_limits<int>::max(), name));
  search.no_repeat_ngram_size =
      json_int(object, "no_repeat_ngram_size", 0, 0, Range::most_no_repeat_ngram_size, name);
  search.repetition_penalty =
      number_in_range(object, "repetition_penalty", 1.0, Range::least_repetition_penalty,
                      Range::most_repetition_penalty, name);
}

}  // namespace

ModelConfig ModelConfig::read(const std::string& folder) {
  const std::string name = folder + "/config.json";
  const Json json = read_json(name);
  const std::string type = string_or(json, "model_type", "");
  if (type != "m2m_100")
    throw Error(Error::Kind::Unavailable,
                name + ": model_type is \"" + type +
                    "\"; only \"m2m_100\" (NLLB-200, M2M100, SMaLL-100) can be translated with");
  check_not_quantised(json, name);

  ModelConfig config;
  config.kind = kind_of(folder, json);
  config.vocabulary = json_int(json, "vocab_size", 128112, 8, 1 << 24, name);
  config.width = json_int(json, "d_model", 1024, 2, 1 << 16, name);
  config.encoder_layers = json_int(json, "encoder_layers", 12, 0, 1024, name);
  config.decoder_layers = json_int(json, "decoder_layers", 12, 0, 1024, name);
  config.encoder_heads = json_int(json, "encoder_attention_heads", 16, 1, 1024, name);
  config.decoder_heads = json_int(json, "decoder_attention_heads", 16, 1, 1024, name);
  config.encoder_ffn = json_int(json, "encoder_ffn_dim", 4096, 1, 1 << 18, name);
  config.decoder_ffn = json_int(json, "decoder_ffn_dim", 4096, 1, 1 << 18, name);
  config.max_positions = json_int(json, "max_position_embeddings", 1024, 1, 1 << 20, name);
  if (config.width % config.encoder_heads != 0 || config.width % config.decoder_heads != 0)
    throw Error(Error::Kind::Corrupt, name + ": d_model is no multiple of the attention heads");
  config.scale_embedding = bool_or(json, "scale_embedding", true);
  config.tied = bool_or(json, "tie_word_embeddings", true);
  config.activation = activation_of(string_or(json, "activation_function", "relu"), name);
  config.stored_precision = string_or(json, "dtype", string_or(json, "torch_dtype", ""));

  const std::string generation = folder + "/generation_config.json";
  const bool has_generation = file_exists(generation);
  const Json settings = has_generation ? read_json(generation) : json;
  const std::string& source = has_generation ? generation : name;
  const int last = config.vocabulary - 1;
  config.pad = json_int(settings, "pad_token_id", json_int(json, "pad_token_id", 1, 0, last, name),
                        0, last, source);
  config.decoder_start =
      json_int(settings, "decoder_start_token_id",
               json_int(json, "decoder_start_token_id", 2, 0, last, name), 0, last, source);
  config.eos =
      eos_of(settings, eos_of(json, {2}, config.vocabulary, name), config.vocabulary, source);
  read_search(settings, source, config.search);
  log(LogLevel::Info, "model", [&] {
    return folder + ": " + std::to_string(config.encoder_layers) + " + " +
           std::to_string(config.decoder_layers) + " layers of width " +
           std::to_string(config.width) + ", " + std::to_string(config.vocabulary) +
           " tokens; the search is set by " + source + '.';
  });
  return config;
}

}  // namespace gst_translate
