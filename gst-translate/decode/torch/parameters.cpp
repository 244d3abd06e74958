// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/parameters.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "gst-translate/model/weight_names.h"

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

  Linear linear(const std::vector<std::string>& names, int64_t out, int64_t in) {
    std::vector<std::string> matrices, biases;
    for (const auto& name : names) {
      matrices.push_back(weight_of(name));
      biases.push_back(bias_of(name));
    }
    return {stack(matrices, {out, in}), stack(biases, {out}), {}};
  }

  /// In int8, too, and the weight as what that stands for.
  void round(Linear& linear) {
    linear.int8 = round_to_int8(linear.weight);
    linear.weight.copy_(linear.int8.values());
    bytes_ += static_cast<int64_t>(linear.int8.numbers.nbytes() + linear.int8.scale.nbytes());
  }

  LayerNorm norm(const std::string& name) {
    return {stack({weight_of(name)}, {width_}), stack({bias_of(name)}, {width_})};
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

void load_embeddings(Loader& loader, const EmbeddingNames& names, const ModelConfig& config,
                     Parameters& parameters) {
  const std::vector<int64_t> shape = {config.vocabulary, config.width};
  parameters.encoder_embedding = loader.stack({names.encoder}, shape);
  parameters.decoder_embedding =
      config.tied ? parameters.encoder_embedding : loader.stack({names.decoder}, shape);
  parameters.head =
      config.tied ? parameters.encoder_embedding : loader.stack({names.output}, shape);
}

EncoderLayer load_encoder_layer(Loader& loader, const ModelConfig& config, int number) {
  const int64_t width = config.width;
  const LayerNames names = layer_names(Stack::Encoder, number);
  EncoderLayer layer;
  layer.self_norm = loader.norm(names.self.norm);
  layer.self_qkv =
      loader.linear({names.self.query, names.self.key, names.self.value}, width, width);
  layer.self_out = loader.linear({names.self.out}, width, width);
  layer.ffn_norm = loader.norm(names.ffn_norm);
  layer.fc1 = loader.linear({names.fc1}, config.encoder_ffn, width);
  layer.fc2 = loader.linear({names.fc2}, width, config.encoder_ffn);
  return layer;
}

DecoderLayer load_decoder_layer(Loader& loader, const ModelConfig& config, int number) {
  const int64_t width = config.width;
  const LayerNames names = layer_names(Stack::Decoder, number);
  DecoderLayer layer;
  layer.self_norm = loader.norm(names.self.norm);
  layer.self_qkv =
      loader.linear({names.self.query, names.self.key, names.self.value}, width, width);
  layer.self_out = loader.linear({names.self.out}, width, width);
  layer.cross_norm = loader.norm(names.cross.norm);
  layer.cross_query = loader.linear({names.cross.query}, width, width);
  layer.cross_kv = loader.linear({names.cross.key, names.cross.value}, width, width);
  layer.cross_out = loader.linear({names.cross.out}, width, width);
  layer.ffn_norm = loader.norm(names.ffn_norm);
  layer.fc1 = loader.linear({names.fc1}, config.decoder_ffn, width);
  layer.fc2 = loader.linear({names.fc2}, width, config.decoder_ffn);
  return layer;
}

}  // namespace

Parameters load_parameters(const Weights& weights, const ModelConfig& config,
                           const at::Device& device, at::ScalarType precision, bool int8,
                           const Progress& progress) {
  Parameters parameters;
  Loader loader(weights, config, device, precision, progress);
  load_embeddings(loader, find_embeddings(weights, config.tied), config, parameters);
  for (int i = 0; i < config.encoder_layers; ++i)
    parameters.encoder.push_back(load_encoder_layer(loader, config, i));
  parameters.encoder_norm = loader.norm(final_norm(Stack::Encoder));
  for (int i = 0; i < config.decoder_layers; ++i) {
    DecoderLayer layer = load_decoder_layer(loader, config, i);
    if (int8)
      for (Linear* linear : {&layer.self_qkv, &layer.self_out, &layer.cross_query, &layer.cross_out,
                             &layer.fc1, &layer.fc2})
        loader.round(*linear);
    parameters.decoder.push_back(std::move(layer));
  }
  parameters.decoder_norm = loader.norm(final_norm(Stack::Decoder));
  parameters.bytes = loader.bytes();
  return parameters;
}

}  // namespace gst_translate::torch_backend
