// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/live/source/text_source.h"

namespace gst_lingua_live {

/// A file of subtitles, whose cues come at their times.
class CaptionFile final : public TextSource {
 public:
  /// Reads it. `loop`: it begins again, one second after its end, for ever. Throws `Error` for what
  /// cannot be read or has no cues.
  CaptionFile(const std::string& path, bool loop);
  ~CaptionFile() override { stop(); }

  bool whole_words() const override { return true; }
  void start(Listener listener) override;
  void stop() override;

  /// True for the name of a file that this is for.
  static bool is_one(const std::string& name);

 private:
  struct Cue {
    GstClockTime start, end;
    std::string text;
  };

  void read(const std::string& path);
  void play();
  bool wait_until(gint64 time);

  const bool loop_;
  std::vector<Cue> cues_;
  Listener listener_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace gst_lingua_live
