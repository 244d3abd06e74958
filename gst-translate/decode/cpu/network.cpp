// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/network.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <thread>
#include <utility>

#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/output_layer.h"
#include "gst-translate/decode/cpu/packed_store.h"
#include "gst-translate/decode/cpu/parameters.h"
#include "gst-translate/decode/vocabulary_groups.h"

namespace gst_translate {
namespace cpu {
namespace {

struct Memory : EncoderMemory {
  std::vector<float> output() const override {
    const size_t width = encoded.size() / static_cast<size_t>(offsets.back());
    size_t longest = 0;
    for (size_t i = 0; i + 1 < offsets.size(); ++i)
      longest = std::max(longest, static_cast<size_t>(offsets[i + 1] - offsets[i]));
    std::vector<float> padded((offsets.size() - 1) * longest * width, 0);
    for (size_t i = 0; i + 1 < offsets.size(); ++i)
      std::copy(encoded.begin() + offsets[i] * static_cast<std::ptrdiff_t>(width),
                encoded.begin() + offsets[i + 1] * static_cast<std::ptrdiff_t>(width),
                padded.begin() + static_cast<std::ptrdiff_t>(i * longest * width));
    return padded;
  }

  std::vector<int32_t> offsets;  ///< of each sentence's first token, and behind the last
  std::vector<float> encoded;    ///< [tokens, width]
  std::vector<std::vector<float>> key_values;  ///< a decoder layer each: [tokens, 2 width]
};

/// The sinusoidal positions of the network (transformers, modeling_m2m_100.py): sines, then
/// cosines; row 1 is the padding's, the first token of a text has row 2.
class Positions {
 public:
  explicit Positions(int width) : width_(static_cast<size_t>(width)) {}

  /// The row of the n-th token of a text, n from 0.
  const float* token(size_t n) {
    while (rows_.size() <= n)
      add();
    return rows_[n].data();
  }

 private:
  void add() {
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

  size_t width_;
  std::vector<std::vector<float>> rows_;
};

class CpuNetwork;

class CpuDecoder : public Decoder {
 public:
  CpuDecoder(CpuNetwork& network, std::shared_ptr<const Memory> memory,
             const std::vector<DecoderRow>& rows);

  void step(const std::vector<int32_t>& tokens, const Selection& selection,
            Candidates& candidates) override;
  void reorder(const std::vector<int32_t>& rows) override;

 private:
  /// Keys and values of one position of all rows that there were: [layers][2][rows][width].
  struct Position {
    size_t rows = 0;
    std::vector<float> data;
  };
  struct Row {
    DecoderRow start;
    std::vector<int32_t> places;  // the row of each position that this row goes on from
    uint64_t groups = 0;
  };

  const float* cached(size_t layer, size_t part, size_t position, int32_t place) const;
  void embed(const std::vector<int32_t>& tokens, size_t length);
  void self_attention(size_t layer, size_t length);
  void cross_attention(size_t layer, size_t length);

  CpuNetwork& network_;
  std::shared_ptr<const Memory> memory_;
  std::vector<Row> rows_;
  std::vector<Position> positions_;
  // [rows * length, ...]
  std::vector<float> x_, normed_, wide_, attended_;
  std::vector<const float*> keys_, values_;
  std::vector<Attended> items_;
};

class CpuNetwork : public Network {
 public:
  CpuNetwork(Weights weights, const ModelConfig& config, const std::vector<std::string>& tokens,
             WeightType type, int threads, const Progress& progress)
      : config_(config),
        weights_(std::move(weights)),
        kernels_(best_kernels()),
        groups_(VocabularyGroups::sort(tokens)),
        pool_(threads),
        compute_(kernels_, pool_),
        positions_(config.width),
        embedding_scale_(config.scale_embedding ? std::sqrt(static_cast<float>(config.width)) : 1) {
    PackedStore store(weights_, kernels_, pool_, progress);
    lay_out(store, weights_, kernels_, config_, groups_, type);
    arena_ = Arena(store.size());
    store.use(arena_, false);
    parameters_ = lay_out(store, weights_, kernels_, config_, groups_, type);
    output_.emplace(parameters_.output, output_embedding(weights_, config_), compute_);
  }

