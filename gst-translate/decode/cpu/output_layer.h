// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "gst-translate/decode/cpu/compute.h"
#include "gst-translate/decode/cpu/first_look.h"
#include "gst-translate/decode/cpu/parameters.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/model/weights.h"

namespace gst_translate::cpu {

/// Scores the vocabulary and picks the best tokens. int8 weights are a screen: each score is known
/// to within a bound (Cauchy-Schwarz over what rounding took from weights and activations), and
/// every token that might be among the best by its bound is scored again with its stored weights,
/// so that the choice is that of the unrounded matrix. One row whose sum of exponentials nobody
/// wants has a first look before, which leaves little for the screen where the model is sure of its
/// next token.
class OutputLayer {
 public:
  /// `stored`: the matrix as `weights` have it, for exact scores.
  OutputLayer(const OutputMatrix& matrix, const Weights& weights, const TensorView& stored,
              Compute& compute);

  /// The share of the rows that belong to these groups.
  double scored_share(uint64_t groups) const;

  /// `x` [rows, width], normalised. `groups`: for each row the script groups that are scored.
  void select(const float* x, int rows, const std::vector<uint64_t>& groups,
              const Selection& selection, Candidates& candidates);

 private:
  static constexpr float lowest = -1e30F;

  /// A token that may be among the best of a row.
  struct Scored {
    int32_t place = 0;  // row of the matrix
    float score = 0;
    float bound = 0;  // how far from the true score it may be
  };
  /// What one thread knows of one row of x.
  struct Best {
    std::vector<Scored> kept;
    std::vector<float> floor;  // heap of the best lower bounds, the least on top
    void clear();
  };
  /// Of scores: the largest, and the sum of exponentials with that taken out.
  struct Exponentials {
    float largest = lowest, sum = 0;
  };
  /// Panels that are scored together.
  struct Piece {
    int first = 0, last = 0;
    size_t group = 0;
    float error = 0, norm = 0;  // the largest of its rows
    size_t number = 0;          // where its exponentials are
  };
  /// The call in progress, the same for all pieces of it.
  struct Call {
    size_t wanted = 0;                 // candidates of each row, with those that rules may cost
    bool normalise = false;            // sums of exponentials are wanted
    size_t pieces = 0;                 // of the matrix that are scored
    std::vector<float> norms, errors;  // of x and of its rounding
    bool after_look = false;
    float left = 0;  // share of the panels that the look has left
  };

  Piece piece_of(int first, int last, size_t group) const;
  std::vector<Piece> all_pieces(size_t rows, uint64_t groups) const;
  std::vector<Piece> promising(const std::vector<Piece>& pieces, const Activations& input,
                               const std::vector<uint64_t>& groups);
  float floor_of(size_t row) const;
  void multiply(const Activations& input, const Piece& piece, float* scores, int thread);
  void screen(const Activations& input, const Piece& piece, const std::vector<uint64_t>& groups,
              int thread);
  void take(const float* scores, const Piece& piece, size_t row, int thread);
  void raise_floor(size_t row, float floor);
  void remember_places(const Candidates& candidates);
  float exact(int32_t place, const float* x, int thread);
  float score_exactly(std::vector<Scored>& found, const float* x, float largest, int thread);
  void finish(size_t row, const float* x, const Selection& selection, int thread,
              Candidates& candidates);
  void apply_rules(size_t row, const float* x, const Selection& selection, float normaliser,
                   int thread, std::vector<Scored>& found);

  const OutputMatrix& matrix_;
  const Weights& weights_;
  const TensorView& stored_;
  Compute& compute_;
  std::vector<int32_t> places_;                    // by token
  std::vector<float> panel_errors_, panel_norms_;  // the largest of each panel's rows
  FirstLook first_look_;
  Call call_;
  std::vector<std::vector<Best>> bests_;            // [threads][rows]
  std::vector<std::atomic<float>> floors_;          // [rows], what a token has to reach
  std::vector<int> found_;                          // [panels], of the best tokens, of late
  std::vector<Exponentials> exponentials_;          // [rows][pieces]
  std::vector<std::vector<float>> scores_;          // [threads], of a piece
  std::vector<std::vector<uint8_t>> whole_;         // [threads], a panel after a look
  std::vector<std::vector<int32_t>> places_above_;  // [threads], in a piece
  std::vector<std::vector<float>> stored_rows_;     // [threads]
  std::atomic<size_t> rows_read_{0};                // since their pages were given back
};

}  // namespace gst_translate::cpu
