// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/network.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Logging.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "gst-translate/decode/torch/device.h"
#include "gst-translate/decode/torch/selection.h"
#include "gst-translate/decode/torch/torch_network.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace torch_backend {
namespace {

constexpr double layer_norm_epsilon = 1e-5;  // nn.LayerNorm's default; not in config.json
constexpr int64_t first_capacity = 32;       // tokens that a new KV cache has room for

/// The least power of two, but not less than `first_capacity`.
int64_t filled_up(int64_t length) {
  int64_t result = first_capacity;
  while (result < length)
    result *= 2;
  return result;
}

at::Tensor apply(const Linear& linear, const at::Tensor& x) {
  return at::linear(x, linear.weight, linear.bias);
}

at::Tensor apply(const LayerNorm& norm, const at::Tensor& x) {
  return at::layer_norm(x, {x.size(-1)}, norm.weight, norm.bias, layer_norm_epsilon);
}

at::Tensor activate(Activation activation, const at::Tensor& x) {
  switch (activation) {
    case Activation::Gelu:
      return at::gelu(x);
    case Activation::Silu:
      return at::silu(x);
    case Activation::Relu:
      break;
  }
  return at::relu(x);
}

/// [batch, length, width] -> [batch, heads, length, width / heads]
at::Tensor split_heads(const at::Tensor& x, int64_t batch, int64_t heads) {
  return x.reshape({batch, -1, heads, x.size(-1) / heads}).transpose(1, 2);
}

/// [batch, heads, length, size] -> [batch * length, heads * size]
at::Tensor join_heads(const at::Tensor& x) {
  return x.transpose(1, 2).reshape({x.size(0) * x.size(2), x.size(1) * x.size(3)});
}

/// `queries` [.., q, size], `keys` [.., k, size], `values` [.., k, size], `mask` added to the
/// scores [.., q, k]. Plain products and a softmax: the fused kernels of some devices are wrong or
/// slow in the shapes of a decoder step.
at::Tensor attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                  const at::Tensor& mask) {
  const double scale = 1.0 / std::sqrt(static_cast<double>(queries.size(-1)));
  at::Tensor scores = at::matmul(queries * scale, keys.transpose(-1, -2));
  if (mask.defined()) scores = scores + mask;
  return at::matmul(at::softmax(scores, -1), values);
}

at::Tensor int_tensor(const std::vector<int32_t>& values, const at::Device& device) {
  return at::from_blob(const_cast<int32_t*>(values.data()), {static_cast<int64_t>(values.size())},
                       at::kInt)
      .to(at::TensorOptions().device(device).dtype(at::kLong));
}

/// Not all of them come from an allocator that knows its own kind of error.
bool is_out_of_memory(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  return dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr ||
         text.find("out of memory") != std::string::npos ||
         text.find("t allocate memory") != std::string::npos ||
         text.find("ALLOC_FAILED") != std::string::npos;
}

// Encoder ---------------------------------------------------------------------------------------

/// `x`: [sentences * length, width]
at::Tensor encoder_layer(const ModelConfig& config, const EncoderLayer& layer, at::Tensor x,
                         const at::Tensor& mask, int64_t sentences, const Interrupt& interrupt) {
  const int64_t heads = config.encoder_heads;
  const auto qkv = apply(layer.self_qkv, apply(layer.self_norm, x)).chunk(3, -1);
  const at::Tensor attended =
      attend(split_heads(qkv[0], sentences, heads), split_heads(qkv[1], sentences, heads),
             split_heads(qkv[2], sentences, heads), mask);
  x = x + apply(layer.self_out, join_heads(attended));
  check(interrupt);
  const at::Tensor inner = activate(config.activation, apply(layer.fc1, apply(layer.ffn_norm, x)));
  check(interrupt);
  x = x + apply(layer.fc2, inner);
  if (x.scalar_type() == at::kHalf) {
    constexpr double limit = 65504 - 1000;  // as transformers keeps float16 from overflowing
    x = x.clamp(-limit, limit);
  }
  return x;
}

class TorchDecoder : public Decoder {
 public:
  TorchDecoder(TorchNetwork& network, std::shared_ptr<const TorchMemory> memory,
               const std::vector<DecoderRow>& rows, int max_length);

  void step(const std::vector<int32_t>& tokens, const Selection& selection,
            const Interrupt& interrupt, Candidates& candidates) override;
  void reorder(const std::vector<int32_t>& rows) override;

 private:
  void attend_to(const std::vector<int32_t>& sentences);
  void reserve(int64_t length);
  at::Tensor causal_mask(int64_t length) const;
  at::Tensor filled_up_mask(int64_t length) const;

