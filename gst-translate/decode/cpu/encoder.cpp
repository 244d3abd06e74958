// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/encoder.h"

#include <algorithm>
#include <utility>

namespace gst_translate::cpu {
namespace {

/// A batch of sentences on its way through the layers. The tokens of all of them lie one behind the
/// other: nothing is computed for padding.
class EncoderPass {
 public:
  EncoderPass(PackedModel& model, const std::vector<std::vector<int32_t>>& sentences)
      : model_(model) {
    const size_t width = model.width();
    offsets.push_back(0);
    for (const auto& ids : sentences)
      offsets.push_back(offsets.back() + static_cast<int32_t>(ids.size()));
    const auto count = static_cast<size_t>(offsets.back());
    x_.resize(count * width);
    normed_.resize(x_.size());
    qkv_.resize(3 * x_.size());
    attended_.resize(x_.size());
    const TensorView& table = model.embeddings.encoder;
    float* to = x_.data();
    for (const auto& ids : sentences)
      for (size_t i = 0; i < ids.size(); ++i, to += width)
        model.embed(table, ids[i], i, to);

    keys_.resize(count);
    values_.resize(count);
    for (size_t i = 0; i < count; ++i) {
      keys_[i] = qkv_.data() + (3 * i + 1) * width;
      values_[i] = keys_[i] + width;
    }
    for (size_t s = 0; s < sentences.size(); ++s)
      for (int32_t i = offsets[s]; i < offsets[s + 1]; ++i)
        items_.push_back({qkv_.data() + static_cast<size_t>(i) * 3 * width,
                          keys_.data() + offsets[s], values_.data() + offsets[s],
                          static_cast<int>(sentences[s].size()),
                          attended_.data() + static_cast<size_t>(i) * width});
  }

  void run(const EncoderLayer& layer) {
    Compute& compute = model_.compute;
    const int width = model_.config.width;
    compute.layer_norm(layer.self_norm, x_.data(), offsets.back(), width, normed_.data());
    compute.linear(layer.self_qkv, normed_.data(), offsets.back(), Epilogue::Store, qkv_.data());
    compute.attend(items_, model_.config.encoder_heads, width);
    compute.linear(layer.self_out, attended_.data(), offsets.back(), Epilogue::Add, x_.data());
    model_.feed_forward(layer.ffn_norm, layer.fc1, layer.fc2, x_.data(), offsets.back(), normed_,
                        inner_);
  }

  Floats finish(const LayerNorm& norm) {
    model_.compute.layer_norm(norm, x_.data(), offsets.back(), model_.config.width, normed_.data());
    return std::move(normed_);
  }

  std::vector<int32_t> offsets;  ///< of each sentence's first token, and behind the last

 private:
  PackedModel& model_;
  Floats x_, normed_, qkv_, attended_, inner_;
  std::vector<const float*> keys_, values_;
  std::vector<Attended> items_;
};

}  // namespace

std::vector<float> CpuMemory::output() const {
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

std::shared_ptr<const CpuMemory> encode(PackedModel& model,
                                        const std::vector<std::vector<int32_t>>& sentences) {
  EncoderPass pass(model, sentences);
  for (const auto& layer : model.parameters.encoder)
    pass.run(layer);
  auto memory = std::make_shared<CpuMemory>();
  memory->offsets = pass.offsets;
  const int tokens = memory->offsets.back();
  memory->encoded = pass.finish(model.parameters.encoder_norm);
  for (const auto& layer : model.parameters.decoder) {
    Floats key_value(2 * memory->encoded.size());
    model.compute.linear(layer.cross_kv, memory->encoded.data(), tokens, Epilogue::Store,
                         key_value.data());
    memory->key_values.push_back(std::move(key_value));
  }
  return memory;
}

}  // namespace gst_translate::cpu
