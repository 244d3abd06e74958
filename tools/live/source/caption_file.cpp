// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/caption_file.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace gst_lingua_live {

namespace {

constexpr GstClockTime pause_before_repeat = GST_SECOND;

}  // namespace

void CaptionFile::start(Listener listener) {
  listener_ = std::move(listener);
  thread_ = std::thread([this] { play(); });
}

void CaptionFile::stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void CaptionFile::play() {
  gint64 begin = g_get_monotonic_time();
  const auto at = [&begin](GstClockTime time) {
    return begin + static_cast<gint64>(GST_TIME_AS_USECONDS(time));
  };
  GstClockTime end = 0;
  do {
    end = 0;
    for (const Cue& cue : cues_) {
      if (!wait_until(at(cue.start))) return;
      listener_.text(cue.text);
      end = std::max(end, cue.start + cue.duration);
    }
    if (!wait_until(at(end))) return;
    listener_.utterance_end();
    begin = at(end + pause_before_repeat);
  } while (loop_);
  listener_.end("");
}

/// Monotonic time, in us. False when stopped.
bool CaptionFile::wait_until(gint64 time) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto left = std::chrono::microseconds(std::max<gint64>(time - g_get_monotonic_time(), 0));
  return !stopping_.wait_for(lock, left, [this] { return stopped_; });
}

}  // namespace gst_lingua_live
