// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/isolated/channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "gst-translate/text/error.h"

namespace gst_tts::espeak {

namespace {

using Clock = std::chrono::steady_clock;

struct Head {
  MessageKind kind;
  uint32_t length;  ///< bytes of content
};

constexpr uint32_t longest_content = 1 << 24;  ///< more is nonsense

#ifdef MSG_NOSIGNAL
constexpr int send_flags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int send_flags = MSG_DONTWAIT;
#endif
#ifdef MSG_CMSG_CLOEXEC
constexpr int receive_flags = MSG_CMSG_CLOEXEC | MSG_DONTWAIT;
#else
constexpr int receive_flags = MSG_DONTWAIT;
#endif

/// The buffer for one descriptor beside a message.
struct Attachment {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
};

/// Waits until it may be read or written.
bool wait_for(int socket, short events, Channel::Duration patience) {
  const bool forever = patience == Channel::forever;
  const auto end = forever ? Clock::time_point() : Clock::now() + patience;
  for (;;) {
    int milliseconds = -1;
    if (!forever) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
      milliseconds = static_cast<int>(std::clamp<int64_t>(left, 0, 1000000));
    }
    pollfd waiting = {socket, events, 0};
    const int ready = poll(&waiting, 1, milliseconds);
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) return true;  // the next call says what is wrong
  }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Descriptor::reset() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::pair<Channel, Channel> Channel::make_pair() {
  std::array<int, 2> sockets{};
#ifdef SOCK_CLOEXEC
  const int failure = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data());
#else
  const int failure = socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data());
#endif
  if (failure != 0) {
    throw gst_translate::Error(gst_translate::Error::Kind::Failed,
                               "The system gives no connection to a process that speaks.",
                               std::strerror(errno));  // NOLINT(concurrency-mt-unsafe)
  }
  for (const int socket : sockets) {
#ifndef SOCK_CLOEXEC
    fcntl(socket, F_SETFD, FD_CLOEXEC);
#endif
#ifdef SO_NOSIGPIPE
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#else
    static_cast<void>(socket);
#endif
  }
  return {Channel(Descriptor(sockets[0])), Channel(Descriptor(sockets[1]))};
}

bool Channel::connected() const {
  pollfd now = {socket_.get(), 0, 0};  // of hanging up one hears always
  return socket_ && poll(&now, 1, 0) == 0;
}

Channel::Outcome Channel::send(MessageKind kind, std::string_view content, Duration patience,
                               int attached) {
  const Head head = {kind, static_cast<uint32_t>(content.size())};
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes += content;
  for (size_t sent = 0; sent < bytes.size();) {
    iovec part = {bytes.data() + sent, bytes.size() - sent};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Attachment attachment;
    if (attached >= 0 && sent == 0) {
      message.msg_control = attachment.space.data();
      message.msg_controllen = attachment.space.size();
      cmsghdr* control = CMSG_FIRSTHDR(&message);
      control->cmsg_level = SOL_SOCKET;
      control->cmsg_type = SCM_RIGHTS;
      control->cmsg_len = CMSG_LEN(sizeof attached);
      std::memcpy(CMSG_DATA(control), &attached, sizeof attached);
    }
    const ssize_t count = sendmsg(socket_.get(), &message, send_flags);
    if (count >= 0) {
      sent += static_cast<size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket_.get(), POLLOUT, patience)) return Outcome::TimedOut;
    } else if (errno != EINTR) {
      return Outcome::Closed;
    }
  }
  return Outcome::Done;
}

Channel::Outcome Channel::receive(Message& message, Duration patience) {
  for (;;) {
    bool nonsense = false;
    if (take_message(message, nonsense)) return Outcome::Done;
    const Outcome outcome = nonsense ? Outcome::Closed : read_more(patience);
    if (outcome != Outcome::Done) return outcome;
  }
}

Channel::Outcome Channel::read_more(Duration patience) {
  std::array<char, 16384> bytes;
  for (;;) {
    iovec part = {bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Attachment attachment;
    message.msg_control = attachment.space.data();
    message.msg_controllen = attachment.space.size();
    const ssize_t count = recvmsg(socket_.get(), &message, receive_flags);
    if (count > 0) {
      cmsghdr* control = CMSG_FIRSTHDR(&message);
      if (control != nullptr && control->cmsg_type == SCM_RIGHTS) {
        int descriptor = -1;
        std::memcpy(&descriptor, CMSG_DATA(control), sizeof descriptor);
        descriptors_.emplace_back(descriptor);
      }
      received_.append(bytes.data(), static_cast<size_t>(count));
      return Outcome::Done;
    }
    if (count == 0) return Outcome::Closed;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket_.get(), POLLIN, patience)) return Outcome::TimedOut;
    } else if (errno != EINTR) {
      return Outcome::Closed;
    }
  }
}

/// False where it has not come yet, or where what comes is none.
bool Channel::take_message(Message& message, bool& nonsense) {
  Head head{};
  if (received_.size() < sizeof head) return false;
  std::memcpy(&head, received_.data(), sizeof head);
  nonsense = head.kind < MessageKind::Hello || head.kind > MessageKind::Failure ||
             head.length > longest_content;
  if (nonsense || received_.size() - sizeof head < head.length) return false;
  message.kind = head.kind;
  message.content.assign(received_, sizeof head, head.length);
  received_.erase(0, sizeof head + head.length);
  message.descriptor.reset();
  if (message.kind == MessageKind::Voice || message.kind == MessageKind::Speaker ||
      message.kind == MessageKind::Voices) {
    nonsense = descriptors_.empty();
    if (nonsense) return false;
    message.descriptor = std::move(descriptors_.front());
    descriptors_.pop_front();
  }
  return true;
}

}  // namespace gst_tts::espeak
