// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/output_layer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "gst-translate/decode/cpu/packed_store.h"

namespace gst_translate::cpu {
namespace {

// Each row that is read from the model's file may bring 64 KB of it into this process; so much of
// it may stay.
constexpr size_t row_pages = 64 << 10, most_pages = 16 << 20;
constexpr size_t piece_bytes = 1 << 20;          // of weights that are scored together for one row,
constexpr size_t least_piece_bytes = 256 << 10;  // and for many
constexpr int recent = 16;                       // what a token counts that was just found
// Panels that are screened at once after a look, beside one for each token that is wanted. Without,
// 3.9 % of the panels of the demo model are left over greedy steps, with one 1.9, with three 1.8 %.
constexpr size_t more_of_the_highest = 1;
constexpr float float_error = 1e-5F;  // of a product of floats, by its factors' norms

/// Panels `first` to `last` as a matrix of their own.
PackedWeights slice(const PackedWeights& weights, int first, int last) {
  const int width =
      weights.type == WeightType::Int8 ? (weights.inputs + 3) / 4 * 4 : weights.inputs;
  const size_t begin = static_cast<size_t>(first) * panel;
  PackedWeights part = weights;
  part.outputs = (last - first) * panel;
  part.data = static_cast<const std::byte*>(weights.data) +
              begin * static_cast<size_t>(width) * element_size(weights.type);
  if (weights.scale != nullptr) part.scale = weights.scale + begin;
  if (weights.sum != nullptr) part.sum = weights.sum + begin;
  return part;
}

size_t most_items(const std::vector<std::vector<int32_t>>& lists) {
  size_t most = 0;
  for (const auto& list : lists)
    most = std::max(most, list.size());
  return most;
}

}  // namespace

void OutputLayer::Best::clear() {
  kept.clear();
  floor.clear();
}

OutputLayer::OutputLayer(const OutputMatrix& matrix, const Weights& weights,
                         const TensorView& stored, Compute& compute)
    : matrix_(matrix),
      weights_(weights),
      stored_(stored),
      compute_(compute),
      first_look_(matrix, compute) {
  places_.assign(static_cast<size_t>(stored.shape[0]), -1);
  panel_errors_.assign(matrix.tokens.size() / panel, 0);
  panel_norms_.assign(panel_errors_.size(), 0);
  found_.assign(panel_errors_.size(), 0);
  for (size_t i = 0; i < matrix.tokens.size(); ++i) {
    if (matrix.tokens[i] < 0) continue;
    places_[static_cast<size_t>(matrix.tokens[i])] = static_cast<int32_t>(i);
    if (matrix.error == nullptr) continue;
    auto& panel_error = panel_errors_[i / panel];
    auto& panel_norm = panel_norms_[i / panel];
    panel_error = std::max(panel_error, matrix.error[i]);
    panel_norm = std::max(panel_norm, matrix.norm[i]);
  }
  const auto threads = static_cast<size_t>(compute.pool().most());
  bests_.resize(threads);
  scores_.resize(threads);
  whole_.resize(threads);
  places_above_.resize(threads);
  stored_rows_.assign(threads, std::vector<float>(static_cast<size_t>(stored.shape[1])));
}

double OutputLayer::scored_share(uint64_t groups) const {
  int scored = 0, all = 0;
  for (size_t group = 0; group < matrix_.groups.size(); ++group) {
    const int panels = matrix_.groups[group].last - matrix_.groups[group].first;
    all += panels;
    if ((groups >> group & 1) != 0) scored += panels;
  }
  return static_cast<double>(scored) / all;
}

void OutputLayer::select(const float* x, int rows, const std::vector<uint64_t>& groups,
                         const Selection& selection, Candidates& candidates) {
  const auto width = static_cast<size_t>(matrix_.weights.inputs);
  const bool log_domain = selection.domain == Selection::Domain::LogProbabilities;
  const Activations input = compute_.activations(matrix_.weights, x, rows);
  call_.wanted = static_cast<size_t>(selection.candidates) + most_items(selection.banned) +
                 most_items(selection.seen);
  call_.normalise = selection.scores || log_domain;
  compute_.rounding_errors(input, x, matrix_.weights.inputs, call_.errors);
  call_.norms.clear();
  for (size_t row = 0; row < static_cast<size_t>(rows); ++row)
    call_.norms.push_back(std::sqrt(
        compute_.kernels().dot(x + row * width, x + row * width, static_cast<int>(width))));

  uint64_t needed = 0;
  for (const uint64_t row_groups : groups)
    needed |= row_groups;
  for (auto& best : bests_) {
    best.resize(std::max(best.size(), static_cast<size_t>(rows)));
    for (auto& row : best)
      row.clear();
  }
  std::vector<Piece> pieces = all_pieces(static_cast<size_t>(rows), needed);
  const bool is_alone = rows == 1 && !call_.normalise && std::isfinite(call_.norms[0]);
  if (floors_.size() < groups.size()) floors_ = std::vector<std::atomic<float>>(groups.size());
  for (auto& floor : floors_)
    floor.store(lowest, std::memory_order_relaxed);
  call_.after_look = first_look_.begin(is_alone ? x : nullptr);
  if (call_.after_look) pieces = promising(pieces, input, groups);
  call_.pieces = pieces.size();
  if (call_.normalise) exponentials_.assign(pieces.size() * static_cast<size_t>(rows), {});
  compute_.pool().run(static_cast<int>(pieces.size()), 1, [&](int first, int last, int thread) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(last); ++i)
      screen(input, pieces[i], groups, thread);
  });
  if (call_.after_look) first_look_.learn(call_.left);

  candidates.tokens.assign(static_cast<size_t>(rows) * static_cast<size_t>(selection.candidates),
                           -1);
  candidates.scores.assign(candidates.tokens.size(), 0);
  compute_.pool().run(rows, 1, [&](int first, int last, int thread) {
    for (auto row = static_cast<size_t>(first); row < static_cast<size_t>(last); ++row)
      finish(row, x + row * width, selection, thread, candidates);
  });
  if (rows > 1) remember_places(candidates);
  if (std::min(rows_read_ * row_pages, stored_.bytes) > most_pages) {
    weights_.forget(stored_, stored_.data, stored_.bytes);
    rows_read_ = 0;
  }
}

