// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/sentence_folding.h"

#include <cmath>
#include <vector>

#include "gst-translate/decode/gpu/folded_attention.h"

namespace gst_translate::gpu {

bool SentenceFolding::can(const ModelView& model) {
  return model.decoder_heads <= most_folded_heads && OutputAndScores<float, 1>::can(model.width);
}

SentenceFolding::SentenceFolding(const torch_backend::Parameters& parameters, int heads)
    : layers_(static_cast<int64_t>(parameters.decoder.size())),
      heads_(heads),
      size_(parameters.decoder_norm.weight.size(0) / heads) {
  const double scale = 1 / std::sqrt(static_cast<double>(size_));
  std::vector<at::Tensor> scores, constants, outputs;
  for (const auto& layer : parameters.decoder) {
    const auto exact = [](const at::Tensor& numbers) { return numbers.to(at::kFloat); };
    const at::Tensor query = layer.cross_query.exact() * scale;
    at::Tensor normed = query * exact(layer.cross_norm.weight);
    normed -= normed.mean(1, true);  // which the norm takes from its input
    scores.push_back(at::cat({normed, at::mm(normed, layer.self_out.exact())}, 1));
    constants.push_back(at::stack({at::mv(normed, exact(layer.self_out.bias)),
                                   at::mv(query, exact(layer.cross_norm.bias)) +
                                       exact(layer.cross_query.bias) * scale})
                            .view({2, heads_, size_})
                            .transpose(0, 1));
    outputs.push_back(layer.cross_out.exact().view({-1, heads_, size_}).transpose(0, 1));
  }
  scores_ = at::stack(scores).view({layers_ * heads_, size_, -1});
  constants_ = at::stack(constants).view({layers_ * heads_, 2, size_});
  outputs_ = at::stack(outputs).view({layers_ * heads_, -1, size_});
}

SentenceFolding::Folded SentenceFolding::allocate() const {
  const auto numbers = [&](int64_t rows, int64_t columns) {
    return at::empty({layers_ * heads_, rows, columns}, scores_.options());
  };
  return {numbers(most_folded_tokens, scores_.size(2)), numbers(2, most_folded_tokens),
          numbers(outputs_.size(1), most_folded_tokens)};
}

void SentenceFolding::fold(const at::Tensor& keys_and_values, Folded& folded) const {
  const int64_t tokens = keys_and_values.size(1);
  // Zeros behind its tokens: what is folded has to be numbers there, whatever the last sentence
  // was. And MPS compiles products for each shape, and not each version of it writes into a part
  // of a tensor.
  const at::Tensor split =
      at::zeros({2, layers_, heads_, most_folded_tokens, size_}, scores_.options());
  split.narrow(3, 0, tokens)
      .copy_(keys_and_values.view({layers_, tokens, 2, heads_, size_}).permute({2, 0, 3, 1, 4}));
  const at::Tensor keys = split.select(0, 0).flatten(0, 1);
  const at::Tensor values = split.select(0, 1).flatten(0, 1);
  at::bmm_out(folded.scores, keys, scores_);
  at::bmm_out(folded.constants, constants_, keys.transpose(1, 2));
  at::bmm_out(folded.outputs, outputs_, values.transpose(1, 2));
}

}  // namespace gst_translate::gpu
