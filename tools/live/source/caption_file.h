// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tools/common/cue.h"
#include "tools/live/source/text_source.h"

namespace gst_lingua_live {

using gst_lingua_tools::Cue;

/// The cues of a file of subtitles, which come at their times.
class CaptionFile final : public TextSource {
 public:
  /// `loop`: they begin again, one second after their end, for ever.
  CaptionFile(std::vector<Cue> cues, bool loop) : cues_(std::move(cues)), loop_(loop) {}
  ~CaptionFile() override { stop(); }

  bool whole_words() const override { return true; }
  void start(Listener listener) override;
  void stop() override;

 private:
  void play();
  bool wait_until(gint64 time);

  const std::vector<Cue> cues_;
  const bool loop_;
  Listener listener_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace gst_lingua_live
