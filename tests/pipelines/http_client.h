// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

namespace gst_lingua_tests {

/// One connection to a server on this machine that says just what it is told to, right or wrong.
class Connection {
 public:
  explicit Connection(int port);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// False if the server has closed it.
  bool send(const std::string& bytes) const;

  /// All that came so far, once it has `text` in it, the server has closed the connection, or the
  /// time is over.
  const std::string& read_until(const std::string& text, double seconds = 60);

  /// True once the server has closed it.
  bool is_closed_within(double seconds);

 private:
  bool read_some(int milliseconds);

  int socket_;
  bool closed_ = false;
  std::string read_;
};

/// An answer.
struct Answer {
  int status = 0;  ///< 0: none came
  std::string headers, body;

  /// The value of a header; empty if there is none.
  std::string header(const std::string& name) const;
};

/// Asks for something and reads the whole answer. `headers`: whole lines without their ends.
Answer get(int port, const std::string& path, const std::vector<std::string>& headers = {},
           const std::string& method = "GET");

/// An endless answer, read as it comes: `text` in it within the time. Without the chunks' lengths.
class Stream {
 public:
  Stream(int port, const std::string& path, const std::vector<std::string>& headers = {});

  /// The body so far, once it has that in it so many times.
  std::string read_until(const std::string& text, size_t times = 1, double seconds = 60);

  bool is_closed_within(double seconds) { return connection_.is_closed_within(seconds); }

 private:
  Connection connection_;
};

}  // namespace gst_lingua_tests
