// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/device_model.h"

#include <algorithm>
#include <utility>

#include "gst-translate/decode/gpu/passes.h"
#include "gst-translate/decode/torch/int8_rows.h"

namespace gst_translate::gpu {
namespace {

using torch_backend::TorchNetwork;

/// Makes a view, and keeps what it makes for it.
class Builder {
 public:
  Builder(const TorchNetwork& network, Runtime& runtime) : runtime_(runtime) {
    const ModelConfig& config = network.config();
    const torch_backend::Parameters& parameters = network.parameters();
    model.precision = precision_of(parameters.head.scalar_type());
    model.vocabulary = config.vocabulary;
    model.width = config.width;
    model.encoder_heads = config.encoder_heads;
    model.decoder_heads = config.decoder_heads;
    model.encoder_ffn = config.encoder_ffn;
    model.decoder_ffn = config.decoder_ffn;
    model.embedding_scale = static_cast<float>(network.embedding_scale());
    model.padding = config.pad;
    model.encoder_embedding = runtime.address_of(parameters.encoder_embedding);
    model.decoder_embedding = runtime.address_of(parameters.decoder_embedding);
    model.head = runtime.address_of(parameters.head);
    if (model.precision != Precision::Float32) model.screen = screened(parameters.head);
    model.rounded = parameters.decoder.front().self_qkv.int8.defined();
    for (const auto& layer : parameters.encoder)
      model.encoder.push_back({view_of(layer.self_norm), folded(layer.self_norm, layer.self_qkv),
                               added(layer.self_out), view_of(layer.ffn_norm),
                               folded(layer.ffn_norm, layer.fc1), added(layer.fc2)});
    for (const auto& layer : parameters.decoder)
      model.decoder.push_back({view_of(layer.self_norm), folded(layer.self_norm, layer.self_qkv),
                               added(layer.self_out), view_of(layer.cross_norm),
                               folded(layer.cross_norm, layer.cross_query), view_of(layer.cross_kv),
                               added(layer.cross_out), view_of(layer.ffn_norm),
                               folded(layer.ffn_norm, layer.fc1), added(layer.fc2)});
    model.encoder_norm = view_of(parameters.encoder_norm);
    model.decoder_norm = view_of(parameters.decoder_norm);
  }

  ModelView model;
  std::vector<at::Tensor> tensors;

 private:
  Matrix view_of(const torch_backend::LayerNorm& norm) {
    return {runtime_.address_of(norm.weight), runtime_.address_of(norm.bias), {}, {}, nullptr};
  }
  Matrix view_of(const torch_backend::Linear& linear) {
    Matrix matrix = {
        runtime_.address_of(linear.weight), runtime_.address_of(linear.bias), {}, {}, nullptr};
    if (linear.int8.defined())
      matrix.rounded = {keep<int8_t>(filled_up(linear.int8.numbers)),
                        keep<float>(linear.int8.scale)};
    return matrix;
  }

  Matrix added(const torch_backend::Linear& linear) {
    Matrix matrix = view_of(linear);
    if (model.precision != Precision::Float32)
      matrix.bias_of_sum = keep<float>(linear.bias.to(at::kFloat));
    return matrix;
  }

  template <typename Number>
  Number* keep(const at::Tensor& numbers) {
    tensors.push_back(numbers);
    return static_cast<Number*>(runtime_.address_of(numbers));
  }

  /// Rows as kernels read those of int8.
  static at::Tensor filled_up(const at::Tensor& numbers) {
    const int64_t depth = numbers.size(1);
    const int64_t stride = row_stride<int8_t>(static_cast<int>(depth));
    if (stride == depth) return numbers;
    at::Tensor result = at::zeros({numbers.size(0), stride}, numbers.options());
    result.narrow(1, 0, depth).copy_(numbers);
    return result;
  }

  Matrix folded(const torch_backend::LayerNorm& norm, const torch_backend::Linear& linear) {
    Matrix matrix = view_of(linear);
    if (model.precision == Precision::Float32) return matrix;
    const at::Tensor weight = linear.exact();
    matrix.folded.sums = keep<float>(at::mv(weight, norm.weight.to(at::kFloat)));
    matrix.folded.offsets =
        keep<float>(at::mv(weight, norm.bias.to(at::kFloat)) + linear.bias.to(at::kFloat));
    return matrix;
  }

  /// The head in int8, some rows at a time, as it is large.
  ScreenView screened(const at::Tensor& head) {
    constexpr int64_t rows_together = 16384;
    const int64_t vocabulary = head.size(0), width = head.size(1);
    const int64_t depth = row_stride<int8_t>(static_cast<int>(width));
    const at::Tensor weight = at::zeros({vocabulary, depth}, head.options().dtype(at::kChar));
    const at::Tensor rows = at::empty({vocabulary, 2}, head.options().dtype(at::kFloat));
    for (int64_t first = 0; first < vocabulary; first += rows_together) {
      const int64_t count = std::min(rows_together, vocabulary - first);
      const at::Tensor stored = head.narrow(0, first, count).to(at::kFloat);
      const torch_backend::Int8Rows rounded = torch_backend::round_to_int8(stored);
      weight.narrow(0, first, count).narrow(1, 0, width).copy_(rounded.numbers);
      const at::Tensor known = rounded.values();
      const auto length = [](const at::Tensor& x) { return x.norm(2, {1}, true); };
      rows.narrow(0, first, count).narrow(1, 0, 1).copy_(rounded.scale);
      rows.narrow(0, first, count)
          .narrow(1, 1, 1)
          .copy_(screen_error(length(stored - known), length(known), static_cast<int>(width)));
    }
    ScreenView view;
    view.weight = keep<int8_t>(weight);
    view.rows = keep<ScreenRow>(rows);
    if (!runtime_.has_tiles()) view.scale = keep<float>(rows.select(1, 0).contiguous());
    return view;
  }

  Runtime& runtime_;
};

/// Whether there is shared memory enough for the largest kernels of a model.
bool has_room(int width, Precision precision, const Runtime& runtime) {
  const size_t limit = runtime.shared_limit();
  if (!runtime.has_tiles()) return Normalise<float>::shared_bytes(width) <= limit;
  return precision == Precision::Float32 || (Head<Bfloat16, 32>::threads(width, limit) > 0 &&
                                             Screen<Bfloat16, 32>::threads(width, limit) > 0);
}

}  // namespace

Precision precision_of(at::ScalarType type) {
  if (type == at::kHalf) return Precision::Float16;
  return type == at::kBFloat16 ? Precision::Bfloat16 : Precision::Float32;
}

bool takes(const ModelConfig& config, Precision precision, const Runtime& runtime) {
  const auto attends = [&](int heads) {
    const int size = config.width / heads;
    return precision == Precision::Float32 ? Attention<float>::can(size)
                                           : Attention<Bfloat16>::can(size);
  };
  return config.activation == Activation::Relu && has_room(config.width, precision, runtime) &&
         config.width % 8 == 0 && config.encoder_ffn % 8 == 0 && config.decoder_ffn % 8 == 0 &&
         attends(config.encoder_heads) && attends(config.decoder_heads);
}

DeviceModel::DeviceModel(const TorchNetwork& network, Runtime& runtime) {
  Builder builder(network, runtime);
  view_ = std::move(builder.model);
  tensors_ = std::move(builder.tensors);
}

}  // namespace gst_translate::gpu
