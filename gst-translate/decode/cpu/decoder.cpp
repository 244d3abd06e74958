// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/decoder.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "gst-translate/text/log.h"

namespace gst_translate::cpu {

CpuDecoder::CpuDecoder(PackedModel& model, std::shared_ptr<const CpuMemory> memory,
                       const std::vector<DecoderRow>& rows)
    : model_(model), memory_(std::move(memory)) {
  for (const auto& row : rows)
    rows_.push_back({row, {}, model.groups_of(row)});
}

const float* CpuDecoder::cached(size_t layer, size_t part, size_t position, int32_t place) const {
  const Position& at = positions_[position];
  return at.data.data() +
         ((2 * layer + part) * at.rows + static_cast<size_t>(place)) * model_.width();
}

void CpuDecoder::embed(const std::vector<int32_t>& tokens, size_t length) {
  const TensorView& table = model_.embeddings.decoder;
  const size_t width = model_.width();
  const size_t first = positions_.size();
  for (size_t i = 0; i < tokens.size(); ++i)
    model_.embed(table, tokens[i], first + i % length, x_.data() + i * width);
  for (size_t i = 0; i < length; ++i) {
    positions_.push_back({rows_.size(), {}});
    positions_.back().data.resize(2 * model_.parameters.decoder.size() * rows_.size() * width);
    for (size_t row = 0; row < rows_.size(); ++row)
      rows_[row].places.push_back(static_cast<int32_t>(row));
  }
}

void CpuDecoder::self_attention(size_t layer, size_t length) {
  const DecoderLayer& weights = model_.parameters.decoder[layer];
  const size_t width = model_.width();
  const int count = static_cast<int>(rows_.size() * length);
  model_.compute.layer_norm(weights.self_norm, x_.data(), count, model_.config.width,
                            normed_.data());
  model_.compute.linear(weights.self_qkv, normed_.data(), count, Epilogue::Store, wide_.data());
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
  model_.compute.attend(items_, model_.config.decoder_heads, model_.config.width);
  model_.compute.linear(weights.self_out, attended_.data(), count, Epilogue::Add, x_.data());
}

void CpuDecoder::cross_attention(size_t layer, size_t length) {
  const DecoderLayer& weights = model_.parameters.decoder[layer];
  const size_t width = model_.width();
  const int count = static_cast<int>(rows_.size() * length);
  model_.compute.layer_norm(weights.cross_norm, x_.data(), count, model_.config.width,
                            normed_.data());
  model_.compute.linear(weights.cross_query, normed_.data(), count, Epilogue::Store, wide_.data());
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
  model_.compute.attend(items_, model_.config.decoder_heads, model_.config.width);
  model_.compute.linear(weights.cross_out, attended_.data(), count, Epilogue::Add, x_.data());
}

void CpuDecoder::step(const std::vector<int32_t>& tokens, const Selection& selection,
                      const Interrupt& interrupt, Candidates& candidates) {
  const ThreadPool::Interruptible scope(model_.pool, interrupt);
  if (!model_.choice) return compute(tokens, selection, candidates);
  ThreadChoice& choice = *model_.choice;
  model_.pool.use(choice.next(static_cast<int>(tokens.size())));
  step_begun_ = Clock::now();
  compute(tokens, selection, candidates);
  if (!choice.took(Clock::now() - step_begun_)) return;
  log(LogLevel::Info, "cpu", [&] {
    return "Steps are faster on another number of threads now: " + std::to_string(choice.chosen()) +
           '.';
  });
}

void CpuDecoder::give_up_hopeless_trial() {
  if (model_.choice && model_.choice->gives_up(Clock::now() - step_begun_))
    model_.pool.use(model_.choice->chosen());
}

void CpuDecoder::compute(const std::vector<int32_t>& tokens, const Selection& selection,
                         Candidates& candidates) {
  const size_t length = tokens.size() / rows_.size();
  const size_t width = model_.width();
  for (auto* buffer : {&x_, &normed_, &attended_})
    buffer->resize(std::max(buffer->size(), tokens.size() * width));
  wide_.resize(std::max(wide_.size(), tokens.size() * 3 * width));
  embed(tokens, length);
  for (size_t layer = 0; layer < model_.parameters.decoder.size(); ++layer) {
    self_attention(layer, length);
    give_up_hopeless_trial();
    cross_attention(layer, length);
    give_up_hopeless_trial();
    const DecoderLayer& weights = model_.parameters.decoder[layer];
    model_.feed_forward(weights.ffn_norm, weights.fc1, weights.fc2, x_.data(),
                        static_cast<int>(tokens.size()), normed_, wide_);
    give_up_hopeless_trial();
  }
  // Only the last token of each row is followed by a choice.
  for (size_t row = 0; row < rows_.size() && length > 1; ++row)
    std::memmove(x_.data() + row * width, x_.data() + ((row + 1) * length - 1) * width,
                 width * sizeof(float));
  const int count = static_cast<int>(rows_.size());
  model_.compute.layer_norm(model_.parameters.decoder_norm, x_.data(), count, model_.config.width,
                            normed_.data());
  std::vector<uint64_t> groups;
  for (const auto& row : rows_)
    groups.push_back(row.groups);
  model_.output->select(normed_.data(), count, groups, selection, candidates);
}

/// Nothing moves: a row only remembers where each of its positions was written.
void CpuDecoder::reorder(const std::vector<int32_t>& rows) {
  std::vector<Row> kept;
  kept.reserve(rows.size());
  for (const int32_t row : rows)
    kept.push_back(rows_[static_cast<size_t>(row)]);
  rows_ = std::move(kept);
}

}  // namespace gst_translate::cpu
