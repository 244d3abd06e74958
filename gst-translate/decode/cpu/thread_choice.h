// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace gst_translate::cpu {

/// How many threads the steps of a decoder run on, chosen again and again by what they take: other
/// programs come and go, and a container's share of a machine is no number that could be asked for.
///
/// Now and then two steps run on the next smaller or larger number, in turns, the second of which
/// is compared with the step before them, that had as many rows; where the first is hopelessly
/// slow, it is given up, and there is no second. What trials cost stays about a hundredth of all
/// time. Beside many other programs a trial may cost as much as twenty steps, and the next one
/// would be far away: then they may cost a twentieth, so that seconds after the others are gone the
/// threads are back. A trial that was faster is soon repeated. Once a number has been a tenth
/// faster on the average of its last trials it is kept, and has to lose as many to be left again.
/// Knows no clock: tests give it the times. From one thread at a time.
class ThreadChoice {
 public:
  using Duration = std::chrono::duration<double>;

  /// `most`: threads that there are; `first`: to begin with.
  ThreadChoice(int most, int first) : most_(most), chosen_(first) {}

  int chosen() const { return chosen_; }

  /// The threads for the next step, of so many rows.
  int next(int rows);

  /// True once the step, which has run for so long, is a hopeless trial: its rest goes on with the
  /// chosen number.
  bool gives_up(Duration so_far) const;

  /// What that step took. False where nothing changes, else `chosen()` is another one.
  bool took(Duration time);

  /// The next one of the numbers that are tried: powers of two, and the most that there is.
  static int smaller(int threads, int most);
  static int larger(int threads, int most);

 private:
  /// What is known of the number beside the chosen one on one side.
  struct Side {
    int trials = 0;
    double slower = 0;  // logarithm of its time by the chosen one's, on the average of late
    double cost = 0;    // of a trial, in steps on the chosen number, likewise
  };

  /// For the next trial, in steps on the chosen number: `least` where `most` would take long.
  struct Wait {
    int least = 0, most = 0;
  };

  int tried() const;
  bool is_due() const;
  static Wait wait_for(double cost);
  bool judge(double slower, double cost);

  int most_, chosen_;
  std::array<Side, 2> sides_;  // smaller, larger
  size_t side_ = 0;            // that is tried, or will be
  Wait wait_;
  int steps_since_trial_ = 0;
  Duration time_since_trial_{0};
  int step_of_trial_ = 0;     // 0: none runs
  int rows_ = 0;              // of the last step
  double cost_of_trial_ = 0;  // so far
  Duration before_{0};        // what the last step took on the chosen number, 0: not known
};

}  // namespace gst_translate::cpu
