// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What clients of gst-lingua-live cost that do not read, or do not ask for anything.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <thread>

#include "tests/pipelines/http_client.h"
#include "tools/live/main_thread.h"
#include "tools/live/server/client_stream.h"
#include "tools/live/server/connections.h"

namespace gst_lingua_tests {
namespace {

using gst_lingua_live::ClientStream;
using gst_lingua_live::Connections;
using gst_lingua_live::Object;
using gst_lingua_live::Timer;

constexpr gint64 patience = G_USEC_PER_SEC;
constexpr size_t most = 65536;

/// A server on this thread whose answers have no end, and a client in another thread.
class LiveLimits : public testing::Test {
 protected:
  LiveLimits()
      : server_(soup_server_new(nullptr, nullptr)),
        connections_(server_.get(), "127.0.0.1", 0, 20, patience) {
    const auto on_request = [](SoupServer*, SoupServerMessage* message, const char* path,
                               GHashTable*, gpointer data) {
      auto* self = static_cast<LiveLimits*>(data);
      self->connections_.extend(message);
      if (std::string(path) != "/stream") {
        soup_server_message_set_status(message, SOUP_STATUS_NOT_FOUND, nullptr);
        return;
      }
      self->clients_.push_back(
          std::make_unique<ClientStream>(self->connections_, message, "text/plain", most));
      self->clients_.back()->send("hello\n");
    };
    soup_server_add_handler(server_.get(), nullptr, on_request, this, nullptr);
  }

  ~LiveLimits() override {
    clients_.clear();
    soup_server_disconnect(server_.get());
  }

  void run(const std::function<void()>& client) {
    std::atomic<bool> done{false};
    std::thread thread([&] {
      client();
      done = true;
      g_main_context_wakeup(nullptr);
    });
    while (!done)
      g_main_context_iteration(nullptr, TRUE);
    thread.join();
  }

  int port() const { return connections_.port(); }

  /// Sends each client so much, again and again.
  std::unique_ptr<Timer> send_each(guint milliseconds, size_t size) {
    return std::make_unique<Timer>(milliseconds, [this, size] {
      const std::string piece(size, 'x');
      for (const auto& client : clients_)
        client->send(piece);
    });
  }

  Object<SoupServer> server_;
  Connections connections_;
  std::list<std::unique_ptr<ClientStream>> clients_;
};

TEST_F(LiveLimits, WhoAsksForNothingIsClosed) {
  run([this] {
    Connection idle(port()), half(port()), asked(port());
    half.send("GET /stream HTT");
    asked.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(idle.is_closed_within(60));
    EXPECT_TRUE(half.is_closed_within(60));
    EXPECT_TRUE(asked.is_closed_within(60));
    EXPECT_NE(asked.read_until("404", 0).find("404"), std::string::npos);
  });
}

TEST_F(LiveLimits, WhoGetsSomethingStays) {
  const auto timer = send_each(500, 10);
  run([this] {
    Stream stream(port(), "/stream");
    EXPECT_FALSE(stream.is_closed_within(3));
    EXPECT_GT(stream.read_until("xxxxxxxxxx", 4).size(), 40u);
  });
}

TEST_F(LiveLimits, WhoDoesNotReadIsCutOffAlone) {
  const auto timer = send_each(10, 8192);
  run([this] {
    Connection slow(port());
    slow.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    slow.read_until("hello");
    Connection reader(port());
    reader.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    size_t read = 0;
    for (int i = 0; i < 600 && read < 2000000; ++i)
      read = reader.read_until("nothing like that", 0.1).size();
    EXPECT_FALSE(reader.is_closed_within(0));
    EXPECT_GE(read, 2000000u);
    EXPECT_TRUE(slow.is_closed_within(60));
    EXPECT_LT(slow.read_until("nothing like that", 0).size(), 8000000u);
  });
  ASSERT_EQ(clients_.size(), 2u);
  EXPECT_FALSE(clients_.front()->open());
}

TEST_F(LiveLimits, WhoGoesIsForgotten) {
  const auto timer = send_each(20, 1000);
  run([this] {
    { Stream stream(port(), "/stream"), another(port(), "/stream"); }
    for (int i = 0; i < 40; ++i)  // were they counted for ever, these would be refused
      EXPECT_EQ(get(port(), "/").status, 404) << i;
  });
  const auto is_open = [](const auto& client) { return client->open(); };
  for (const gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
       std::any_of(clients_.begin(), clients_.end(), is_open) && g_get_monotonic_time() < end;)
    g_main_context_iteration(nullptr, TRUE);
  for (const auto& client : clients_)
    EXPECT_FALSE(client->open());
}

}  // namespace
}  // namespace gst_lingua_tests
