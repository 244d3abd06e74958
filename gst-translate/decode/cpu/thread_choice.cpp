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
constexpr double hopeless = 3;  // times as slow
constexpr int trials_to_decide = 6;
constexpr double gain_to_change = 0.1;  // logarithm
constexpr double memory = 8;            // trials that the averages go back
// A step that the system held up may take twenty times as long: it counts as 4.5 times.
constexpr double most_slower = 1.5;      // logarithm
constexpr int steps_after_gain = 4;      // to the next trial, of the same number
constexpr double least_steps = 32;       // to the next trial otherwise
constexpr int steps_after_change = 250;  // some sentences, lest chance lead back at once
constexpr double share_of_time = 0.01;   // that trials may cost,
constexpr double most_of_time = 0.05;    // where the next one would be later than
constexpr ThreadChoice::Duration longest_wait{2};

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
    cost_of_trial_ = 0;
  }
  if (step_of_trial_ == 0 && is_due() && before_ > Duration(0) && most_ > 1) {
    if (tried() == chosen_) side_ = 1 - side_;
    step_of_trial_ = 1;
  }
  return step_of_trial_ > 0 ? tried() : chosen_;
}

bool ThreadChoice::gives_up(Duration so_far) const {
  return step_of_trial_ > 0 && so_far > hopeless * before_;
}

bool ThreadChoice::took(Duration time) {
  if (step_of_trial_ == 0) {
    before_ = time;
    ++steps_since_trial_;
    time_since_trial_ += time;
    return false;
  }
  const double ratio = time / before_;
  cost_of_trial_ += ratio - 1;
  if (step_of_trial_++ < steps_of_trial && ratio < hopeless) return false;
  step_of_trial_ = 0;
  before_ = Duration(0);
  return judge(std::clamp(std::log(ratio), -most_slower, most_slower),
               std::exchange(cost_of_trial_, 0));
}

bool ThreadChoice::is_due() const {
  return steps_since_trial_ >= wait_.most ||
         (steps_since_trial_ >= wait_.least && time_since_trial_ > longest_wait);
}

/// `cost`: of a trial, in steps.
ThreadChoice::Wait ThreadChoice::wait_for(double cost) {
  return {static_cast<int>(std::max(cost / most_of_time, least_steps)),
          static_cast<int>(std::max(cost / share_of_time, least_steps))};
}

/// What a trial has shown, and when the next one may be.
bool ThreadChoice::judge(double slower, double cost) {
  steps_since_trial_ = 0;
  time_since_trial_ = Duration(0);
  Side& side = sides_[side_];
  const double share = 1 / std::min<double>(++side.trials, memory);
  side.slower += share * (slower - side.slower);
  side.cost += share * (cost - side.cost);
  if (side.trials >= trials_to_decide && side.slower < -gain_to_change) {
    chosen_ = tried();
    sides_ = {};
    wait_ = {steps_after_change, steps_after_change};
    return true;
  }
  if (slower < -gain_to_change) {
    wait_ = {steps_after_gain, steps_after_gain};
    return false;
  }
  side_ = 1 - side_;
  if (tried() == chosen_) side_ = 1 - side_;
  wait_ = wait_for(sides_[side_].cost);
  return false;
}

}  // namespace gst_translate::cpu
