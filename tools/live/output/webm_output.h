// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/live/output/output.h"
#include "tools/live/output/sound_pipeline.h"
#include "tools/live/server/client_stream.h"

namespace gst_lingua_live {

/// Speech as WebM with Opus (RFC 6716, matroska.org), without end, for many clients of a server.
/// It is encoded once a language. Timestamps are running times.
class WebmOutput final : public Output {
 public:
  explicit WebmOutput(const std::vector<std::string>& languages);
  ~WebmOutput() override;

  /// One more listener. In the main thread. The language is one of those given above.
  void add(const std::string& language, std::unique_ptr<ClientStream> client);
  size_t clients() const;

  void start(GstElement* main) override;
  void sound(const std::string& language, GstSample* sample) override;
  void finish() override;

 private:
  class Stream;

  std::map<std::string, std::unique_ptr<Stream>> streams_;
};

}  // namespace gst_lingua_live
