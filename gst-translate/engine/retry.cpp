// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/retry.h"

#include <algorithm>
#include <utility>

#include "gst-translate/engine/guards.h"
#include "gst-translate/engine/split.h"
#include "gst-translate/prepare/sentence_space.h"

namespace gst_translate {
namespace {

SearchSettings settings_to_retry(SearchSettings settings, Flaw flaws) {
  constexpr int wider = 4, shortest_repetition = 3;
  if (flaws == Flaw::Altered) return settings;
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
      language_(job.target_language(target)),
      vocabulary_(job.vocabulary()),
      first_(std::move(first)),
      settings_(settings_to_retry(job.settings(), first_.flaws)) {
  const PreparedText& source = job.source_text(part);
  if (source.has_kept())
    cut_around_kept(job, source);
  else if (first_.flaws & Flaw::Truncated && !(first_.flaws & Flaw::Loop))
    cut_at_clauses(job, source.original());
  if (pieces_.empty()) pieces_.push_back({{}, source, {}, {}});
  for (Piece& piece : pieces_)
    piece.input = tokenizer.encode(piece.source.text(), job.source(), job.target(target));
  open_ = pieces_.size();
}

void Retry::cut_around_kept(const Job& job, const PreparedText& source) {
  in_sentence_ = true;
  for (auto& piece : source.pieces()) {
    PreparedText prepared = job.prepare(piece.text);
    if (piece.kept || !prepared.needs_model())
      behind_ += piece.text;
    else
      pieces_.push_back({std::exchange(behind_, {}), std::move(prepared), {}, {}});
  }
}

void Retry::cut_at_clauses(const Job& job, const std::string& text) {
  for (auto& clause : split_clauses(text, job.source_language(), text_width(text) / 2 + 1))
    pieces_.push_back({std::string(pieces_.empty() ? "" : sentence_space(language_)),
                       job.prepare(std::move(clause)),
                       {},
                       {}});
}

void Retry::found(size_t piece, Translation translation) {
  pieces_[piece].translation = std::move(translation);
  --open_;
}

Translation Retry::second() const {
  Translation whole;
  for (const Piece& piece : pieces_) {
    const Translation& own = piece.translation;
    whole.text += piece.before;
    whole.text +=
        in_sentence_ ? fit_into_sentence(own.text, piece.source.original(), vocabulary_) : own.text;
    whole.ids.insert(whole.ids.end(), own.ids.begin(), own.ids.end());
    whole.score += own.score / static_cast<float>(pieces_.size());
    whole.flaws = whole.flaws | own.flaws;
  }
  whole.text += behind_;
  return whole;
}

Translation Retry::better() const {
  Translation better = first_;
  if (open_ == 0)
    // What is kept is worth more than anything else about a sentence.
    if (Translation again = second();
        first_.flaws & Flaw::Altered || count_flaws(again.flaws) < count_flaws(first_.flaws))
      better = std::move(again);
  better.retried = true;
  return better;
}

}  // namespace gst_translate
