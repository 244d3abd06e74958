// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/search.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <string>

#include "gst-translate/text/check_range.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

/// No score is larger than another: what weights that hold NaN lead to.
Error not_finite() {
  return {
      Error::Kind::Failed,
      "The model computes numbers that are not finite: its weights are damaged. Fetch them again."};
}

using Ids = std::vector<int32_t>;

/// Tokens that would complete an n-gram which the row already holds.
Ids repeated_ngrams(const Ids& ids, int size) {
  Ids banned;
  const auto n = static_cast<size_t>(size);
  if (ids.size() + 1 < n) return banned;
  const auto tail = ids.end() - static_cast<std::ptrdiff_t>(n - 1);
  for (size_t i = 0; i + n <= ids.size(); ++i) {
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::equal(tail, ids.end(), first)) banned.push_back(ids[i + n - 1]);
  }
  return banned;
}

Selection selection_for(const std::vector<const Ids*>& rows, const SearchSettings& settings,
                        Selection::Domain domain, int candidates) {
  Selection selection;
  selection.domain = domain;
  selection.candidates = candidates;
  selection.scores = settings.scores || domain == Selection::Domain::LogProbabilities;
  selection.repetition_penalty = static_cast<float>(settings.repetition_penalty);
  for (const Ids* ids : rows) {
    if (settings.repetition_penalty != 1) {
      Ids seen = *ids;
      std::sort(seen.begin(), seen.end());
      seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
      selection.seen.push_back(std::move(seen));
    }
    if (settings.no_repeat_ngram_size > 0)
      selection.banned.push_back(repeated_ngrams(*ids, settings.no_repeat_ngram_size));
  }
  return selection;
}

bool is_eos(int32_t token, const SearchSettings& settings) {
  return std::find(settings.eos.begin(), settings.eos.end(), token) != settings.eos.end();
}

bool reaches(size_t length, int max_length) {
  return length >= static_cast<size_t>(max_length);
}

float length_normalisation(size_t length, double penalty) {
  return static_cast<float>(std::pow(static_cast<double>(length), penalty));
}

/// Targets whose prompt leaves nothing to search are found at once; the others that are waited for
/// are returned.
std::vector<size_t> searchable(const std::vector<SearchTarget>& targets,
                               const SearchSettings& settings, SearchListener& listener) {
  std::vector<size_t> open;
  std::vector<FoundTarget> found;
  for (size_t i = 0; i < targets.size(); ++i) {
    if (listener.cancelled(i)) continue;
    if (reaches(targets[i].prompt.size(), settings.max_length))
      found.push_back({i, {targets[i].prompt, 0, true}});
    else
      open.push_back(i);
  }
  if (!found.empty()) listener.found(std::move(found));
  return open;
}

std::unique_ptr<Decoder> start(Network& network, const std::shared_ptr<const EncoderMemory>& memory,
                               const std::vector<SearchTarget>& targets,
                               const std::vector<size_t>& open, const SearchSettings& settings) {
  std::vector<DecoderRow> rows;
  rows.reserve(open.size());
  for (const size_t i : open)
    rows.push_back(targets[i].row);
  return network.decode(memory, rows, settings.max_length);
}

/// One step of the decoder, and what it took.
void step(Decoder& decoder, const Ids& tokens, const Selection& selection,
          const Interrupt& interrupt, Candidates& best) {
  using Clock = std::chrono::steady_clock;
  if (!log_wants(LogLevel::Trace)) return decoder.step(tokens, selection, interrupt, best);
  const auto begun = Clock::now();
  decoder.step(tokens, selection, interrupt, best);
  log_write(LogLevel::Trace, "engine",
            "A step of " + std::to_string(tokens.size()) + " tokens took " +
                in_milliseconds(Clock::now() - begun) + '.');
}

/// True once none of the rows or groups of rows is waited for.
template <typename Rows>
Interrupt unless_waited_for(const Rows& rows, const SearchListener& listener) {
  return [&rows, &listener] {
    return std::all_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return listener.cancelled(row.target); });
  };
}

// Greedy search ---------------------------------------------------------------------------------

struct GreedyRow {
  size_t target = 0;
  Ids ids;
  float score = 0;  // sum of log-probabilities
};

