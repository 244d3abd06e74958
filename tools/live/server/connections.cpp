// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/server/connections.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <limits>

#include "gst-translate/text/error.h"

namespace gst_lingua_live {

using gst_translate::Error;

namespace {

// What the system may hold for one client besides what we do.
constexpr gint send_buffer = 128 * 1024;

}  // namespace

Connections::Connections(SoupServer* server, const std::string& address, int port, size_t most,
                         gint64 patience)
    : server_(server),
      most_(most),
      patience_(patience),
      service_(g_socket_service_new()),
      timer_(1000, [this] { close_idle(); }) {
  const Object<GSocketAddress> asked(
      g_inet_socket_address_new_from_string(address.c_str(), static_cast<guint>(port)));
  GSocketAddress* effective = nullptr;
  g_autoptr(GError) error = nullptr;
  if (g_socket_listener_add_address(G_SOCKET_LISTENER(service_.get()), asked.get(),
                                    G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, nullptr,
                                    &effective, &error) == FALSE)
    throw Error(Error::Kind::Unavailable, "Port " + std::to_string(port) + " of " + address +
                                              " cannot be listened at (" + error->message +
                                              "): --listen names another.");
  const Object<GSocketAddress> kept(effective);
  port_ = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(effective));
  const auto incoming = [](GSocketService*, GSocketConnection* connection, GObject*,
                           gpointer self) -> gboolean {
    static_cast<Connections*>(self)->accept(connection);
    return TRUE;
  };
  g_signal_connect(
      service_.get(), "incoming",
      G_CALLBACK(static_cast<gboolean (*)(GSocketService*, GSocketConnection*, GObject*, gpointer)>(
          incoming)),
      this);
  g_socket_service_start(service_.get());
}

Connections::~Connections() {
  g_signal_handlers_disconnect_by_data(service_.get(), this);
  g_socket_service_stop(service_.get());
  g_socket_listener_close(G_SOCKET_LISTENER(service_.get()));
  for (const auto& entry : connections_)
    g_object_weak_unref(G_OBJECT(entry.second.socket), forget, this);
}

void Connections::accept(GSocketConnection* connection) {
  if (connections_.size() >= most_) {
    g_io_stream_close(G_IO_STREAM(connection), nullptr, nullptr);
    return;
  }
  GSocket* socket = g_socket_connection_get_socket(connection);
  // Captions are small and should not wait for one another.
  g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, nullptr);
  g_socket_set_option(socket, SOL_SOCKET, SO_SNDBUF, send_buffer, nullptr);
  g_socket_set_keepalive(socket, TRUE);
  const Object<GSocketAddress> local(g_socket_connection_get_local_address(connection, nullptr));
  Object<GSocketAddress> remote(g_socket_connection_get_remote_address(connection, nullptr));
  if (!local || !remote) return;
  connections_[remote.get()] = {socket, g_get_monotonic_time() + patience_};
  g_object_weak_ref(G_OBJECT(socket), forget, this);
  soup_server_accept_iostream(server_, G_IO_STREAM(connection), local.get(), remote.get(), nullptr);
  // The address has to stay another than those of later connections as long as this one is known.
  g_object_set_data_full(G_OBJECT(socket), "gst-lingua-live-remote", remote.release(),
                         g_object_unref);
}

/// A connection was closed.
void Connections::forget(gpointer self, GObject* socket) {
  auto& all = static_cast<Connections*>(self)->connections_;
  const auto found = std::find_if(all.begin(), all.end(), [socket](const auto& entry) {
    return G_OBJECT(entry.second.socket) == socket;
  });
  if (found != all.end()) all.erase(found);
}

Connections::Connection* Connections::find(SoupServerMessage* message) {
  const auto found = connections_.find(soup_server_message_get_remote_address(message));
  return found != connections_.end() ? &found->second : nullptr;
}

void Connections::extend(SoupServerMessage* message) {
  if (Connection* connection = find(message))
    connection->deadline = g_get_monotonic_time() + patience_;
}

void Connections::keep(SoupServerMessage* message) {
  if (Connection* connection = find(message))
    connection->deadline = std::numeric_limits<gint64>::max();
}

void Connections::cut_off(SoupServerMessage* message) {
  if (const Connection* connection = find(message))
    g_socket_shutdown(connection->socket, TRUE, TRUE, nullptr);
}

void Connections::close_idle() {
  const gint64 now = g_get_monotonic_time();
  for (const auto& entry : connections_)
    if (entry.second.deadline < now) g_socket_shutdown(entry.second.socket, TRUE, TRUE, nullptr);
}

}  // namespace gst_lingua_live
