// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/retry.h"

#include <algorithm>
#include <utility>

#include "gst-translate/engine/guards.h"
#include "gst-translate/engine/split.h"

namespace gst_translate {
namespace {

SearchSettings settings_to_retry(SearchSettings settings, Flaw flaws) {
  constexpr int wider = 4, shortest_repetition = 3;
  settings.beams = std::max(settings.beams, wider);
  if (flaws & Flaw::Loop || flaws & Flaw::Truncated)
    settings.no_repeat_ngram_size =
        settings.no_repeat_ngram_size == 0
            ? shortest_repetition
            : std::min(settings.no_repeat_ngram_size, shortest_repetition);
  return settings;
}

}  // namespace

Retry::Retry(const Job& job, size_t part, size_t target, Translation first,
             const Tokenizer& tokenizer)
    : target_(target),
      first_(std::move(first)),
      settings_(settings_to_retry(job.settings(), first_.flaws)),
      texts_({job.text(part)}),
      space_(sentence_space(job.target_language(target))) {
  if (first_.flaws & Flaw::Truncated && !(first_.flaws & Flaw::Loop))
    if (auto shorter =
            split_clauses(texts_[0], job.source_language(), text_width(texts_[0]) / 2 + 1);
        !shorter.empty())
      texts_ = std::move(shorter);
  for (const auto& text : texts_)
    inputs_.push_back(tokenizer.encode(text, job.source(), job.target(target)));
  found_.resize(texts_.size());
  open_ = texts_.size();
}

void Retry::found(size_t piece, Translation translation) {
  found_[piece] = std::move(translation);
  --open_;
}

Translation Retry::second() const {
  Translation whole;
  for (size_t i = 0; i < found_.size(); ++i) {
    if (i > 0) whole.text += space_;
    whole.text += found_[i].text;
    whole.ids.insert(whole.ids.end(), found_[i].ids.begin(), found_[i].ids.end());
    whole.score += found_[i].score / static_cast<float>(found_.size());
    whole.flaws = whole.flaws | found_[i].flaws;
  }
  return whole;
}

Translation Retry::better() const {
  Translation better = first_;
  if (open_ == 0)
    if (Translation again = second(); count_flaws(again.flaws) < count_flaws(first_.flaws))
      better = std::move(again);
  better.retried = true;
  return better;
}

}  // namespace gst_translate