void search_greedily(Network& network, const std::shared_ptr<const EncoderMemory>& memory,
                     const std::vector<SearchTarget>& targets, const SearchSettings& settings,
                     SearchListener& listener) {
  const std::vector<size_t> open = searchable(targets, settings, listener);
  if (open.empty()) return;
  const auto decoder = start(network, memory, targets, open, settings);
  std::vector<GreedyRow> rows;
  Ids tokens;
  for (const size_t i : open) {
    rows.push_back({i, targets[i].prompt});
    tokens.insert(tokens.end(), targets[i].prompt.begin(), targets[i].prompt.end());
  }

  const Interrupt interrupt = unless_waited_for(rows, listener);
  Candidates best;
  while (!rows.empty()) {
    std::vector<const Ids*> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows)
      ids.push_back(&row.ids);
    step(*decoder, tokens, selection_for(ids, settings, Selection::Domain::Logits, 1), interrupt,
         best);

    tokens.clear();
    std::vector<int32_t> kept;
    std::vector<GreedyRow> running;
    std::vector<FoundTarget> found;
    for (size_t r = 0; r < rows.size(); ++r) {
      GreedyRow& row = rows[r];
      const int32_t token = best.tokens[r];
      if (token < 0) throw not_finite();
      row.ids.push_back(token);
      if (settings.scores) row.score += best.scores[r];
      listener.grown(row.target, row.ids);
      const bool ended = is_eos(token, settings);
      if (ended || reaches(row.ids.size(), settings.max_length)) {
        const size_t generated = row.ids.size() - 1;
        found.push_back(
            {row.target,
             {std::move(row.ids),
              row.score / length_normalisation(generated, settings.length_penalty), !ended}});
      } else if (!listener.cancelled(row.target)) {
        kept.push_back(static_cast<int32_t>(r));
        tokens.push_back(token);
        running.push_back(std::move(row));
      }
    }
    if (!found.empty()) listener.found(std::move(found));
    if (kept.size() < rows.size() && !kept.empty()) decoder->reorder(kept);
    rows = std::move(running);
  }
}

// Beam search -----------------------------------------------------------------------------------

constexpr float minus_infinity = -1.0e9F;  // Hugging Face's; added, so that order is kept

struct Beam {
  Ids ids;
  float score = minus_infinity;
  bool finished = false;
};

/// A candidate for the next step: a running beam and the token that would extend it.
struct Extension {
  size_t beam = 0;
  int32_t token = 0;
  float score = 0;
  bool hit = false;  // it ends its sequence
};

/// One target's beams.
struct BeamGroup {
  size_t target = 0;
  std::vector<Beam> running;  // one before the first step, then `beams`
  std::vector<Beam> done;     // `beams`, best first
};

template <typename T>
void keep_best(std::vector<T>& items, size_t count) {
  std::stable_sort(items.begin(), items.end(),
                   [](const T& a, const T& b) { return a.score > b.score; });
  items.resize(std::min(items.size(), count));
}

/// The best extensions over all running beams, best first (`_get_top_k_continuations`).
std::vector<Extension> best_extensions(const BeamGroup& group, const Candidates& best,
                                       size_t first_row, size_t count,
                                       const SearchSettings& settings) {
  std::vector<Extension> extensions;
  const size_t length = group.running.front().ids.size();
  for (size_t b = 0; b < group.running.size(); ++b) {
    for (size_t c = 0; c < count; ++c) {
      const size_t at = (first_row + b) * count + c;
      const int32_t token = best.tokens[at];
      if (token < 0) continue;  // a vocabulary smaller than the candidates asked for
      extensions.push_back({b, token, best.scores[at] + group.running[b].score,
                            is_eos(token, settings) || reaches(length + 1, settings.max_length)});
    }
  }
  if (extensions.empty()) throw not_finite();
  keep_best(extensions, count);
  return extensions;
}

/// `_update_finished_beams`: what ends here competes with what ended before. A group leaves the
/// search as soon as nothing more may enter, so the masks for that are not needed.
void update_done(BeamGroup& group, const std::vector<Extension>& extensions,
                 const SearchSettings& settings) {
  const auto beams = static_cast<size_t>(settings.beams);
  // The language token and the end count, the start token does not.
  const size_t length = group.running.front().ids.size();
  const float normalisation = length_normalisation(length, settings.length_penalty);
  for (size_t rank = 0; rank < std::min(beams, extensions.size()); ++rank) {
    const Extension& extension = extensions[rank];
    if (!extension.hit) continue;
    Beam beam{group.running[extension.beam].ids, extension.score / normalisation, true};
    beam.ids.push_back(extension.token);
    group.done.push_back(std::move(beam));
  }
  keep_best(group.done, beams);
}

/// `_check_early_stop_heuristic`.
bool may_improve(const BeamGroup& group, const SearchSettings& settings) {
  const size_t length = group.running.front().ids.size() - 1;
  const bool longest =
      settings.early_stopping == EarlyStopping::Never && settings.length_penalty > 0;
  const size_t hypothetical = longest ? static_cast<size_t>(settings.max_length) - 1 : length;
  const float best =
      group.running.front().score / length_normalisation(hypothetical, settings.length_penalty);
  const float least = group.done.back().score;
  return std::any_of(group.done.begin(), group.done.end(), [&](const Beam& beam) {
    return best > (beam.finished ? least : minus_infinity);
  });
}

/// One step of one group: `sources` gets the row that each running beam goes on from. False when
/// the search is over.
bool advance(BeamGroup& group, const Candidates& best, size_t first_row, size_t count,
             const SearchSettings& settings, std::vector<int32_t>& sources) {
  const auto extensions = best_extensions(group, best, first_row, count, settings);
  update_done(group, extensions, settings);

  std::vector<Extension> next = extensions;
  for (auto& extension : next)
    if (extension.hit) extension.score += minus_infinity;
  keep_best(next, static_cast<size_t>(settings.beams));
  std::vector<Beam> running;
  sources.clear();
  for (const auto& extension : next) {
    Beam beam{group.running[extension.beam].ids, extension.score, false};
    beam.ids.push_back(extension.token);
    running.push_back(std::move(beam));
    sources.push_back(static_cast<int32_t>(first_row + extension.beam));
  }
  group.running = std::move(running);

  const bool all_done = std::all_of(group.done.begin(), group.done.end(),
                                    [](const Beam& beam) { return beam.finished; });
  const bool all_hit = std::all_of(extensions.begin(), extensions.end(),
                                   [](const Extension& extension) { return extension.hit; });
  return may_improve(group, settings) && !all_hit &&
         !(all_done && settings.early_stopping == EarlyStopping::Always);
}

