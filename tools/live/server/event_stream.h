// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <list>
#include <memory>
#include <string>

#include "tools/live/server/client_stream.h"
#include "tools/live/transcript.h"

namespace gst_lingua_live {

/// The captions of one language as server-sent events (HTML standard, section 9.2). For the main
/// thread.
class EventStream {
 public:
  /// `language` may be the input's own. `session` tells the events of one run of the program from
  /// those of the next.
  EventStream(std::string language, std::string session);

  /// A listener who has seen `last_event_id`, empty: nothing; sends what came since then, at most
  /// the latest hundred.
  void add(std::unique_ptr<ClientStream> client, const std::string& last_event_id,
           const Transcript& transcript, GstClockTime now);

  void send_caption(const Sentence& sentence);
  void send_speech(const Sentence& sentence);
  /// What time it is; also finds clients that have gone.
  void send_clock(GstClockTime now);
  void send_end();

  size_t clients() const { return clients_.size(); }

 private:
  void send(const std::string& event);
  std::string caption_event(const Sentence& sentence) const;
  std::string speech_event(const Sentence& sentence) const;
  uint64_t parse(const std::string& event_id) const;

  const std::string language_, session_;
  std::list<std::unique_ptr<ClientStream>> clients_;
  uint64_t last_original_ = 0;  ///< its text was sent as the language's own
  bool ended_ = false;
};

}  // namespace gst_lingua_live