  std::shared_ptr<const EncoderMemory> encode(
      const std::vector<std::vector<int32_t>>& sentences) override;

  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows,
                                  int /*max_length*/) override {
    return std::make_unique<CpuDecoder>(
        *this, std::static_pointer_cast<const Memory>(std::move(memory)), rows);
  }

  int64_t bytes() const override { return static_cast<int64_t>(arena_.size()); }

 private:
  friend class CpuDecoder;

  size_t width() const { return static_cast<size_t>(config_.width); }

  /// A token's embedding with its position.
  void embed(const TensorView& table, int32_t token, size_t position, float* to) {
    read_floats(kernels_, table, static_cast<size_t>(token) * width(), width(), to);
    const float* row = positions_.token(position);
    for (size_t i = 0; i < width(); ++i)
      to[i] = to[i] * embedding_scale_ + row[i];
  }

  void feed_forward(const LayerNorm& norm, const PackedWeights& fc1, const PackedWeights& fc2,
                    float* x, int rows, std::vector<float>& normed, std::vector<float>& inner);

  const ModelConfig config_;
  const Weights weights_;
  const Kernels& kernels_;
  const VocabularyGroups groups_;
  ThreadPool pool_;
  Compute compute_;
  Positions positions_;
  const float embedding_scale_;
  Arena arena_;
  Parameters parameters_;
  std::optional<OutputLayer> output_;
};

float gelu(float x) {
  return 0.5F * x * (1 + std::erf(x * 0.70710678F));
}
float silu(float x) {
  return x / (1 + std::exp(-x));
}

/// x += fc2(activation(fc1(norm(x))))
void CpuNetwork::feed_forward(const LayerNorm& norm, const PackedWeights& fc1,
                              const PackedWeights& fc2, float* x, int rows,
                              std::vector<float>& normed, std::vector<float>& inner) {
  const auto count = static_cast<size_t>(rows);
  normed.resize(std::max(normed.size(), count * width()));
  inner.resize(std::max(inner.size(), count * static_cast<size_t>(fc1.outputs)));
  compute_.layer_norm(norm, x, rows, config_.width, normed.data());
  const bool relu = config_.activation == Activation::Relu;
  compute_.linear(fc1, normed.data(), rows, relu ? Epilogue::Relu : Epilogue::Store, inner.data());
  if (!relu) {
    const auto activate = config_.activation == Activation::Gelu ? gelu : silu;
    std::transform(
        inner.begin(),
        inner.begin() + static_cast<std::ptrdiff_t>(count * static_cast<size_t>(fc1.outputs)),
        inner.begin(), activate);
  }
  compute_.linear(fc2, inner.data(), rows, Epilogue::Add, x);
}

// Encoder ---------------------------------------------------------------------------------------

/// The tokens of all sentences lie one behind the other: nothing is computed for padding.
std::shared_ptr<const EncoderMemory> CpuNetwork::encode(
    const std::vector<std::vector<int32_t>>& sentences) {
  auto memory = std::make_shared<Memory>();
  memory->offsets.push_back(0);
  for (const auto& ids : sentences)
    memory->offsets.push_back(memory->offsets.back() + static_cast<int32_t>(ids.size()));
  const int tokens = memory->offsets.back();
  const auto count = static_cast<size_t>(tokens);

  std::vector<float> x(count * width()), normed(x.size()), qkv(3 * x.size()), attended(x.size()),
      inner;
  const TensorView& table = embedding(weights_, config_, true);
  float* to = x.data();
  for (const auto& ids : sentences)
    for (size_t i = 0; i < ids.size(); ++i, to += width())
      embed(table, ids[i], i, to);

  std::vector<const float*> keys(count), values(count);
  for (size_t i = 0; i < count; ++i) {
    keys[i] = qkv.data() + i * 3 * width() + width();
    values[i] = keys[i] + width();
  }
  std::vector<Attended> items;
  for (size_t s = 0; s < sentences.size(); ++s)
    for (int32_t i = memory->offsets[s]; i < memory->offsets[s + 1]; ++i)
      items.push_back({qkv.data() + static_cast<size_t>(i) * 3 * width(),
                       keys.data() + memory->offsets[s], values.data() + memory->offsets[s],
                       static_cast<int>(sentences[s].size()),
                       attended.data() + static_cast<size_t>(i) * width()});

  for (const auto& layer : parameters_.encoder) {
    compute_.layer_norm(layer.self_norm, x.data(), tokens, config_.width, normed.data());
    compute_.linear(layer.self_qkv, normed.data(), tokens, Epilogue::Store, qkv.data());
    compute_.attend(items, config_.encoder_heads, config_.width);
    compute_.linear(layer.self_out, attended.data(), tokens, Epilogue::Add, x.data());
    feed_forward(layer.ffn_norm, layer.fc1, layer.fc2, x.data(), tokens, normed, inner);
  }
  memory->encoded.resize(x.size());
  compute_.layer_norm(parameters_.encoder_norm, x.data(), tokens, config_.width,
                      memory->encoded.data());
  for (const auto& layer : parameters_.decoder) {
    std::vector<float> key_value(2 * x.size());
    compute_.linear(layer.cross_kv, memory->encoded.data(), tokens, Epilogue::Store,
                    key_value.data());
    memory->key_values.push_back(std::move(key_value));
  }
  return memory;
}

// Decoder ---------------------------------------------------------------------------------------

CpuDecoder::CpuDecoder(CpuNetwork& network, std::shared_ptr<const Memory> memory,
                       const std::vector<DecoderRow>& rows)
    : network_(network), memory_(std::move(memory)) {
  for (const auto& row : rows)
    rows_.push_back(
        {row, {}, row.shortlist ? network.groups_.for_language(row.language) : ~uint64_t{0}});
}

const float* CpuDecoder::cached(size_t layer, size_t part, size_t position, int32_t place) const {
  const Position& at = positions_[position];
  return at.data.data() +
         ((2 * layer + part) * at.rows + static_cast<size_t>(place)) * network_.width();
}

void CpuDecoder::embed(const std::vector<int32_t>& tokens, size_t length) {
  const TensorView& table = embedding(network_.weights_, network_.config_, false);
  const size_t width = network_.width();
  const size_t first = positions_.size();
  for (size_t i = 0; i < tokens.size(); ++i)
    network_.embed(table, tokens[i], first + i % length, x_.data() + i * width);
  for (size_t i = 0; i < length; ++i) {
    positions_.push_back({rows_.size(), {}});
    positions_.back().data.resize(2 * network_.parameters_.decoder.size() * rows_.size() * width);
    for (size_t row = 0; row < rows_.size(); ++row)
      rows_[row].places.push_back(static_cast<int32_t>(row));
  }
}

void CpuDecoder::self_attention(size_t layer, size_t length) {
  const DecoderLayer& weights = network_.parameters_.decoder[layer];
  const size_t width = network_.width();
  const int count = static_cast<int>(rows_.size() * length);
  network_.compute_.layer_norm(weights.self_norm, x_.data(), count, network_.config_.width,
                               normed_.data());
  network_.compute_.linear(weights.self_qkv, normed_.data(), count, Epilogue::Store, wide_.data());
  const size_t first = positions_.size() - length;
  for (size_t row = 0; row < rows_.size(); ++row)
    for (size_t i = 0; i < length; ++i)
      for (size_t part = 0; part < 2; ++part)
        std::memcpy(const_cast<float*>(cached(layer, part, first + i, static_cast<int32_t>(row))),
                    wide_.data() + ((row * length + i) * 3 + 1 + part) * width,
                    width * sizeof(float));
  const size_t all = positions_.size();
  keys_.resize(rows_.size() * all);
  values_.resize(keys_.size());
  items_.clear();
  for (size_t row = 0; row < rows_.size(); ++row) {
    for (size_t t = 0; t < all; ++t) {
      keys_[row * all + t] = cached(layer, 0, t, rows_[row].places[t]);
      values_[row * all + t] = cached(layer, 1, t, rows_[row].places[t]);
    }
    // A token sees itself and those before it.
    for (size_t i = 0; i < length; ++i)
      items_.push_back({wide_.data() + (row * length + i) * 3 * width, keys_.data() + row * all,
                        values_.data() + row * all, static_cast<int>(first + i + 1),
                        attended_.data() + (row * length + i) * width});
  }
  network_.compute_.attend(items_, network_.config_.decoder_heads, network_.config_.width);
  network_.compute_.linear(weights.self_out, attended_.data(), count, Epilogue::Add, x_.data());
}

void CpuDecoder::cross_attention(size_t layer, size_t length) {
  const DecoderLayer& weights = network_.parameters_.decoder[layer];
  const size_t width = network_.width();
  const int count = static_cast<int>(rows_.size() * length);
  network_.compute_.layer_norm(weights.cross_norm, x_.data(), count, network_.config_.width,
                               normed_.data());
  network_.compute_.linear(weights.cross_query, normed_.data(), count, Epilogue::Store,
                           wide_.data());
  // All rows of a sentence look at the same keys.
  const float* base = memory_->key_values[layer].data();
  const auto tokens = static_cast<size_t>(memory_->offsets.back());
  keys_.resize(tokens);
  values_.resize(tokens);
  for (size_t i = 0; i < tokens; ++i) {
    keys_[i] = base + i * 2 * width;
    values_[i] = keys_[i] + width;
  }
  items_.clear();
  for (size_t row = 0; row < rows_.size(); ++row) {
    const auto sentence = static_cast<size_t>(rows_[row].start.sentence);
    const int32_t begin = memory_->offsets[sentence];
    for (size_t i = 0; i < length; ++i)
      items_.push_back({wide_.data() + (row * length + i) * width, keys_.data() + begin,
                        values_.data() + begin, memory_->offsets[sentence + 1] - begin,
                        attended_.data() + (row * length + i) * width});
  }
  network_.compute_.attend(items_, network_.config_.decoder_heads, network_.config_.width);
  network_.compute_.linear(weights.cross_out, attended_.data(), count, Epilogue::Add, x_.data());
}

void CpuDecoder::step(const std::vector<int32_t>& tokens, const Selection& selection,
                      Candidates& candidates) {
  const size_t length = tokens.size() / rows_.size();
  const size_t width = network_.width();
  for (auto* buffer : {&x_, &normed_, &attended_})
    buffer->resize(std::max(buffer->size(), tokens.size() * width));
  wide_.resize(std::max(wide_.size(), tokens.size() * 3 * width));
  embed(tokens, length);
  for (size_t layer = 0; layer < network_.parameters_.decoder.size(); ++layer) {
    self_attention(layer, length);
    cross_attention(layer, length);
    const DecoderLayer& weights = network_.parameters_.decoder[layer];
    network_.feed_forward(weights.ffn_norm, weights.fc1, weights.fc2, x_.data(),
                          static_cast<int>(tokens.size()), normed_, wide_);
  }
  // Only the last token of each row is followed by a choice.
  for (size_t row = 0; row < rows_.size() && length > 1; ++row)
    std::memmove(x_.data() + row * width, x_.data() + ((row + 1) * length - 1) * width,
                 width * sizeof(float));
  const int count = static_cast<int>(rows_.size());
  network_.compute_.layer_norm(network_.parameters_.decoder_norm, x_.data(), count,
                               network_.config_.width, normed_.data());
  std::vector<uint64_t> groups;
  for (const auto& row : rows_)
    groups.push_back(row.groups);
  network_.output_->select(normed_.data(), count, groups, selection, candidates);
}

/// Nothing moves: a row only remembers where each of its positions was written.
void CpuDecoder::reorder(const std::vector<int32_t>& rows) {
  std::vector<Row> kept;
  kept.reserve(rows.size());
  for (const int32_t row : rows)
    kept.push_back(rows_[static_cast<size_t>(row)]);
  rows_ = std::move(kept);
}

WeightType choose_type(std::string& precision) {
  if (precision == "auto") precision = "int8";
  if (precision == "int8") return WeightType::Int8;
  if (precision == "float16") return WeightType::Float16;
  if (precision == "float32") return WeightType::Float32;
  throw Error(Error::Kind::Settings, "\"" + precision +
                                         "\" is no precision of a CPU: it is one of auto, float32, "
                                         "float16, int8.");
}

}  // namespace
}  // namespace cpu

std::unique_ptr<Network> open_cpu_network(Weights weights, const ModelConfig& config,
                                          const std::vector<std::string>& tokens,
                                          NetworkPlace& place, const Progress& progress) {
  const cpu::WeightType type = cpu::choose_type(place.precision);
  place.device = "cpu";
  if (place.threads <= 0)
    place.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return std::make_unique<cpu::CpuNetwork>(std::move(weights), config, tokens, type, place.threads,
                                           progress);
}

}  // namespace gst_translate
