// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <libsoup/soup.h>

#include <map>
#include <string>

#include "tools/live/main_thread.h"
#include "tools/live/object.h"

namespace gst_lingua_live {

/// Accepts connections for a server: so many at a time, and none that neither asks for something
/// within a while nor gets something. For the main thread.
class Connections {
 public:
  /// Listens. Throws `Error` where that cannot be done: the port is taken.
  Connections(SoupServer* server, const std::string& address, int port, size_t most);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// The port, which is another one than was asked for if that was 0.
  int port() const { return port_; }

  /// The request has been answered: the next one may take as long as the first.
  void extend(SoupServerMessage* message);

  /// The answer to this request has no end.
  void keep(SoupServerMessage* message);

 private:
  void accept(GSocketConnection* connection);
  static void forget(gpointer self, GObject* socket);
  void close_idle();

  SoupServer* const server_;
  const size_t most_;
  int port_ = 0;
  Object<GSocketService> service_;
  /// When they are closed, monotonic time in us.
  std::map<GSocket*, gint64> deadlines_;
  Timer timer_;
};

}  // namespace gst_lingua_live