/// Of each panel, how many of the best tokens it had of late. The pieces that have most of them are
/// screened first, so that little of the others reaches what is found there: of the demo model, 8
/// sentences with 4 beams, 237 tokens of a row are kept instead of 445, in the 600M shape 668
/// instead of 2195.
void OutputLayer::remember_places(const Candidates& candidates) {
  for (auto& count : found_)
    count /= 2;
  for (const int32_t token : candidates.tokens)
    if (token >= 0)
      found_[static_cast<size_t>(places_[static_cast<size_t>(token)]) / panel] += recent;
}

OutputLayer::Piece OutputLayer::piece_of(int first, int last, size_t group) const {
  return {first, last, group,
          *std::max_element(panel_errors_.begin() + first, panel_errors_.begin() + last),
          *std::max_element(panel_norms_.begin() + first, panel_norms_.begin() + last)};
}

std::vector<OutputLayer::Piece> OutputLayer::all_pieces(size_t rows, uint64_t groups) const {
  std::vector<Piece> pieces;
  const size_t panel_bytes =
      panel * static_cast<size_t>(matrix_.weights.inputs) * element_size(matrix_.weights.type);
  const size_t bytes = std::max(piece_bytes / rows, least_piece_bytes);
  const int together = std::max(1, static_cast<int>(bytes / panel_bytes));
  for (size_t group = 0; group < matrix_.groups.size(); ++group) {
    if ((groups >> group & 1) == 0) continue;
    const auto& range = matrix_.groups[group];
    for (int first = range.first; first < range.last; first += together)
      pieces.push_back(piece_of(first, std::min(range.last, first + together), group));
  }
  for (size_t i = 0; i < pieces.size(); ++i)
    pieces[i].number = i;
  if (rows == 1) return pieces;
  std::vector<int> found;
  for (const Piece& piece : pieces)
    found.push_back(std::accumulate(found_.begin() + piece.first, found_.begin() + piece.last, 0));
  std::sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) {
    const int in_a = found[a.number], in_b = found[b.number];
    return in_a != in_b ? in_a > in_b : a.number < b.number;
  });
  return pieces;
}

