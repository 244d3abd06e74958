// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <libsoup/soup.h>

#include <cstddef>
#include <string>

#include "tools/common/object.h"
#include "tools/live/server/connections.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// An answer without end, sent in pieces as they come. A client that does not read them is cut off
/// when `most` bytes wait for it. For the main thread.
class ClientStream {
 public:
  /// Begins to answer the request, which came by one of the connections, with status 200.
  ClientStream(Connections& connections, SoupServerMessage* message, const char* content_type,
               size_t most);
  ~ClientStream();
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  /// Has no effect on one that is closed.
  void send(GBytes* bytes);
  void send(const std::string& text);

  /// False when the client has gone or was cut off.
  bool open() const { return message_ != nullptr; }

 private:
  void cut_off();
  void close();

  Connections& connections_;
  Object<SoupServerMessage> message_;
  const size_t most_;
  size_t waiting_ = 0;  ///< bytes
};

}  // namespace gst_lingua_live
