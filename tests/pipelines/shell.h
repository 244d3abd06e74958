// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gst_lingua_tests {

struct Output {
  int status = -1;  ///< exit status; -1: killed by a signal
  std::string out, err;
};

/// 16-bit mono samples.
struct Sound {
  int rate = 0;
  std::vector<int16_t> samples;

  double seconds() const;
  /// The loudest sample between two times in seconds.
  int peak(double from, double to) const;
  /// The time in seconds of the first sample at or after `from` that is louder than `level`;
  /// the end if there is none.
  double onset(double from, int level) const;
};

/// A folder of its own in which commands run as users type them, with the elements just built.
class Shell {
 public:
  Shell();
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  const std::string& folder() const { return folder_; }

  /// For the commands that run from now on.
  void set(const std::string& variable, const std::string& value) {
    environment_[variable] = value;
  }

  void unset(const std::string& variable) { unset_.push_back(variable); }

  Output run(const std::vector<std::string>& command, const std::string& input = "") const;
  /// A line for `sh`.
  Output run_line(const std::string& line, const std::string& input = "") const;

  void write(const std::string& name, const std::string& content) const;
  /// A file's bytes; empty if there is none.
  std::string contents(const std::string& name) const;
  /// A WAV file as `wavenc` writes it; no samples if it is none.
  Sound sound(const std::string& name) const;

 private:
  std::string folder_;
  std::map<std::string, std::string> environment_;
  std::vector<std::string> unset_;
};

/// A file of the repository.
std::string read_file(const std::string& path);

/// The lines of a text, or those that begin with `start`, without it.
std::vector<std::string> lines(const std::string& text, const std::string& start = "");

bool contains(const std::string& text, const std::string& part);

/// Peaks of 16-bit samples: no sound is above the first, each voice is above the second.
constexpr int silence = 300;
constexpr int speech = 2000;

}  // namespace gst_lingua_tests
