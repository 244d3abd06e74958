// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/weight_names.h"

#include <initializer_list>

namespace gst_translate {
namespace {

std::string stack_name(Stack stack) {
  return stack == Stack::Encoder ? "encoder" : "decoder";
}

AttentionNames attention_names(const std::string& name) {
  return {name + "_layer_norm", name + ".q_proj", name + ".k_proj", name + ".v_proj",
          name + ".out_proj"};
}

std::string first_of(const Weights& weights, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (weights.find(name) != nullptr) return name;
  return *names.begin();
}

}  // namespace

std::string layer_prefix(Stack stack, int number) {
  return stack_name(stack) + ".layers." + std::to_string(number) + ".";
}

LayerNames layer_names(Stack stack, int number) {
  const std::string prefix = layer_prefix(stack, number);
  LayerNames names;
  names.self = attention_names(prefix + "self_attn");
  if (stack == Stack::Decoder) names.cross = attention_names(prefix + "encoder_attn");
  names.ffn_norm = prefix + "final_layer_norm";
  names.fc1 = prefix + "fc1";
  names.fc2 = prefix + "fc2";
  return names;
}

std::string final_norm(Stack stack) {
  return stack_name(stack) + ".layer_norm";
}

std::string weight_of(const std::string& name) {
  return name + ".weight";
}
std::string bias_of(const std::string& name) {
  return name + ".bias";
}

EmbeddingNames find_embeddings(const Weights& weights, bool tied) {
  if (tied) {
    const std::string name = first_of(
        weights, {shared_embedding, encoder_embedding, decoder_embedding, output_embedding});
    return {name, name, name};
  }
  return {first_of(weights, {encoder_embedding, shared_embedding}),
          first_of(weights, {decoder_embedding, shared_embedding}),
          first_of(weights, {output_embedding, shared_embedding})};
}

}  // namespace gst_translate