void search_beams(Network& network, const std::shared_ptr<const EncoderMemory>& memory,
                  const std::vector<SearchTarget>& targets, const SearchSettings& settings,
                  SearchListener& listener) {
  const std::vector<size_t> open = searchable(targets, settings, listener);
  if (open.empty()) return;
  const auto decoder = start(network, memory, targets, open, settings);
  const auto beams = static_cast<size_t>(settings.beams);
  // Enough that `beams` go on even where every other one ends.
  const size_t count = std::max<size_t>(2, 1 + settings.eos.size()) * beams;
  std::vector<BeamGroup> groups;
  Ids tokens;
  for (const size_t i : open) {
    groups.push_back({i, {{targets[i].prompt, 0, false}}, std::vector<Beam>(beams)});
    for (auto& beam : groups.back().done)
      beam.ids = targets[i].prompt;
    tokens.insert(tokens.end(), targets[i].prompt.begin(), targets[i].prompt.end());
  }

  const Interrupt interrupt = unless_waited_for(groups, listener);
  Candidates best;
  while (!groups.empty()) {
    std::vector<const Ids*> ids;
    for (const auto& group : groups)
      for (const auto& beam : group.running)
        ids.push_back(&beam.ids);
    step(*decoder, tokens,
         selection_for(ids, settings, Selection::Domain::LogProbabilities, static_cast<int>(count)),
         interrupt, best);

    tokens.clear();
    std::vector<int32_t> order;
    std::vector<BeamGroup> running;
    std::vector<FoundTarget> found;
    size_t first_row = 0;
    for (auto& group : groups) {
      const size_t rows = group.running.size();
      std::vector<int32_t> sources;
      const bool goes_on = advance(group, best, first_row, count, settings, sources);
      first_row += rows;
      if (!goes_on) {
        Beam& winner = group.done.front();
        const bool ended = is_eos(winner.ids.back(), settings);
        found.push_back({group.target, {std::move(winner.ids), winner.score, !ended}});
      } else if (!listener.cancelled(group.target)) {
        order.insert(order.end(), sources.begin(), sources.end());
        for (const auto& beam : group.running)
          tokens.push_back(beam.ids.back());
        running.push_back(std::move(group));
      }
    }
    if (!found.empty()) listener.found(std::move(found));
    groups = std::move(running);
    if (!groups.empty()) decoder->reorder(order);
  }
}

template <typename T>
T in_range(const std::optional<T>& request, const std::optional<T>& folder, T least, T most,
           const char* name) {
  const T value = request ? *request : *folder;
  check_range(name, value, least, most);
  return value;
}

}  // namespace

bool SearchSettings::operator==(const SearchSettings& other) const {
  return beams == other.beams && length_penalty == other.length_penalty &&
         early_stopping == other.early_stopping && max_length == other.max_length &&
         no_repeat_ngram_size == other.no_repeat_ngram_size &&
         repetition_penalty == other.repetition_penalty && scores == other.scores &&
         eos == other.eos;
}

SearchSettings resolve(const SearchOptions& request, const SearchOptions& folder,
                       const std::vector<int32_t>& eos) {
  SearchSettings settings;
  using Range = SearchOptions;
  settings.beams =
      in_range(request.beams, folder.beams, Range::least_beams, Range::most_beams, "beams");
  settings.length_penalty =
      in_range(request.length_penalty, folder.length_penalty, Range::least_length_penalty,
               Range::most_length_penalty, "length-penalty");
  settings.early_stopping =
      request.early_stopping ? *request.early_stopping : *folder.early_stopping;
  settings.max_length = in_range(request.max_length, folder.max_length, Range::least_max_length,
                                 Range::most_max_length, "max-length");
  settings.no_repeat_ngram_size =
      in_range(request.no_repeat_ngram_size, folder.no_repeat_ngram_size, 0,
               Range::most_no_repeat_ngram_size, "no-repeat-ngram-size");
  settings.repetition_penalty = in_range(request.repetition_penalty, folder.repetition_penalty,
                                         Range::least_repetition_penalty,
                                         Range::most_repetition_penalty, "repetition-penalty");
  settings.eos = eos;
  return settings;
}

void search(Network& network, const std::shared_ptr<const EncoderMemory>& memory,
            const std::vector<SearchTarget>& targets, const SearchSettings& settings,
            SearchListener& listener) {
  if (settings.beams == 1)
    search_greedily(network, memory, targets, settings, listener);
  else
    search_beams(network, memory, targets, settings, listener);
}

}  // namespace gst_translate
