// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <string>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// How much a message matters, most first; what GStreamer's debug levels are called.
enum class LogLevel { Error, Warning, Info, Debug, Trace };

/// Where the cores' messages go: one place a process, as `llama_log_set` of llama.cpp. Both
/// functions are called from any thread, and must not call back into the cores.
struct LogHook {
  /// False: messages of this level need not even be put together.
  bool (*wants)(LogLevel level) = nullptr;
  /// `area` names the part that speaks: "segment", "engine", "model", "cpu", "torch",
  /// "voice".
  void (*write)(LogLevel level, const char* area, const char* message) = nullptr;
};

/// From now on messages go there; the hook outlives the process' use of the cores. Null: nowhere,
/// as at the beginning. Thread-safe.
GST_LINGUA_EXPORT void set_log_hook(const LogHook* hook);

/// True if somebody reads messages of this level. Costs next to nothing.
GST_LINGUA_EXPORT bool log_wants(LogLevel level);

/// Hands one message on.
GST_LINGUA_EXPORT void log_write(LogLevel level, const char* area, const std::string& message);

/// "12.34 ms", as messages say how long something took.
GST_LINGUA_EXPORT std::string in_milliseconds(std::chrono::nanoseconds time);

/// `text` is called, for a std::string, only if somebody reads it.
template <typename Text>
void log(LogLevel level, const char* area, Text&& text) {
  if (log_wants(level)) log_write(level, area, text());
}

}  // namespace gst_translate
