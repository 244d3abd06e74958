// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "film.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <stdexcept>

namespace {

constexpr double frame = 1000.0 / 24;
constexpr double shortest = 5000.0 / 6, longest = 7000;
constexpr double first = 5000;

/// The bits of a generator that the standard fixes, since its distributions differ by library.
class Chance {
 public:
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(bits_()) / 4294967296.0;
  }

 private:
  std::mt19937 bits_{2026};
};

double reading_speed(Chance& chance) {
  return (chance.between(12, 20) + chance.between(12, 20) + chance.between(12, 20)) / 3;
}

double pause(Chance& chance) {
  const double kind = chance.between(0, 1);
  return kind < 0.5    ? 2 * frame
         : kind < 0.85 ? chance.between(100, 1000)
                       : chance.between(1000, 4000);
}

double whole_frames(double ms) {
  return std::ceil(ms / frame) * frame;
}

}  // namespace

std::vector<Cue> film(const std::string& path) {
  std::ifstream file(path);
  std::vector<Cue> cues;
  Chance chance;
  double time = first;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      time += whole_frames(chance.between(5000, 20000));
      continue;
    }
    std::replace(line.begin(), line.end(), '|', '\n');
    const double reading = 1000 * static_cast<double>(line.size()) / reading_speed(chance);
    const double length = whole_frames(std::clamp(reading, shortest, longest));
    cues.push_back(
        {static_cast<int>(std::lround(time)), static_cast<int>(std::lround(time + length)), line});
    time += length + whole_frames(pause(chance));
  }
  if (cues.empty()) throw std::runtime_error("nothing to read in " + path);
  return cues;
}

std::string as_subrip(const std::vector<Cue>& cues) {
  const auto time = [](int ms) {
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d,%03d", ms / 3600000, ms / 60000 % 60,
                  ms / 1000 % 60, ms % 1000);
    return std::string(text);
  };
  std::string all;
  int number = 0;
  for (const Cue& cue : cues)
    all += std::to_string(++number) + "\n" + time(cue.start) + " --> " + time(cue.end) + "\n" +
           cue.text + "\n\n";
  return all;
}
