// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/parameters.h"

#include <string>

#include "gst-translate/model/weight_names.h"

namespace gst_translate::cpu {
namespace {

LayerNorm norm(PackedStore& store, const std::string& name, int width) {
  return {store.vector(weight_of(name), width), store.vector(bias_of(name), width)};
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

EncoderLayer lay_out_encoder_layer(PackedStore& store, const ModelConfig& config, int number,
                                   WeightType type) {
  const int width = config.width;
  const LayerNames names = layer_names(Stack::Encoder, number);
  EncoderLayer layer;
  layer.self_norm = norm(store, names.self.norm, width);
  layer.self_qkv =
      store.linear({names.self.query, names.self.key, names.self.value}, width, width, type);
  layer.self_out = store.linear({names.self.out}, width, width, type);
  layer.ffn_norm = norm(store, names.ffn_norm, width);
  layer.fc1 = store.linear({names.fc1}, config.encoder_ffn, width, type);
  layer.fc2 = store.linear({names.fc2}, width, config.encoder_ffn, type);
  return layer;
}

DecoderLayer lay_out_decoder_layer(PackedStore& store, const ModelConfig& config, int number,
                                   WeightType type) {
  const int width = config.width;
  const LayerNames names = layer_names(Stack::Decoder, number);
  DecoderLayer layer;
  layer.self_norm = norm(store, names.self.norm, width);
  layer.self_qkv =
      store.linear({names.self.query, names.self.key, names.self.value}, width, width, type);
  layer.self_out = store.linear({names.self.out}, width, width, type);
  layer.cross_norm = norm(store, names.cross.norm, width);
  layer.cross_query = store.linear({names.cross.query}, width, width, type);
  layer.cross_kv = store.linear({names.cross.key, names.cross.value}, width, width, type);
  layer.cross_out = store.linear({names.cross.out}, width, width, type);
  layer.ffn_norm = norm(store, names.ffn_norm, width);
  layer.fc1 = store.linear({names.fc1}, config.decoder_ffn, width, type);
  layer.fc2 = store.linear({names.fc2}, width, config.decoder_ffn, type);
  return layer;
}

}  // namespace

StoredEmbeddings StoredEmbeddings::find(const Weights& weights, const ModelConfig& config) {
  const EmbeddingNames names = find_embeddings(weights, config.tied);
  const std::vector<int64_t> shape = {config.vocabulary, config.width};
  return {weights.get(names.encoder, shape), weights.get(names.decoder, shape),
          weights.get(names.output, shape)};
}

Parameters lay_out(PackedStore& store, const Weights& weights, const ModelConfig& config,
                   const VocabularyGroups& groups, WeightType type) {
  Parameters parameters;
  const int width = config.width;
  for (int i = 0; i < config.encoder_layers; ++i)
    parameters.encoder.push_back(lay_out_encoder_layer(store, config, i, type));
  parameters.encoder_norm = norm(store, final_norm(Stack::Encoder), width);
  for (int i = 0; i < config.decoder_layers; ++i)
    parameters.decoder.push_back(lay_out_decoder_layer(store, config, i, type));
  parameters.decoder_norm = norm(store, final_norm(Stack::Decoder), width);

  OutputMatrix& output = parameters.output;
  sort_by_group(groups, output);
  // Screening in int8 loses nothing, as what can be the best is scored again; float32 is kept for
  // comparisons of every score.
  const WeightType output_type = type == WeightType::Float32 ? type : WeightType::Int8;
  const PackedStore::Rows rows = store.rows(find_embeddings(weights, config.tied).output,
                                            config.vocabulary, width, output_type, output.tokens);
  output.weights = rows.weights;
  output.bytes = rows.bytes;
  output.error = rows.error;
  output.norm = rows.norm;
  output.residual = rows.residual;
  return parameters;
}

}  // namespace gst_translate::cpu