/// What a first look leaves of the pieces. The panels that can have the most, one of each of as
/// many pieces as tokens are wanted, are screened here: they mostly hold the best tokens, and what
/// those have at least is what the others must reach.
std::vector<OutputLayer::Piece> OutputLayer::promising(const std::vector<Piece>& pieces,
                                                       const Activations& input,
                                                       const std::vector<uint64_t>& groups) {
  const float norm = first_look_.norm();
  const float error = first_look_.error() + float_error * call_.norms[0];
  std::vector<Piece> highest(pieces.size());
  compute_.pool().run(static_cast<int>(pieces.size()), 1, [&](int begin, int end, int thread) {
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      first_look_.look(pieces[i].first, pieces[i].last, thread);
      int most = pieces[i].first;
      for (int p = pieces[i].first; p < pieces[i].last; ++p) {
        const auto at = static_cast<size_t>(p);
        first_look_.most(p) +=
            panel_errors_[at] * norm + (panel_norms_[at] + panel_errors_[at]) * error;
        if (first_look_.most(p) > first_look_.most(most)) most = p;
      }
      highest[i] = piece_of(most, most + 1, pieces[i].group);
    }
  });
  const size_t count = std::min(highest.size(), call_.wanted + more_of_the_highest);
  std::partial_sort(highest.begin(), highest.begin() + static_cast<std::ptrdiff_t>(count),
                    highest.end(), [this](const Piece& a, const Piece& b) {
                      return first_look_.most(a.first) > first_look_.most(b.first);
                    });
  compute_.pool().run(static_cast<int>(count), 1, [&](int first, int last, int thread) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(last); ++i)
      screen(input, highest[i], groups, thread);
  });
  for (size_t i = 0; i < count; ++i)
    first_look_.most(highest[i].first) = -std::numeric_limits<float>::infinity();
  const float floor = floor_of(0);
  raise_floor(0, floor);

  std::vector<Piece> left;
  int panels = 0, panels_left = 0;
  for (const Piece& piece : pieces) {
    panels += piece.last - piece.first;
    for (int first = piece.first; first < piece.last; ++first) {
      const int begin = first;
      while (first < piece.last && first_look_.most(first) >= floor)
        ++first;
      if (first == begin) continue;
      panels_left += first - begin;
      left.push_back(piece_of(begin, first, piece.group));
    }
  }
  call_.left = static_cast<float>(panels_left) / static_cast<float>(panels);
  return left;
}

/// What as many tokens as are wanted have at least, as far as all threads together know.
float OutputLayer::floor_of(size_t row) const {
  std::vector<float> floors;
  for (const auto& rows : bests_)
    floors.insert(floors.end(), rows[row].floor.begin(), rows[row].floor.end());
  if (floors.size() < call_.wanted) return lowest;
  const auto nth = floors.begin() + static_cast<std::ptrdiff_t>(call_.wanted) - 1;
  std::nth_element(floors.begin(), nth, floors.end(), std::greater<>());
  return *nth;
}

/// Products of a piece: [rows][its panels * 16].
void OutputLayer::multiply(const Activations& input, const Piece& piece, float* scores,
                           int thread) {
  const Kernels& kernels = compute_.kernels();
  const auto stride = static_cast<size_t>(piece.last - piece.first) * panel;
  if (!call_.after_look) {
    kernels.multiply(slice(matrix_.weights, piece.first, piece.last), input, 0,
                     piece.last - piece.first, Epilogue::Store, scores, stride);
    return;
  }
  auto& whole = whole_[static_cast<size_t>(thread)];
  whole.resize(first_look_.panel_bytes());
  for (int p = piece.first; p < piece.last; ++p, scores += panel) {
    first_look_.copy_whole(p, whole.data());
    PackedWeights part = slice(matrix_.weights, p, p + 1);
    part.data = whole.data();
    kernels.multiply(part, input, 0, 1, Epilogue::Store, scores, stride);
  }
}

/// Scores one piece for all rows and keeps what may be among the best.
void OutputLayer::screen(const Activations& input, const Piece& piece,
                         const std::vector<uint64_t>& groups, int thread) {
  auto& scores = scores_[static_cast<size_t>(thread)];
  const int count = (piece.last - piece.first) * panel;
  scores.resize(
      std::max(scores.size(), static_cast<size_t>(count) * static_cast<size_t>(input.rows)));
  multiply(input, piece, scores.data(), thread);
  // A group's last panel is filled up with rows that are no tokens.
  const int32_t* tokens = matrix_.tokens.data() + static_cast<size_t>(piece.first) * panel;
  int filled = count;
  while (filled > 0 && tokens[filled - 1] < 0)
    --filled;
  for (size_t row = 0; row < groups.size(); ++row) {
    if ((groups[row] >> piece.group & 1) == 0) continue;
    float* own = scores.data() + row * static_cast<size_t>(count);
    std::fill(own + filled, own + count, lowest);
    take(own, piece, row, thread);
  }
}

