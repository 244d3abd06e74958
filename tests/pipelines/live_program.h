// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gio/gio.h>

#include <string>
#include <vector>

namespace gst_lingua_tests {

/// gst-lingua-live while it runs, with an open standard input.
class LiveProgram {
 public:
  /// Starts it with these arguments and a port that is free, and waits until it serves.
  explicit LiveProgram(const std::vector<std::string>& arguments, const std::string& token = "");
  ~LiveProgram();
  LiveProgram(const LiveProgram&) = delete;
  LiveProgram& operator=(const LiveProgram&) = delete;

  int port() const { return port_; }

  void say(const std::string& text) const;
  void end_input() const;

  void signal(int number) const;
  /// Its exit status once it has ended; -1 if it has not within the time, or was killed.
  int status_within(double seconds);

  /// Waits until it has said that on standard error; false if it has ended without.
  bool complains_of(const std::string& text);

  /// What it has said on standard error; after it has ended.
  const std::string& errors();

 private:
  bool read_errors();

  GSubprocess* process_ = nullptr;
  int port_ = 0;
  std::string errors_;
};

}  // namespace gst_lingua_tests
