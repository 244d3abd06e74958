// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/live/output/output.h"
#include "tools/live/output/sound_pipeline.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// Speech alone, to a server or player elsewhere, by one pipeline.
class StreamOutput final : public Output {
 public:
  /// As for `SoundPipeline`.
  StreamOutput(std::string name, std::function<Object<GstElement>()> make)
      : pipeline_(std::move(name), std::move(make)) {}

  void start(GstElement* main) override { pipeline_.start(main); }
  void sound(const std::string& language, GstSample* sample) override {
    pipeline_.push(language, sample);
  }
  void finish() override { pipeline_.finish(); }

 private:
  SoundPipeline pipeline_;
};

/// MPEG-TS over SRT, with a sound track of AAC a language, tagged with it. `uri`: srt://HOST:PORT
/// to call a server, srt://:PORT?mode=listener to be called, by any number of players.
std::unique_ptr<Output> make_srt_output(const std::string& uri,
                                        const std::vector<std::string>& languages);

/// Ogg with Opus to a mount point of an Icecast server. `uri`:
/// http://USER:PASSWORD@HOST:PORT/MOUNT; the language stands for "{language}" in it.
std::unique_ptr<Output> make_icecast_output(const std::string& uri, const std::string& language);

}  // namespace gst_lingua_live