/// What as many tokens as are wanted have at least is one thing for all threads.
void OutputLayer::raise_floor(size_t row, float floor) {
  auto& known = floors_[row];
  float before = known.load(std::memory_order_relaxed);
  while (floor > before && !known.compare_exchange_weak(before, floor, std::memory_order_relaxed)) {
  }
}

void OutputLayer::take(const float* scores, const Piece& piece, size_t row, int thread) {
  Best& best = bests_[static_cast<size_t>(thread)][row];
  const Kernels& kernels = compute_.kernels();
  const int count = (piece.last - piece.first) * panel;
  const float most = kernels.maximum(scores, count);
  if (call_.normalise)
    exponentials_[row * call_.pieces + piece.number] = {
        most, kernels.sum_of_exponentials(scores, count, most)};
  const float norm = call_.norms[row], error = call_.errors[row];
  const float widest = piece.error * norm + piece.norm * error;
  // What a token must reach. Before as many as are wanted have been seen, the largest ones of as
  // many parts of the piece say what so many tokens are at least.
  float least = lowest;
  const auto part = static_cast<size_t>(count) / call_.wanted;
  if (best.floor.size() < call_.wanted && part > 0) {
    least = most;
    for (size_t i = 0; i < call_.wanted; ++i)
      least = std::min(least, kernels.maximum(scores + i * part, static_cast<int>(part)));
    least -= widest;
  }
  least = std::max(least, floors_[row].load(std::memory_order_relaxed));
  const auto threshold = [&] {
    return best.floor.size() < call_.wanted ? least : std::max(least, best.floor.front());
  };
  if (most + widest < threshold()) return;
  auto& places = places_above_[static_cast<size_t>(thread)];
  places.resize(std::max(places.size(), static_cast<size_t>(count)));
  const int above =
      kernels.find_above(scores, count, std::max(threshold() - widest, lowest / 2), places.data());
  for (int i = 0; i < above; ++i) {
    const float score = scores[places[static_cast<size_t>(i)]];
    if (score + widest < threshold()) continue;
    const int32_t place = piece.first * panel + places[static_cast<size_t>(i)];
    const float bound =
        matrix_.error == nullptr ? 0 : matrix_.error[place] * norm + matrix_.norm[place] * error;
    if (score + bound < threshold()) continue;
    best.kept.push_back({place, score, bound});
    // Most that are kept raise no lower bound.
    if (best.floor.size() == call_.wanted) {
      if (score - bound <= best.floor.front()) continue;
      std::pop_heap(best.floor.begin(), best.floor.end(), std::greater<>());
      best.floor.pop_back();
    }
    best.floor.push_back(score - bound);
    std::push_heap(best.floor.begin(), best.floor.end(), std::greater<>());
  }
  if (best.floor.size() == call_.wanted) raise_floor(row, best.floor.front());
}

float OutputLayer::exact(int32_t place, const float* x, int thread) {
  const auto token = static_cast<size_t>(matrix_.tokens[static_cast<size_t>(place)]);
  auto& stored = stored_rows_[static_cast<size_t>(thread)];
  ++rows_read_;
  read_floats(compute_.kernels(), stored_, token * stored.size(), stored.size(), stored.data());
  return compute_.kernels().dot(stored.data(), x, static_cast<int>(stored.size()));
}

