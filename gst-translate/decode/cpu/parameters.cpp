// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/parameters.h"

#include <initializer_list>
#include <string>

namespace gst_translate::cpu {
namespace {

/// Files store tied matrices once, under any of their names (transformers, modeling_m2m_100.py,
/// `_tied_weights_keys`); untied ones that are missing are the shared one.
std::string first_of(const Weights& weights, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (weights.find(name) != nullptr) return name;
  return *names.begin();
}

std::string embedding_name(const Weights& weights, const ModelConfig& config, bool encoder) {
  if (config.tied)
    return first_of(weights, {"shared.weight", "encoder.embed_tokens.weight",
                              "decoder.embed_tokens.weight", "lm_head.weight"});
  return encoder ? first_of(weights, {"encoder.embed_tokens.weight", "shared.weight"})
                 : first_of(weights, {"decoder.embed_tokens.weight", "shared.weight"});
}

std::string output_name(const Weights& weights, const ModelConfig& config) {
  return config.tied ? embedding_name(weights, config, true)
                     : first_of(weights, {"lm_head.weight", "shared.weight"});
}

LayerNorm norm(PackedStore& store, const std::string& name, int width) {
  return {store.vector(name + ".weight", width), store.vector(name + ".bias", width)};
}

/// Rows of tokens by groups, each group filled up to whole panels.
void sort_by_group(const VocabularyGroups& groups, OutputMatrix& output) {
  for (size_t group = 0; group < groups.count(); ++group) {
    OutputMatrix::Group range;
    range.first = static_cast<int>(output.tokens.size()) / panel;
    for (size_t token = 0; token < groups.of.size(); ++token)
      if (groups.of[token] == group) output.tokens.push_back(static_cast<int32_t>(token));
    while (output.tokens.size() % panel != 0)
      output.tokens.push_back(-1);
    range.last = static_cast<int>(output.tokens.size()) / panel;
    output.groups.push_back(range);
  }
}

}  // namespace

const TensorView& embedding(const Weights& weights, const ModelConfig& config, bool encoder) {
  return weights.get(embedding_name(weights, config, encoder), {config.vocabulary, config.width});
}

const TensorView& output_embedding(const Weights& weights, const ModelConfig& config) {
  return weights.get(output_name(weights, config), {config.vocabulary, config.width});
}

EncoderLayer lay_out_encoder_layer(PackedStore& store, const ModelConfig& config, int number,
                                   WeightType type) {
  const int width = config.width;
  const std::string name = "encoder.layers." + std::to_string(number) + ".";
  const std::string self = name + "self_attn.";
  EncoderLayer layer;
  layer.self_norm = norm(store, name + "self_attn_layer_norm", width);
  layer.self_qkv =
      store.linear({self + "q_proj", self + "k_proj", self + "v_proj"}, width, width, type);
  layer.self_out = store.linear({self + "out_proj"}, width, width, type);
  layer.ffn_norm = norm(store, name + "final_layer_norm", width);
  layer.fc1 = store.linear({name + "fc1"}, config.encoder_ffn, width, type);
  layer.fc2 = store.linear({name + "fc2"}, width, config.encoder_ffn, type);
  return layer;
}

Parameters lay_out(PackedStore& store, const Weights& weights, const ModelConfig& config,
                   const VocabularyGroups& groups, WeightType type) {
  Parameters parameters;
  const int width = config.width;
  for (int i = 0; i < config.encoder_layers; ++i)
    parameters.encoder.push_back(lay_out_encoder_layer(store, config, i, type));
  parameters.encoder_norm = norm(store, "encoder.layer_norm", width);
  for (int i = 0; i < config.decoder_layers; ++i) {
    const std::string name = "decoder.layers." + std::to_string(i) + ".";
    const std::string self = name + "self_attn.";
    const std::string cross = name + "encoder_attn.";
    DecoderLayer layer;
    layer.self_norm = norm(store, name + "self_attn_layer_norm", width);
    layer.self_qkv =
        store.linear({self + "q_proj", self + "k_proj", self + "v_proj"}, width, width, type);
    layer.self_out = store.linear({self + "out_proj"}, width, width, type);
    layer.cross_norm = norm(store, name + "encoder_attn_layer_norm", width);
    layer.cross_query = store.linear({cross + "q_proj"}, width, width, type);
    layer.cross_kv = store.linear({cross + "k_proj", cross + "v_proj"}, width, width, type);
    layer.cross_out = store.linear({cross + "out_proj"}, width, width, type);
    layer.ffn_norm = norm(store, name + "final_layer_norm", width);
    layer.fc1 = store.linear({name + "fc1"}, config.decoder_ffn, width, type);
    layer.fc2 = store.linear({name + "fc2"}, width, config.decoder_ffn, type);
    parameters.decoder.push_back(layer);
  }
  parameters.decoder_norm = norm(store, "decoder.layer_norm", width);

  OutputMatrix& output = parameters.output;
  sort_by_group(groups, output);
  // Screening in int8 loses nothing, as what can be the best is scored again; float32 is kept for
  // comparisons of every score.
  const WeightType output_type = type == WeightType::Float32 ? type : WeightType::Int8;
  const PackedStore::Rows rows = store.rows(output_name(weights, config), config.vocabulary, width,
                                            output_type, output.tokens);
  output.weights = rows.weights;
  output.error = rows.error;
  output.norm = rows.norm;
  return parameters;
}

}  // namespace gst_translate::cpu
