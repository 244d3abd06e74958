// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/selection.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace gst_translate::torch_backend {
namespace {

/// The places of `tokens` [rows][..] in a [rows * vocabulary] tensor.
at::Tensor places(const std::vector<std::vector<int32_t>>& tokens, int64_t vocabulary,
                  const at::Device& device) {
  std::vector<int64_t> flat;
  for (size_t row = 0; row < tokens.size(); ++row)
    for (const int32_t token : tokens[row])
      flat.push_back(static_cast<int64_t>(row) * vocabulary + token);
  return at::tensor(flat, at::kLong).to(device);
}

void penalise(at::Tensor& scores, const Selection& selection) {
  if (selection.seen.empty()) return;
  const at::Tensor seen = places(selection.seen, scores.size(1), scores.device());
  at::Tensor flat = scores.view(-1);
  const at::Tensor values = flat.index_select(0, seen);
  const at::Tensor penalised = at::where(values < 0, values * selection.repetition_penalty,
                                         values / selection.repetition_penalty);
  flat.index_copy_(0, seen, penalised);
}

void ban(at::Tensor& scores, const Selection& selection) {
  if (selection.banned.empty()) return;
  const at::Tensor banned = places(selection.banned, scores.size(1), scores.device());
  scores.view(-1).index_fill_(0, banned, -std::numeric_limits<float>::infinity());
}

}  // namespace

void select(const at::Tensor& logits, const Selection& selection, Candidates& candidates) {
  const bool in_logits = selection.domain == Selection::Domain::Logits;
  at::Tensor scores = in_logits ? logits : at::log_softmax(logits, -1);
  const at::Tensor normaliser =
      in_logits && selection.scores ? at::logsumexp(logits, {-1}, true) : at::Tensor();
  penalise(scores, selection);
  ban(scores, selection);

  const int64_t rows = scores.size(0);
  const int64_t wanted = selection.candidates;
  const int64_t count = std::min(wanted, scores.size(1));
  auto [best, tokens] = count == 1 ? scores.max(-1, true) : scores.topk(count, -1);
  tokens = tokens.masked_fill(best.isnan(), -1);  // nothing is the best of what is no number
  if (normaliser.defined()) best = best - normaliser;

  tokens = tokens.to(at::kCPU);
  candidates.tokens.assign(static_cast<size_t>(rows * wanted), -1);
  candidates.scores.assign(candidates.tokens.size(), 0);
  const bool scored = count > 1 || selection.scores;
  if (scored) best = best.to(at::kCPU);
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t i = 0; i < count; ++i) {
      const auto at = static_cast<size_t>(row * wanted + i);
      candidates.tokens[at] =
          static_cast<int32_t>(tokens.const_data_ptr<int64_t>()[row * count + i]);
      if (scored) candidates.scores[at] = best.const_data_ptr<float>()[row * count + i];
    }
  }
}

}  // namespace gst_translate::torch_backend