/// Scores exactly, in the order of what each may be at most, until nothing can be among the best
/// any more; the others are dropped. Returns what that changes in the sum of exponentials, which is
/// mostly that of the best.
float OutputLayer::score_exactly(std::vector<Scored>& found, const float* x, float largest,
                                 int thread) {
  // Of equal ones the place decides, lest the order of the sum depend on which thread found them.
  const auto is_lower = [](const Scored& a, const Scored& b) {
    const float most_a = a.score + a.bound, most_b = b.score + b.bound;
    return most_a != most_b ? most_a < most_b : a.place > b.place;
  };
  std::make_heap(found.begin(), found.end(), is_lower);
  std::vector<Scored> exactly;
  std::vector<float> best;  // heap of the wanted ones, the least on top
  float change = 0;
  while (!found.empty()) {
    Scored item = found.front();
    if (best.size() == call_.wanted && item.score + item.bound < best.front()) break;
    std::pop_heap(found.begin(), found.end(), is_lower);
    found.pop_back();
    const float score = exact(item.place, x, thread);
    change += std::exp(score - largest) - std::exp(item.score - largest);
    item.score = score;
    exactly.push_back(item);
    best.push_back(score);
    std::push_heap(best.begin(), best.end(), std::greater<>());
    if (best.size() <= call_.wanted) continue;
    std::pop_heap(best.begin(), best.end(), std::greater<>());
    best.pop_back();
  }
  found = std::move(exactly);
  return change;
}

/// Brings together what the threads kept of a row, scores it exactly and applies the rules.
void OutputLayer::finish(size_t row, const float* x, const Selection& selection, int thread,
                         Candidates& candidates) {
  std::vector<Scored> found;
  for (const auto& rows : bests_)
    found.insert(found.end(), rows[row].kept.begin(), rows[row].kept.end());
  // In the order of the pieces, whichever thread had them: a sum of floats depends on its order.
  Exponentials all;
  if (call_.normalise) {
    const auto first = exponentials_.begin() + static_cast<std::ptrdiff_t>(row * call_.pieces);
    const auto last = first + static_cast<std::ptrdiff_t>(call_.pieces);
    for (auto piece = first; piece != last; ++piece)
      all.largest = std::max(all.largest, piece->largest);
    for (auto piece = first; piece != last; ++piece)
      all.sum += piece->sum * std::exp(piece->largest - all.largest);
  }

  const float threshold = floor_of(row);
  found.erase(
      std::remove_if(found.begin(), found.end(),
                     [&](const Scored& item) { return item.score + item.bound < threshold; }),
      found.end());
  if (matrix_.error != nullptr) all.sum += score_exactly(found, x, all.largest, thread);
  const float normaliser = call_.normalise ? all.largest + std::log(all.sum) : 0;

  const bool log_domain = selection.domain == Selection::Domain::LogProbabilities;
  if (log_domain)
    for (auto& item : found)
      item.score -= normaliser;
  apply_rules(row, x, selection, log_domain ? normaliser : 0, thread, found);
  const auto token_of = [this](const Scored& item) {
    return matrix_.tokens[static_cast<size_t>(item.place)];
  };
  const size_t count = std::min(found.size(), static_cast<size_t>(selection.candidates));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [&](const Scored& a, const Scored& b) {
                      return a.score != b.score ? a.score > b.score : token_of(a) < token_of(b);
                    });
  const size_t begin = row * static_cast<size_t>(selection.candidates);
  for (size_t i = 0; i < count; ++i) {
    candidates.tokens[begin + i] = token_of(found[i]);
    candidates.scores[begin + i] = found[i].score - (log_domain ? 0 : normaliser);
  }
}

void OutputLayer::apply_rules(size_t row, const float* x, const Selection& selection,
                              float normaliser, int thread, std::vector<Scored>& found) {
  const auto item_of = [&](int32_t token) {
    const int32_t place = places_[static_cast<size_t>(token)];
    return std::find_if(found.begin(), found.end(),
                        [place](const Scored& item) { return item.place == place; });
  };
  if (!selection.seen.empty()) {
    for (const int32_t token : selection.seen[row]) {
      auto item = item_of(token);
      if (item == found.end()) {
        // A penalty below 1 may lift it among the best.
        const int32_t place = places_[static_cast<size_t>(token)];
        found.push_back({place, exact(place, x, thread) - normaliser, 0});
        item = found.end() - 1;
      }
      item->score = item->score < 0 ? item->score * selection.repetition_penalty
                                    : item->score / selection.repetition_penalty;
    }
  }
  if (selection.banned.empty()) return;
  for (const int32_t token : selection.banned[row])
    if (const auto item = item_of(token); item != found.end())
      item->score = -std::numeric_limits<float>::infinity();
}

}  // namespace gst_translate::cpu
