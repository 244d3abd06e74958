// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/log_to_stderr.h"

#include <chrono>
#include <cstdio>

#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

using Clock = std::chrono::steady_clock;

LogLevel last_level = LogLevel::Error;  // nothing was asked for
Clock::time_point begun;

const char* name_of(LogLevel level) {
  switch (level) {
    case LogLevel::Error:
      return "ERROR";
    case LogLevel::Warning:
      return "WARNING";
    case LogLevel::Info:
      return "INFO";
    case LogLevel::Debug:
      return "DEBUG";
    case LogLevel::Trace:
      break;
  }
  return "TRACE";
}

bool wants(LogLevel level) {
  return level <= last_level;
}

void write(LogLevel level, const char* area, const char* message) {
  const std::chrono::duration<double> since = Clock::now() - begun;
  std::fprintf(stderr, "%10.6f %-7s %s: %s\n", since.count(), name_of(level), area, message);
}

constexpr LogHook hook = {wants, write};

}  // namespace

const OptionSpec verbose_option = {'v', "verbose", nullptr,
                                   "tells on standard error what happens; twice: each step, too"};

void log_more_to_stderr() {
  if (last_level == LogLevel::Error) begun = Clock::now();
  last_level = last_level == LogLevel::Error ? LogLevel::Debug : LogLevel::Trace;
  set_log_hook(&hook);
}

}  // namespace gst_translate
