// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/packed_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gst_translate::cpu {
namespace {

float gelu(float x) {
  return 0.5F * x * (1 + std::erf(x * 0.70710678F));
}
float silu(float x) {
  return x / (1 + std::exp(-x));
}

}  // namespace

const float* Positions::token(size_t n) {
  while (rows_.size() <= n)
    add();
  return rows_[n].data();
}

void Positions::add() {
  const size_t half = width_ / 2;
  const auto position = static_cast<float>(rows_.size() + 2);
  const double step = -std::log(10000.0) / static_cast<double>(std::max<size_t>(half, 2) - 1);
  std::vector<float> row(width_, 0);
  for (size_t i = 0; i < half; ++i) {
    // In float32 as the original does.
    const float frequency = std::exp(static_cast<float>(i) * static_cast<float>(step));
    row[i] = std::sin(position * frequency);
    row[half + i] = std::cos(position * frequency);
  }
  rows_.push_back(std::move(row));
}

PackedModel::PackedModel(const Weights& model_weights, const ModelConfig& model_config,
                         const std::vector<std::string>& tokens, WeightType layer_type,
                         const Kernels& kernels_of_choice, int threads, const Progress& progress)
    : weights(model_weights),
      config(model_config),
      type(layer_type),
      kernels(kernels_of_choice),
      groups(VocabularyGroups::sort(tokens)),
      pool(threads),
      compute(kernels, pool),
      embeddings(StoredEmbeddings::find(weights, config)),
      positions_(config.width),
      embedding_scale_(config.scale_embedding ? std::sqrt(static_cast<float>(config.width)) : 1) {
  PackedStore store(weights, kernels, pool, progress);
  lay_out(store, weights, config, groups, type);
  arena_ = Arena(store.size());
  store.use(arena_);
  parameters = lay_out(store, weights, config, groups, type);
  output.emplace(parameters.output, weights, embeddings.output, compute);
}

void PackedModel::embed(const TensorView& table, int32_t token, size_t position, float* to) {
  read_floats(kernels, table, static_cast<size_t>(token) * width(), width(), to);
  const float* row = positions_.token(position);
  // Padding has no position, also where a search has chosen it.
  const float share = token == config.pad ? 0.0F : 1.0F;
  for (size_t i = 0; i < width(); ++i)
    to[i] = to[i] * embedding_scale_ + share * row[i];
}

void PackedModel::feed_forward(const LayerNorm& norm, const PackedWeights& fc1,
                               const PackedWeights& fc2, float* x, int rows, Floats& normed,
                               Floats& inner) {
  const auto count = static_cast<size_t>(rows);
  normed.resize(std::max(normed.size(), count * width()));
  inner.resize(std::max(inner.size(), count * static_cast<size_t>(fc1.outputs)));
  compute.layer_norm(norm, x, rows, config.width, normed.data());
  const bool relu = config.activation == Activation::Relu;
  compute.linear(fc1, normed.data(), rows, relu ? Epilogue::Relu : Epilogue::Store, inner.data());
  if (!relu) {
    const auto activate = config.activation == Activation::Gelu ? gelu : silu;
    std::transform(
        inner.begin(),
        inner.begin() + static_cast<std::ptrdiff_t>(count * static_cast<size_t>(fc1.outputs)),
        inner.begin(), activate);
  }
  compute.linear(fc2, inner.data(), rows, Epilogue::Add, x);
}

}  // namespace gst_translate::cpu
