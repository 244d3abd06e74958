// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/compute.h"

#include <algorithm>
#include <cmath>

namespace gst_translate::cpu {
namespace {

// With as many, a product waits for memory. Two to four rows wait, too, with AVX-512, but not with
// AVX2, where 8 bits are faster; and results should not depend on the processor.
constexpr int most_wide_rows = 1;
constexpr int wide_steps = 2047;          // 12 bits: what still adds up in 32 bits
constexpr size_t least_piece = 32 << 10;  // multiplications that are worth a thread's attention
// Pieces of a product for each thread. A few rows wait for memory, which long pieces read best;
// many rows in short pieces, so that a thread that is held up keeps little from the others.
constexpr int few_rows = 4, long_pieces = 2, short_pieces = 6;
constexpr size_t most_piece = 32 << 20;  // multiplications: milliseconds, lest an interrupt waits
constexpr int panels_together = 2;       // what the kernels like
constexpr int quantized_together = 16;   // rows

/// Steps of an activation whose products with `inputs` weights of 127 steps fit in 31 bits.
int steps_for(int inputs) {
  constexpr int64_t largest_sum = 0x7fffffff;
  return static_cast<int>(
      std::min<int64_t>(wide_steps, largest_sum / (127 * static_cast<int64_t>(inputs))));
}

}  // namespace

Activations Compute::activations(const PackedWeights& weights, const float* x, int rows) {
  Activations result;
  result.rows = rows;
  result.values = x;
  result.inputs = weights.inputs;
  if (weights.type != WeightType::Int8) return result;

  const bool narrow = kernels_.narrow_steps > 0 && rows > most_wide_rows;
  const int inputs = weights.inputs;
  const int width = (inputs + 3) / 4 * 4;
  const size_t count = static_cast<size_t>(rows) * static_cast<size_t>(width);
  const auto steps = static_cast<float>(narrow ? kernels_.narrow_steps : steps_for(width));
  scales_.resize(static_cast<size_t>(rows));
  if (narrow)
    narrow_.resize(count);
  else
    wide_.resize(count);
  const bool takes_excess = narrow && kernels_.take_excess != nullptr;
  if (takes_excess) {
    excess_.resize(static_cast<size_t>(rows));
    fours_.resize(count / 4);
  }
  pool_.run(rows, quantized_together, [&](int first, int last, int) {
    for (int row = first; row < last; ++row) {
      const float* from = x + static_cast<size_t>(row) * static_cast<size_t>(inputs);
      const size_t to = static_cast<size_t>(row) * static_cast<size_t>(width);
      const float most = kernels_.largest(from, inputs);
      const float factor = most > least_scaled ? steps / most : 0;
      scales_[static_cast<size_t>(row)] = most / steps;
      if (narrow) {
        kernels_.quantize_narrow(from, inputs, factor, narrow_.data() + to);
        std::fill(narrow_.data() + to + inputs, narrow_.data() + to + width, kernels_.narrow_zero);
        if (takes_excess)
          excess_[static_cast<size_t>(row)] =
              kernels_.take_excess(narrow_.data() + to, width, fours_.data() + to / 4);
      } else {
        kernels_.quantize_wide(from, inputs, factor, wide_.data() + to);
        std::fill(wide_.data() + to + inputs, wide_.data() + to + width, int16_t{0});
      }
    }
  });
  result.inputs = width;
  result.scale = scales_.data();
  if (narrow)
    result.narrow = narrow_.data();
  else
    result.wide = wide_.data();
  if (takes_excess) result.excess = excess_.data();
  return result;
}

void Compute::rounding_errors(const Activations& x, const float* values, int inputs,
                              std::vector<float>& errors) const {
  errors.assign(static_cast<size_t>(x.rows), 0);
  if (x.scale == nullptr) return;
  for (size_t row = 0; row < errors.size(); ++row) {
    const float* value = values + row * static_cast<size_t>(inputs);
    float squares = 0;
    // Rounded as in `activations`, but for what is as near to one step as to the next.
    const float scale = x.scale[row], factor = scale > least_scaled ? 1 / scale : 0;
    for (size_t k = 0; k < static_cast<size_t>(inputs); ++k) {
      const float error = value[k] - ((value[k] * factor + rounding) - rounding) * scale;
      squares += error * error;
    }
    errors[row] = std::sqrt(squares);
  }
}

void Compute::linear(const PackedWeights& weights, const float* x, int rows, Epilogue epilogue,
                     float* out) {
  const Activations input = activations(weights, x, rows);
  const int panels = (weights.outputs + panel - 1) / panel;
  const size_t each = static_cast<size_t>(panel) * static_cast<size_t>(weights.inputs) *
                      element_size(weights.type) * static_cast<size_t>((rows + 3) / 4);
  const int pieces = rows > few_rows ? short_pieces : long_pieces;
  const size_t panel_size =
      static_cast<size_t>(panel) * static_cast<size_t>(weights.inputs) * static_cast<size_t>(rows);
  const int most = std::max(static_cast<int>(most_piece / panel_size), panels_together);
  const int grain =
      std::min(most, std::max({static_cast<int>(least_piece / each),
                               panels / (pieces * pool_.threads()), panels_together}));
  pool_.run(panels, grain, [&](int first, int last, int) {
    kernels_.multiply(weights, input, first, last, epilogue, out,
                      static_cast<size_t>(weights.outputs));
  });
}

void Compute::layer_norm(const LayerNorm& norm, const float* x, int rows, int width, float* out) {
  pool_.run(rows, quantized_together, [&](int first, int last, int) {
    for (int row = first; row < last; ++row) {
      const size_t begin = static_cast<size_t>(row) * static_cast<size_t>(width);
      kernels_.layer_norm(x + begin, width, norm.weight, norm.bias, out + begin);
    }
  });
}

void Compute::attend(const std::vector<Attended>& items, int heads, int width) {
  const int size = width / heads;
  const float scale = 1.0F / std::sqrt(static_cast<float>(size));
  int longest = 1;
  for (const auto& item : items)
    longest = std::max(longest, item.length);
  scores_.resize(static_cast<size_t>(pool_.most()));
  const size_t each = 2 * static_cast<size_t>(longest) * static_cast<size_t>(size);
  const auto grain = static_cast<int>(std::max<size_t>(1, least_piece / each));
  // Head by head of those that have keys in common, the beams of a sentence or the tokens of a
  // text: one head of their keys and values stays in the first cache. A sentence of the 600M shape
  // in a batch of 8 with 4 beams takes 0.93 to 0.96 times as long as item by item.
  const auto count = static_cast<int>(items.size());
  ranges_.resize(items.size());
  for (int first = 0, last = 0; first < count; first = last) {
    const float* key = items[static_cast<size_t>(first)].keys[0];
    while (last < count && items[static_cast<size_t>(last)].keys[0] == key)
      ++last;
    std::fill(ranges_.begin() + first, ranges_.begin() + last, Range{first, last - first});
  }
  pool_.run(count * heads, grain, [&](int first, int last, int thread) {
    auto& scores = scores_[static_cast<size_t>(thread)];
    scores.resize(std::max(scores.size(), static_cast<size_t>(longest)));
    for (int i = first; i < last; ++i) {
      const int place = i / heads;
      const Range range = ranges_[static_cast<size_t>(place)];
      const int in_range = i - range.first * heads;
      const Attended& item = items[static_cast<size_t>(range.first + in_range % range.count)];
      kernels_.attend({item.query, item.keys, item.values, item.length},
                      in_range / range.count * size, size, scale, scores.data(), item.out);
    }
  });
}

}  // namespace gst_translate::cpu