  TorchNetwork& network_;
  std::shared_ptr<const TorchMemory> memory_;
  std::vector<int32_t> sentences_;  // that each row attends to
  int64_t max_length_;
  int64_t length_ = 0;  // tokens in the cache
  at::Tensor cache_;    // [layers, 2, rows, heads, capacity, size]
  // The memory as the rows need it: sentence i of it is that of rows i * n to (i + 1) * n.
  std::vector<at::Tensor> keys_, values_;
  at::Tensor mask_;
};

// Decoder ---------------------------------------------------------------------------------------

TorchDecoder::TorchDecoder(TorchNetwork& network, std::shared_ptr<const TorchMemory> memory,
                           const std::vector<DecoderRow>& rows, int max_length)
    : network_(network), memory_(std::move(memory)), max_length_(max_length) {
  std::vector<int32_t> sentences;
  for (const auto& row : rows)
    sentences.push_back(row.sentence);
  attend_to(sentences);
  reserve(1);
}

/// Rows that attend to one sentence share its keys and values where the rows of all sentences lie
/// together and are as many; else each row gets its own copy.
void TorchDecoder::attend_to(const std::vector<int32_t>& sentences) {
  if (sentences == sentences_) return;
  sentences_ = sentences;
  std::vector<int32_t> distinct = sentences;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const size_t each = sentences.size() / distinct.size();
  bool shared = sentences.size() % distinct.size() == 0;
  for (size_t row = 0; shared && row < sentences.size(); ++row)
    shared = sentences[row] == distinct[row / each];
  const std::vector<int32_t>& needed = shared ? distinct : sentences;

  std::vector<int32_t> all(static_cast<size_t>(memory_->sentences));
  std::iota(all.begin(), all.end(), 0);
  if (needed == all) {
    keys_ = memory_->keys;
    values_ = memory_->values;
    mask_ = memory_->mask;
    return;
  }
  const at::Tensor index = int_tensor(needed, network_.options().device());
  keys_.clear();
  values_.clear();
  for (const auto& keys : memory_->keys)
    keys_.push_back(keys.index_select(0, index));
  for (const auto& values : memory_->values)
    values_.push_back(values.index_select(0, index));
  if (memory_->mask.defined()) mask_ = memory_->mask.index_select(0, index);
}

void TorchDecoder::reserve(int64_t length) {
  const int64_t capacity = cache_.defined() ? cache_.size(4) : 0;
  if (length <= capacity) return;
  const ModelConfig& config = network_.config();
  const int64_t heads = config.decoder_heads;
  const int64_t larger =
      network_.fills_up_lengths()
          ? filled_up(length)
          : std::max(length, std::min(max_length_, std::max(first_capacity, 2 * capacity)));
  at::Tensor cache = at::zeros({config.decoder_layers, 2, static_cast<int64_t>(sentences_.size()),
                                heads, larger, config.width / heads},
                               network_.options());
  if (length_ > 0) cache.narrow(4, 0, capacity).copy_(cache_);
  cache_ = cache;
}

/// [length, length_ + length]: a token sees itself and those before it.
at::Tensor TorchDecoder::causal_mask(int64_t length) const {
  if (length == 1) return {};
  return at::full({length, length_ + length}, -std::numeric_limits<float>::infinity(),
                  network_.options())
      .triu(length_ + 1);
}

/// [length, capacity of the cache]: the same, and nobody sees what is not there yet.
at::Tensor TorchDecoder::filled_up_mask(int64_t length) const {
  const int64_t capacity = cache_.size(4);
  std::vector<float> mask(static_cast<size_t>(length * capacity),
                          -std::numeric_limits<float>::infinity());
  for (int64_t i = 0; i < length; ++i)
    std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(i * capacity), length_ + i + 1, 0.0F);
  return at::from_blob(mask.data(), {length, capacity}, at::kFloat)
      .to(network_.options(), false, true);
}

