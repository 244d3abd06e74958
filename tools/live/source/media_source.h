// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "tools/common/object.h"
#include "tools/live/main_thread.h"
#include "tools/live/source/text_source.h"
#include "tools/live/source/transcriber.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// A file, a stream or the microphone, played in real time: its text track, or what a transcriber
/// hears in it.
class MediaSource final : public TextSource {
 public:
  /// `transcriber` may be null where there is a text track.
  MediaSource(const Options& options, std::unique_ptr<Transcriber> transcriber);
  ~MediaSource() override { stop(); }

  bool whole_words() const override { return true; }
  void start(Listener listener) override;
  void stop() override;

 private:
  void choose(GstMessage* message);
  Object<GstElement> add(const char* factory);
  void open_sound(const std::string& uri);
  void open_text(const std::string& uri);
  void connect_pads(GstElement* element);
  bool is_chosen(GstStream* stream);
  void link(GstPad* pad);
  void take_text();
  void take_message(GstMessage* message);
  void end(const std::string& failure);

  const bool microphone_;
  const std::string name_;      ///< for messages
  const std::string language_;  ///< of the track that is wanted
  std::unique_ptr<Transcriber> transcriber_;
  Listener listener_;
  bool ended_ = false;
  bool unread_ = false;  ///< the transcriber reads no more
  std::mutex mutex_;
  std::string chosen_;  ///< the id of a stream; guarded by the mutex
  Object<GstElement> pipeline_, taker_;
  guint watch_ = 0;
  std::optional<Timer> patience_;  ///< until something comes
  bool told_ = false;              ///< that nothing does
};

}  // namespace gst_lingua_live
