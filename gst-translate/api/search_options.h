// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <optional>

namespace gst_translate {

/// When a beam search may stop; the names are Hugging Face's.
enum class EarlyStopping {
  Heuristic,  ///< `False`: when no running beam is likely to beat the worst finished one
  Always,     ///< `True`: as soon as there are as many finished as beams
  Never,      ///< `"never"`: when no running beam can beat the worst finished one
};

/// How to search. What is not set comes from the folder's generation_config.json (or config.json),
/// then from Hugging Face's own defaults: transformers, generation/configuration_utils.py.
/// A value out of its range fails the request with `Error` Settings.
struct SearchOptions {
  static constexpr int least_beams = 1, most_beams = 64;
  static constexpr double least_length_penalty = -100, most_length_penalty = 100;
  static constexpr int least_max_length = 2, most_max_length = 65536;
  static constexpr int most_no_repeat_ngram_size = 65536;
  static constexpr double least_repetition_penalty = 0.01, most_repetition_penalty = 100;

  std::optional<int> beams;              ///< 1: greedy
  std::optional<double> length_penalty;  ///< scores are divided by length^this
  std::optional<EarlyStopping> early_stopping;
  std::optional<int> max_length;             ///< tokens, the start token counted
  std::optional<int> no_repeat_ngram_size;   ///< 0: off
  std::optional<double> repetition_penalty;  ///< 1: off
};

}  // namespace gst_translate
