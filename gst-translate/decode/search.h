// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "gst-translate/api/search_options.h"
#include "gst-translate/decode/network.h"

namespace gst_translate {

/// `SearchOptions` with every value known.
struct SearchSettings {
  int beams = 1;
  double length_penalty = 1;
  EarlyStopping early_stopping = EarlyStopping::Heuristic;
  int max_length = 200;
  int no_repeat_ngram_size = 0;
  double repetition_penalty = 1;
  bool scores = false;  ///< wanted of greedy search too; a beam search has them anyway
  std::vector<int32_t> eos;

  bool operator==(const SearchSettings& other) const;
};

/// What the request says, else what the folder says. Throws `Error` (Settings) where a value is out
/// of its range.
SearchSettings resolve(const SearchOptions& request, const SearchOptions& folder,
                       const std::vector<int32_t>& eos);

/// One sequence to find: the row that it begins with, and the decoder's first tokens.
struct SearchTarget {
  DecoderRow row;
  std::vector<int32_t> prompt;
};

/// A found sequence.
struct Hypothesis {
  std::vector<int32_t> ids;  ///< as `generate()` returns them, without padding
  float score = 0;           ///< as its `sequences_scores`; greedy: the same, if asked for
  bool truncated = false;    ///< `max_length` ended it
};

/// A target that was found.
struct FoundTarget {
  size_t target = 0;
  Hypothesis hypothesis;
};

/// What a search reports and asks while it runs.
class SearchListener {
 public:
  virtual ~SearchListener() = default;
  /// True gives the target up before the next step, and the step where all of them are. Asked from
  /// any thread of the network; the others are called on the searching thread.
  virtual bool cancelled(size_t target) const = 0;
  /// Greedy search alone: the ids so far, the last one new.
  virtual void grown(size_t target, const std::vector<int32_t>& ids) = 0;
  /// The targets that were not given up, each after the step that finds it.
  virtual void found(std::vector<FoundTarget> targets) = 0;
};

/// Greedy search or beam search over all targets at once, token for token as `generate()` of
/// transformers 5 (generation/utils.py, `_sample` and `_beam_search`). Finished targets leave the
/// batch. Throws `Error`: Cancelled where nothing is waited for, Memory, Failed.
void search(Network& network, const std::shared_ptr<const EncoderMemory>& memory,
            const std::vector<SearchTarget>& targets, const SearchSettings& settings,
            SearchListener& listener);

}  // namespace gst_translate
