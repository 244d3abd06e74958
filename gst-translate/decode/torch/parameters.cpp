// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/parameters.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace gst_translate::torch_backend {
namespace {

at::ScalarType scalar_type(DataType type) {
  switch (type) {
    case DataType::Float16:
      return at::kHalf;
    case DataType::BFloat16:
      return at::kBFloat16;
    case DataType::Float32:
      break;
  }
  return at::kFloat;
}

/// Memory to be filled for the first time: huge pages take hundreds of times fewer page faults, and
/// are read faster. It works without.
at::Tensor allocate(const std::vector<int64_t>& shape, const at::TensorOptions& options) {
  at::Tensor tensor = at::empty(shape, options);
#ifdef MADV_HUGEPAGE
  constexpr uintptr_t huge = 2 << 20;
  if (!tensor.is_cpu()) return tensor;
  const auto begin = reinterpret_cast<uintptr_t>(tensor.data_ptr());
  const uintptr_t first = (begin + huge - 1) / huge * huge;
  const uintptr_t last = (begin + tensor.nbytes()) / huge * huge;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the address of a page
  if (last > first) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
  return tensor;
}

class Loader {
 public:
  Loader(const Weights& weights, const ModelConfig& config, const at::Device& device,
         at::ScalarType precision, const Progress& progress)
      : weights_(weights),
        options_(at::TensorOptions().device(device).dtype(precision)),
        progress_(progress),
        width_(config.width) {
    for (const auto& file : weights.files())
      total_ += static_cast<int64_t>(file.size());
  }

  /// The tensors one behind the other in the first dimension, as one.
  at::Tensor stack(const std::vector<std::string>& names, std::vector<int64_t> shape) {
    const int64_t rows = shape[0];
    shape[0] *= static_cast<int64_t>(names.size());
    at::Tensor result = allocate(shape, options_);
    shape[0] = rows;
    for (size_t i = 0; i < names.size(); ++i)
      copy(weights_.get(names[i], shape), result.narrow(0, static_cast<int64_t>(i) * rows, rows));
    bytes_ += static_cast<int64_t>(result.nbytes());
    return result;
  }

  Linear linear(const std::string& layer, std::initializer_list<const char*> parts, int64_t out,
                int64_t in) {
    std::vector<std::string> matrices, biases;
    for (const char* part : parts) {
      matrices.push_back(layer + part + ".weight");
      biases.push_back(layer + part + ".bias");
    }
    return {stack(matrices, {out, in}), stack(biases, {out})};
  }

  LayerNorm norm(const std::string& name) {
    return {stack({name + ".weight"}, {width_}), stack({name + ".bias"}, {width_})};
  }

  /// The first of the names that the files hold.
  std::string first_of(std::initializer_list<const char*> names) const {
    for (const char* name : names)
      if (weights_.find(name) != nullptr) return name;
    return *names.begin();  // is missing: `stack` says so
  }

  int64_t bytes() const { return bytes_; }

 private:
  /// In blocks, so that a load can be given up and its pages given back on the way.
  void copy(const TensorView& view, const at::Tensor& to) {
    constexpr int64_t block_bytes = 32 << 20;
    const int64_t rows = to.size(0);
    const int64_t row_bytes = rows == 0 ? 1 : static_cast<int64_t>(view.bytes) / rows;
    const int64_t block = std::max<int64_t>(1, block_bytes / std::max<int64_t>(1, row_bytes));
    for (int64_t first = 0; first < rows; first += block) {
      const int64_t count = std::min(block, rows - first);
      std::vector<int64_t> shape = view.shape;
      shape[0] = count;
      const std::byte* data = view.data + first * row_bytes;
      to.narrow(0, first, count)
          .copy_(at::from_blob(const_cast<std::byte*>(data), shape,
                               at::TensorOptions().dtype(scalar_type(view.type))));
      weights_.forget(view, data, static_cast<size_t>(count * row_bytes));
      done_ += count * row_bytes;
      report(progress_, static_cast<double>(done_) / static_cast<double>(total_));
    }
  }

