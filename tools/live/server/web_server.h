// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <libsoup/soup.h>

#include <map>
#include <memory>
#include <string>

#include "tools/common/object.h"
#include "tools/live/main_thread.h"
#include "tools/live/options.h"
#include "tools/live/output/webm_output.h"
#include "tools/live/server/access.h"
#include "tools/live/server/connections.h"
#include "tools/live/server/event_stream.h"
#include "tools/live/transcript.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// The page, and what it is made of: see docs/gst-lingua-live.md. For the main thread.
class WebServer {
 public:
  /// Listens, and answers from then on. `speech` and `transcript` live longer. Throws `Error` where
  /// the port is taken.
  WebServer(const Options& options, const Transcript& transcript, WebmOutput& speech,
            const std::vector<std::string>& spoken, std::function<GstClockTime()> now);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  /// Where a browser on this machine finds the page.
  std::string address() const;

  void caption(const Sentence& sentence, const std::string& language);
  void spoken(const Sentence& sentence, const std::string& language);
  void end();

 private:
  void check(SoupServerMessage* message);
  void answer(SoupServerMessage* message, const std::string& path);
  bool answer_page(SoupServerMessage* message, const std::string& path);
  void answer_languages(SoupServerMessage* message);
  void answer_captions(SoupServerMessage* message, const std::string& language);
  void answer_speech(SoupServerMessage* message, const std::string& file);
  void answer_transcript(SoupServerMessage* message, const std::string& file);
  void answer_hls(SoupServerMessage* message, const std::string& file);
  bool is_full(SoupServerMessage* message, size_t clients);
  size_t listeners() const;

  const Options& options_;
  const Transcript& transcript_;
  WebmOutput& speech_;
  const std::vector<std::string> spoken_;
  const std::function<GstClockTime()> now_;
  const std::string session_;
  const Access access_;
  std::map<std::string, EventStream> streams_;
  Object<SoupServer> server_;
  Connections connections_;
  Timer clock_;
  bool ended_ = false;
};

}  // namespace gst_lingua_live
