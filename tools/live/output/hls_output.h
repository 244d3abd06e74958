// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "tools/live/main_thread.h"
#include "tools/live/output/output.h"
#include "tools/live/output/sound_pipeline.h"
#include "tools/live/output/webvtt_playlist.h"

namespace gst_lingua_live {

/// HTTP Live Streaming (RFC 8216) into a folder: for each language speech as AAC in MPEG-TS,
/// captions as WebVTT and a playlist of both; one more playlist has all languages. The latest
/// segments are kept.
class HlsOutput final : public Output {
 public:
  /// `transcript` lives longer; `now` is the running time. Throws `Error` for a folder that cannot
  /// be written to.
  HlsOutput(const std::string& folder, const std::vector<std::string>& languages,
            const Transcript& transcript, std::function<GstClockTime()> now);

  void start(GstElement* main) override;
  void sound(const std::string& language, GstSample* sample) override;
  void finish() override;

 private:
  void write_masters(const std::vector<std::string>& languages) const;

  const std::string folder_;
  const std::function<GstClockTime()> now_;
  SoundPipeline pipeline_;
  std::list<WebvttPlaylist> captions_;
  std::unique_ptr<Timer> timer_;
};

}  // namespace gst_lingua_live
