// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/caption_file.h"

#include <gst/app/gstappsink.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "gst-translate/text/error.h"
#include "gst-translate/text/markup.h"
#include "tools/live/element.h"

namespace gst_lingua_live {

using gst_translate::Error;

namespace {

constexpr GstClockTime pause_before_repeat = GST_SECOND;

}  // namespace

bool CaptionFile::is_one(const std::string& name) {
  g_autofree gchar* lower = g_ascii_strdown(name.c_str(), -1);
  return g_str_has_suffix(lower, ".srt") || g_str_has_suffix(lower, ".vtt");
}

CaptionFile::CaptionFile(const std::string& path, bool loop) : loop_(loop) {
  read(path);
  if (cues_.empty())
    throw Error(Error::Kind::Corrupt, path + " has no captions: is it a file of .srt or .vtt?");
}

void CaptionFile::read(const std::string& path) {
  const Object<GstElement> pipeline =
      parse_pipeline("filesrc name=file ! subparse ! appsink name=cues sync=false");
  const Object<GstElement> file = child(pipeline.get(), "file");
  const Object<GstElement> cues = child(pipeline.get(), "cues");
  g_object_set(file.get(), "location", path.c_str(), nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  for (;;) {
    g_autoptr(GstSample) sample = gst_app_sink_pull_sample(GST_APP_SINK(cues.get()));
    if (sample == nullptr) break;  // the end, or an error
    GstBuffer* buffer = gst_sample_get_buffer(sample);
    std::string text = gst_translate::strip_markup(text_of(buffer)).text;
    if (text.empty() || !GST_BUFFER_PTS_IS_VALID(buffer)) continue;
    const GstClockTime start = GST_BUFFER_PTS(buffer);
    const GstClockTime length =
        GST_BUFFER_DURATION_IS_VALID(buffer) ? GST_BUFFER_DURATION(buffer) : pause_before_repeat;
    cues_.push_back({start, start + length, std::move(text)});
  }
  const std::string failure = first_error(pipeline.get());
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  if (!failure.empty()) throw Error(Error::Kind::Unreadable, path + ": " + failure);
  std::stable_sort(cues_.begin(), cues_.end(),
                   [](const Cue& one, const Cue& other) { return one.start < other.start; });
}

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
      end = std::max(end, cue.end);
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