void TorchDecoder::step(const std::vector<int32_t>& tokens, const Selection& selection,
                        const Interrupt& interrupt, Candidates& candidates) try {
  const Session session(network_.options().device(), network_.threads());
  const ModelConfig& config = network_.config();
  const Parameters& parameters = network_.parameters();
  const auto rows = static_cast<int64_t>(sentences_.size());
  const int64_t length = static_cast<int64_t>(tokens.size()) / rows;
  const int64_t heads = config.decoder_heads;
  reserve(length_ + length);
  const bool fills_up = network_.fills_up_lengths();
  const at::Tensor mask = fills_up ? filled_up_mask(length) : causal_mask(length);
  const int64_t seen = fills_up ? cache_.size(4) : length_ + length;

  const at::Tensor ids = int_tensor(tokens, network_.options().device());
  // Padding has no position, also where a search has chosen it.
  const at::Tensor placed = ids.ne(config.pad).view({rows, length, 1});
  at::Tensor x =
      network_.embed(parameters.decoder_embedding, ids).view({rows, length, -1}) +
      network_.positions().tokens(length_, length) * placed.to(network_.options().dtype());
  x = x.view({rows * length, -1});
  for (size_t i = 0; i < parameters.decoder.size(); ++i) {
    check(interrupt);
    const DecoderLayer& layer = parameters.decoder[i];
    const auto qkv = apply(layer.self_qkv, apply(layer.self_norm, x)).chunk(3, -1);
    const at::Tensor cache = cache_.select(0, static_cast<int64_t>(i));
    const at::Tensor keys = cache.select(0, 0).narrow(2, 0, seen);
    const at::Tensor values = cache.select(0, 1).narrow(2, 0, seen);
    keys.narrow(2, length_, length).copy_(split_heads(qkv[1], rows, heads));
    values.narrow(2, length_, length).copy_(split_heads(qkv[2], rows, heads));
    at::Tensor attended = attend(split_heads(qkv[0], rows, heads), keys, values, mask);
    x = x + apply(layer.self_out, join_heads(attended));

    const at::Tensor query = apply(layer.cross_query, apply(layer.cross_norm, x));
    attended = attend(split_heads(query, keys_[i].size(0), heads), keys_[i], values_[i], mask_);
    x = x + apply(layer.cross_out, join_heads(attended));

    const at::Tensor inner =
        activate(config.activation, apply(layer.fc1, apply(layer.ffn_norm, x)));
    x = x + apply(layer.fc2, inner);
  }
  length_ += length;
  check(interrupt);
  // Only the last token of each row is followed by a choice.
  x = x.view({rows, length, -1}).select(1, length - 1);
  x = apply(parameters.decoder_norm, x);
  select(at::linear(x, parameters.head).to(at::kFloat), selection, candidates);
} catch (const c10::Error& error) {
  throw failure(error, network_.options().device());
}

void TorchDecoder::reorder(const std::vector<int32_t>& rows) try {
  const Session session(network_.options().device(), network_.threads());
  std::vector<int32_t> sentences;
  for (const int32_t row : rows)
    sentences.push_back(sentences_[static_cast<size_t>(row)]);
  std::vector<int32_t> same(sentences_.size());
  std::iota(same.begin(), same.end(), 0);
  if (rows != same) cache_ = cache_.index_select(2, int_tensor(rows, network_.options().device()));
  attend_to(sentences);
} catch (const c10::Error& error) {
  throw failure(error, network_.options().device());
}

/// A small model is fastest on one thread: its operators are over before a second one is awake.
int choose_threads(int wanted, const Weights& weights) {
  constexpr int64_t large = 100'000'000;  // parameters
  if (wanted > 0) return wanted;
  return weights.parameters() < large ? 1 : std::max(1, at::get_num_threads());
}

}  // namespace

/// What users are told of what libtorch threw in the middle of a translation; its own words are the
/// detail.
Error failure(const c10::Error& error, const at::Device& device) {
  if (is_out_of_memory(error))
    return {Error::Kind::Memory,
            "The memory of " + name_of(device) +
                " is too small for these texts: ask for a smaller batch-size or fewer beams.",
            error.what_without_backtrace()};
  return {Error::Kind::Failed, "The translation failed on " + name_of(device) + ".",
          error.what_without_backtrace()};
}

std::vector<float> TorchMemory::output() const {
  const c10::InferenceMode guard;
  const at::Tensor host = encoded.to(at::kCPU, at::kFloat).contiguous();
  return {host.const_data_ptr<float>(), host.const_data_ptr<float>() + host.numel()};
}

TorchNetwork::TorchNetwork(const Weights& weights, const ModelConfig& config,
                           const at::Device& device, at::ScalarType precision, bool int8,
                           int threads, const Progress& progress)
    : config_(config),
      threads_(threads),
      options_(at::TensorOptions().device(device).dtype(precision)),
      parameters_(load_parameters(weights, config, device, precision, int8, progress)),
      positions_(config.width, config.max_positions + 2, options_),
      embedding_scale_(config.scale_embedding ? std::sqrt(static_cast<double>(config.width)) : 1) {}

TorchNetwork::TorchNetwork(Parameters parameters, const ModelConfig& config,
                           const at::TensorOptions& options, int threads)
    : config_(config),
      threads_(threads),
      options_(options),
      parameters_(std::move(parameters)),
      positions_(config.width, config.max_positions + 2, options_),
      embedding_scale_(config.scale_embedding ? std::sqrt(static_cast<double>(config.width)) : 1) {}

