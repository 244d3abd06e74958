// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/thread_choice.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gst_translate::cpu {
namespace {

// The first step of a trial wakes threads, or finds the caches filled by others.
constexpr int steps_of_trial = 2;
constexpr int trials_to_decide = 6;
constexpr double gain_to_change = 0.1;  // logarithm
constexpr double memory = 8;            // trials that the average goes back
// A step that the system held up may take twenty times as long: it counts as 4.5 times.
constexpr double most_slower = 1.5;     // logarithm
constexpr double share_of_time = 0.01;  // that trials may cost
constexpr double least_steps = 32;      // from a trial to the next

}  // namespace

int ThreadChoice::smaller(int threads, int most) {
  int below = 1;
  while (below * 2 < std::min(threads, most))
    below *= 2;
  return below;
}

int ThreadChoice::larger(int threads, int most) {
  int above = 1;
  while (above <= threads)
    above *= 2;
  return std::min(above, most);
}

int ThreadChoice::tried() const {
  return side_ == 0 ? smaller(chosen_, most_) : larger(chosen_, most_);
}

int ThreadChoice::next(int rows) {
  const bool alike = rows == std::exchange(rows_, rows);
  if (!alike) {  // no comparison
    before_ = Duration(0);
    step_of_trial_ = 0;
  }
  if (step_of_trial_ == 0 && steps_to_trial_ <= 0 && before_ > Duration(0) && most_ > 1) {
    if (tried() == chosen_) side_ = 1 - side_;
    step_of_trial_ = 1;
  }
  return step_of_trial_ > 0 ? tried() : chosen_;
}

bool ThreadChoice::took(Duration time) {
  if (step_of_trial_ == 0) {
    before_ = time;
    --steps_to_trial_;
    return false;
  }
  if (step_of_trial_++ < steps_of_trial) return false;
  step_of_trial_ = 0;
  return judge(
      std::clamp(std::log(time / std::exchange(before_, Duration(0))), -most_slower, most_slower));
}

/// What a trial has shown.
bool ThreadChoice::judge(double slower) {
  Side& side = sides_[side_];
  ++side.trials;
  side.slower += (slower - side.slower) / std::min<double>(side.trials, memory);
  const bool changes = side.trials >= trials_to_decide && side.slower < -gain_to_change;
  if (changes) {
    chosen_ = tried();
    sides_ = {};
  }
  plan();
  return changes;
}

/// When the next trial may be, on the other side.
void ThreadChoice::plan() {
  side_ = 1 - side_;
  if (tried() == chosen_) side_ = 1 - side_;
  const Side& side = sides_[side_];
  const double cost = steps_of_trial * (std::exp(side.slower) - 1);
  steps_to_trial_ = static_cast<int>(std::max(cost / share_of_time, least_steps));
}

}  // namespace gst_translate::cpu
