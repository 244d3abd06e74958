// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/log.h"

#include <atomic>
#include <cstdio>

namespace gst_translate {
namespace {

std::atomic<const LogHook*> current{nullptr};

}  // namespace

void set_log_hook(const LogHook* hook) {
  current = hook;
}

bool log_wants(LogLevel level) {
  const LogHook* hook = current;
  return hook != nullptr && hook->wants(level);
}

std::string in_milliseconds(std::chrono::nanoseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f ms", static_cast<double>(time.count()) / 1e6);
  return text;
}

void log_write(LogLevel level, const char* area, const std::string& message) {
  if (const LogHook* hook = current) hook->write(level, area, message.c_str());
}

}  // namespace gst_translate
