// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <libsoup/soup.h>

#include <map>
#include <string>

#include "tools/common/object.h"
#include "tools/live/main_thread.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// Accepts connections for a server: so many at a time, and none that neither asks for something
/// within a while nor gets something. For the main thread.
class Connections {
 public:
  /// Listens. `most`: connections at a time; `patience`: us that one may take to ask for something.
  /// Throws `Error` where that cannot be done: the port is taken.
  Connections(SoupServer* server, const std::string& address, int port, size_t most,
              gint64 patience);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// The port, which is another one than was asked for if that was 0.
  int port() const { return port_; }

  /// The request has been answered: the next one may take as long as the first.
  void extend(SoupServerMessage* message);

  /// The answer to this request has no end.
  void keep(SoupServerMessage* message);

  /// Closes the connection, whatever is on its way.
  void cut_off(SoupServerMessage* message);

 private:
  struct Connection {
    GSocket* socket;
    gint64 deadline;  ///< monotonic time in us at which it is closed
  };

  void accept(GSocketConnection* connection);
  Connection* find(SoupServerMessage* message);
  static void forget(gpointer self, GObject* socket);
  void close_idle();

  SoupServer* const server_;
  const size_t most_;
  const gint64 patience_;
  int port_ = 0;
  Object<GSocketService> service_;
  /// By the other end, which a request knows.
  std::map<GSocketAddress*, Connection> connections_;
  Timer timer_;
};

}  // namespace gst_lingua_live
