// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What ffprobe finds in a file.

#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {

inline nlohmann::json probe(const Shell& shell, const std::string& arguments) {
  const Output output = shell.run_line("ffprobe -v error -of json " + arguments);
  EXPECT_EQ(output.status, 0) << output.err;
  return output.status == 0 ? nlohmann::json::parse(output.out)
                            : nlohmann::json{{"streams", nlohmann::json::array()},
                                             {"packets", nlohmann::json::array()}};
}

/// When the cues of a track of subtitles begin, in seconds.
inline std::vector<double> cue_times(const Shell& shell, const std::string& file, int number) {
  std::vector<double> times;
  const auto found =
      probe(shell, "-select_streams s:" + std::to_string(number) + " -show_packets " + file);
  for (const auto& packet : found["packets"])
    if (std::stoi(packet["size"].get<std::string>()) > 2)  // else MP4's nothing between cues
      times.push_back(std::stod(packet["pts_time"].get<std::string>()));
  return times;
}

}  // namespace gst_lingua_tests
