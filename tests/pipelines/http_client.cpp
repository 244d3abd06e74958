// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pipelines/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace gst_lingua_tests {

namespace {

using Clock = std::chrono::steady_clock;

std::string request(const std::string& method, int port, const std::string& path,
                    const std::vector<std::string>& headers) {
  std::string text = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port);
  for (const std::string& header : headers)
    text += "\r\n" + header;
  return text + "\r\n\r\n";
}

/// The body of an answer that comes in chunks, as far as it has come.
std::string without_chunks(const std::string& answer) {
  size_t at = answer.find("\r\n\r\n");
  std::string body;
  if (at == std::string::npos) return body;
  at += 4;
  while (at < answer.size()) {
    const size_t end = answer.find("\r\n", at);
    if (end == std::string::npos) break;
    const size_t size = std::strtoul(answer.c_str() + at, nullptr, 16);
    body += answer.substr(end + 2, size);
    at = end + 2 + size + 2;
  }
  return body;
}

}  // namespace

Connection::Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  closed_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0;
}

Connection::~Connection() {
  close(socket_);
}

bool Connection::send(const std::string& bytes) const {
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t sent = ::send(socket_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    done += static_cast<size_t>(sent);
  }
  return true;
}

const std::string& Connection::read_until(const std::string& text, double seconds) {
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (!closed_ && (text.empty() || read_.find(text) == std::string::npos) && Clock::now() < end)
    read_some(50);
  return read_;
}

bool Connection::is_closed_within(double seconds) {
  read_until("", seconds);
  return closed_;
}

bool Connection::read_some(int milliseconds) {
  pollfd wait = {socket_, POLLIN, 0};
  if (poll(&wait, 1, milliseconds) <= 0) return false;
  std::array<char, 65536> buffer;
  const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) {
    closed_ = true;
    return false;
  }
  read_.append(buffer.data(), static_cast<size_t>(count));
  return true;
}

std::string Answer::header(const std::string& name) const {
  const std::string start = "\r\n" + name + ": ";
  const size_t at = headers.find(start);
  if (at == std::string::npos) return {};
  return headers.substr(at + start.size(), headers.find("\r\n", at + 2) - at - start.size());
}

Answer get(int port, const std::string& path, const std::vector<std::string>& headers,
           const std::string& method) {
  Connection connection(port);
  std::vector<std::string> all = headers;
  all.emplace_back("Connection: close");
  Answer answer;
  connection.send(request(method, port, path, all));
  connection.is_closed_within(60);
  const std::string& text = connection.read_until("\r\n\r\n", 0);
  const size_t end = text.find("\r\n\r\n");
  if (text.rfind("HTTP/1.1 ", 0) != 0 || end == std::string::npos) return answer;
  answer.status = std::atoi(text.c_str() + 9);
  answer.headers = text.substr(0, end + 2);
  answer.body = text.substr(end + 4);
  return answer;
}

Stream::Stream(int port, const std::string& path, const std::vector<std::string>& headers)
    : connection_(port) {
  connection_.send(request("GET", port, path, headers));
}

std::string Stream::read_until(const std::string& text, size_t times, double seconds) {
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  for (;;) {
    std::string body = without_chunks(connection_.read_until("\n\n\n\n", 0.05));
    size_t count = 0;
    for (size_t at = 0; (at = body.find(text, at)) != std::string::npos; at += text.size())
      ++count;
    if (count >= times || Clock::now() > end || connection_.is_closed_within(0)) return body;
  }
}

}  // namespace gst_lingua_tests