  const Weights& weights_;
  at::TensorOptions options_;
  const Progress& progress_;
  int64_t width_ = 0, total_ = 0, done_ = 0, bytes_ = 0;
};

/// Files store tied matrices once, under any of their names (transformers, modeling_m2m_100.py,
/// `_tied_weights_keys`).
void load_embeddings(Loader& loader, const ModelConfig& config, Parameters& parameters) {
  const std::vector<int64_t> shape = {config.vocabulary, config.width};
  if (config.tied) {
    const std::string name = loader.first_of({"shared.weight", "encoder.embed_tokens.weight",
                                              "decoder.embed_tokens.weight", "lm_head.weight"});
    parameters.encoder_embedding = loader.stack({name}, shape);
    parameters.decoder_embedding = parameters.head = parameters.encoder_embedding;
    return;
  }
  parameters.encoder_embedding =
      loader.stack({loader.first_of({"encoder.embed_tokens.weight", "shared.weight"})}, shape);
  parameters.decoder_embedding =
      loader.stack({loader.first_of({"decoder.embed_tokens.weight", "shared.weight"})}, shape);
  parameters.head = loader.stack({loader.first_of({"lm_head.weight", "shared.weight"})}, shape);
}

}  // namespace

Parameters load_parameters(const Weights& weights, const ModelConfig& config,
                           const at::Device& device, at::ScalarType precision,
                           const Progress& progress) {
  Parameters parameters;
  Loader loader(weights, config, device, precision, progress);
  const int64_t width = config.width;
  load_embeddings(loader, config, parameters);
  for (int i = 0; i < config.encoder_layers; ++i) {
    const std::string name = "encoder.layers." + std::to_string(i) + ".";
    EncoderLayer layer;
    layer.self_norm = loader.norm(name + "self_attn_layer_norm");
    layer.self_qkv =
        loader.linear(name + "self_attn.", {"q_proj", "k_proj", "v_proj"}, width, width);
    layer.self_out = loader.linear(name + "self_attn.", {"out_proj"}, width, width);
    layer.ffn_norm = loader.norm(name + "final_layer_norm");
    layer.fc1 = loader.linear(name, {"fc1"}, config.encoder_ffn, width);
    layer.fc2 = loader.linear(name, {"fc2"}, width, config.encoder_ffn);
    parameters.encoder.push_back(std::move(layer));
  }
  parameters.encoder_norm = loader.norm("encoder.layer_norm");
  for (int i = 0; i < config.decoder_layers; ++i) {
    const std::string name = "decoder.layers." + std::to_string(i) + ".";
    DecoderLayer layer;
    layer.self_norm = loader.norm(name + "self_attn_layer_norm");
    layer.self_qkv =
        loader.linear(name + "self_attn.", {"q_proj", "k_proj", "v_proj"}, width, width);
    layer.self_out = loader.linear(name + "self_attn.", {"out_proj"}, width, width);
    layer.cross_norm = loader.norm(name + "encoder_attn_layer_norm");
    layer.cross_query = loader.linear(name + "encoder_attn.", {"q_proj"}, width, width);
    layer.cross_kv = loader.linear(name + "encoder_attn.", {"k_proj", "v_proj"}, width, width);
    layer.cross_out = loader.linear(name + "encoder_attn.", {"out_proj"}, width, width);
    layer.ffn_norm = loader.norm(name + "final_layer_norm");
    layer.fc1 = loader.linear(name, {"fc1"}, config.decoder_ffn, width);
    layer.fc2 = loader.linear(name, {"fc2"}, width, config.decoder_ffn);
    parameters.decoder.push_back(std::move(layer));
  }
  parameters.decoder_norm = loader.norm("decoder.layer_norm");
  parameters.bytes = loader.bytes();
  return parameters;
}

}  // namespace gst_translate::torch_backend
