// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/server/client_stream.h"

#include <algorithm>
#include <utility>

namespace gst_lingua_live {

using gst_lingua_tools::share;

ClientStream::ClientStream(Connections& connections, SoupServerMessage* message,
                           const char* content_type, size_t most)
    : connections_(connections), message_(share(message)), most_(most) {
  connections_.keep(message);
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message);
  soup_message_headers_set_encoding(headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type(headers, content_type, nullptr);
  // Proxies would collect it.
  soup_message_headers_replace(headers, "X-Accel-Buffering", "no");
  soup_message_body_set_accumulate(soup_server_message_get_response_body(message), FALSE);
  soup_server_message_set_status(message, SOUP_STATUS_OK, nullptr);

  const auto wrote = [](SoupServerMessage*, guint size, gpointer data) {
    auto* self = static_cast<ClientStream*>(data);
    self->waiting_ -= std::min<size_t>(size, self->waiting_);
  };
  g_signal_connect(message, "wrote-body-data",
                   G_CALLBACK(static_cast<void (*)(SoupServerMessage*, guint, gpointer)>(wrote)),
                   this);
  const auto finished = [](SoupServerMessage*, gpointer data) {
    static_cast<ClientStream*>(data)->close();
  };
  g_signal_connect(message, "finished",
                   G_CALLBACK(static_cast<void (*)(SoupServerMessage*, gpointer)>(finished)), this);
}

ClientStream::~ClientStream() {
  cut_off();
}

void ClientStream::send(GBytes* bytes) {
  if (!open()) return;
  const size_t size = g_bytes_get_size(bytes);
  if (size == 0) return;  // would end the answer
  if (waiting_ + size > most_) {
    cut_off();
    return;
  }
  waiting_ += size;
  soup_message_body_append_bytes(soup_server_message_get_response_body(message_.get()), bytes);
  soup_server_message_unpause(message_.get());
}

void ClientStream::send(const std::string& text) {
  g_autoptr(GBytes) bytes = g_bytes_new(text.data(), text.size());
  send(bytes);
}

void ClientStream::cut_off() {
  if (!open()) return;
  const Object<SoupServerMessage> message = share(message_.get());
  connections_.cut_off(message.get());
  close();
  soup_server_message_unpause(message.get());  // finds that it cannot write
}

void ClientStream::close() {
  if (!open()) return;
  g_signal_handlers_disconnect_by_data(message_.get(), this);
  message_.reset();
}

}  // namespace gst_lingua_live