std::shared_ptr<const EncoderMemory> TorchNetwork::encode(
    const std::vector<std::vector<int32_t>>& sentences, const Interrupt& interrupt) try {
  const Session session(options_.device(), threads_);
  size_t longest = 0, total = 0;
  for (const auto& ids : sentences) {
    longest = std::max(longest, ids.size());
    total += ids.size();
  }
  if (fills_up_) longest = static_cast<size_t>(filled_up(static_cast<int64_t>(longest)));
  const auto count = static_cast<int64_t>(sentences.size());
  const auto length = static_cast<int64_t>(longest);
  const bool padded = fills_up_ || total != sentences.size() * longest;

  std::vector<int32_t> ids(sentences.size() * longest, config_.pad);
  std::vector<float> mask(padded ? ids.size() : 0, -std::numeric_limits<float>::infinity());
  for (size_t i = 0; i < sentences.size(); ++i) {
    const auto row = static_cast<std::ptrdiff_t>(i * longest);
    std::copy(sentences[i].begin(), sentences[i].end(), ids.begin() + row);
    if (padded) std::fill_n(mask.begin() + row, sentences[i].size(), 0.0F);
  }

  auto memory = std::make_shared<TorchMemory>();
  memory->sentences = count;
  if (padded)
    memory->mask =
        at::from_blob(mask.data(), {count, 1, 1, length}, at::kFloat).to(options_, false, true);
  // Padded places get a position too, which nothing attends to.
  at::Tensor x = embed(parameters_.encoder_embedding, int_tensor(ids, options_.device()))
                     .view({count, length, -1}) +
                 positions_.tokens(0, length);
  x = x.view({count * length, -1});
  for (const auto& layer : parameters_.encoder) {
    check(interrupt);
    x = encoder_layer(config_, layer, x, memory->mask, count, interrupt);
  }
  x = apply(parameters_.encoder_norm, x);
  for (const auto& layer : parameters_.decoder) {
    check(interrupt);
    const auto key_value = apply(layer.cross_kv, x).chunk(2, -1);
    memory->keys.push_back(split_heads(key_value[0], count, config_.decoder_heads).contiguous());
    memory->values.push_back(split_heads(key_value[1], count, config_.decoder_heads).contiguous());
  }
  memory->encoded = x.view({count, length, -1});
  return memory;
} catch (const c10::Error& error) {
  throw failure(error, options_.device());
}

std::unique_ptr<Decoder> TorchNetwork::decode(std::shared_ptr<const EncoderMemory> memory,
                                              const std::vector<DecoderRow>& rows,
                                              int max_length) try {
  const Session session(options_.device(), threads_);
  return std::make_unique<TorchDecoder>(
      *this, std::static_pointer_cast<const TorchMemory>(std::move(memory)), rows, max_length);
} catch (const c10::Error& error) {
  throw failure(error, options_.device());
}

std::unique_ptr<TorchNetwork> load_torch_network(const Weights& weights, const ModelConfig& config,
                                                 NetworkPlace& place, const Progress& progress) {
  // Where this is set, as in the packages of 2.13, memory that is short ends the process.
  FLAGS_caffe2_use_fatal_for_enforce = false;
  const c10::InferenceMode guard;
  const at::Device device = choose_device(place.device);
  const at::ScalarType precision = choose_precision(place.precision, device);
  const bool int8 = place.precision == "int8";
  place.device = name_of(device);
  if (!int8) place.precision = name_of(precision);
  place.threads = choose_threads(place.threads, weights);
  try {
    const auto begun = std::chrono::steady_clock::now();
    auto network = std::make_unique<TorchNetwork>(weights, config, device, precision, int8,
                                                  place.threads, progress);
    log(LogLevel::Info, "torch", [&] {
      return "The weights are on " + place.device + " in " + place.precision + " (" +
             std::to_string(network->bytes() >> 20) + " MiB), " + std::to_string(place.threads) +
             " threads, in " + in_milliseconds(std::chrono::steady_clock::now() - begun) + '.';
    });
    return network;
  } catch (const c10::Error& error) {
    if (!is_out_of_memory(error)) throw;
    throw Error(Error::Kind::Memory,
                "The model does not fit into the memory of " + place.device +
                    ": try a smaller precision or another device.",
                error.what_without_backtrace());
  }
}

}  // namespace torch_backend

bool has_accelerator() {
  return !torch_backend::choose_device("auto").is_cpu();
}

std::unique_ptr<Network> open_torch_network(const Weights& weights, const ModelConfig& config,
                                            NetworkPlace& place, const Progress& progress) {
  return torch_backend::load_torch_network(weights, config, place, progress);
}

}  // namespace gst_translate
