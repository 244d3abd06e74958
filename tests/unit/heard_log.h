// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gst-translate/text/log.h"

/// What the cores log while it lives. One at a time.
class HeardLog {
 public:
  HeardLog() {
    messages().clear();
    static const gst_translate::LogHook hook = {[](gst_translate::LogLevel) { return true; }, hear};
    gst_translate::set_log_hook(&hook);
  }
  ~HeardLog() { gst_translate::set_log_hook(nullptr); }
  HeardLog(const HeardLog&) = delete;
  HeardLog& operator=(const HeardLog&) = delete;

  /// True if a message of the level has the part.
  bool has(gst_translate::LogLevel level, const std::string& part) const {
    const std::lock_guard lock(mutex());
    for (const auto& [its_level, message] : messages())
      if (its_level == level && message.find(part) != std::string::npos) return true;
    return false;
  }

  /// All of them, a line each: for a test that fails.
  std::string text() const {
    const std::lock_guard lock(mutex());
    std::string lines;
    for (const auto& [level, message] : messages())
      lines += message + '\n';
    return lines;
  }

 private:
  using Messages = std::vector<std::pair<gst_translate::LogLevel, std::string>>;

  static void hear(gst_translate::LogLevel level, const char* area, const char* message) {
    const std::lock_guard lock(mutex());
    messages().emplace_back(level, std::string(area) + ": " + message);
  }
  static std::mutex& mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static Messages& messages() {
    static Messages messages;
    return messages;
  }
};
