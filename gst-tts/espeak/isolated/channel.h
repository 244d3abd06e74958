// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace gst_tts::espeak {

/// A file descriptor that is closed with its owner, and by no program that is started meanwhile.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { reset(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void reset();

 private:
  int number_ = -1;
};

/// What two processes say to each other. The numbers are part of what they say.
enum class MessageKind : uint32_t {
  Hello = 1,  ///< the helper is there; or `Failure`
  Voice,      ///< to the helper: a process for a voice, which is at the other end of `descriptor`
  Ready,      ///< the process has its voice
  NoVoice,    ///< there is no such voice, and no process
  Speaker,    ///< to a voice: a process for an utterance, likewise
  Clause,     ///< to a speaker: say this
  Phonemes,   ///< to a speaker: how would this be said?; it answers with the same
  Sound,      ///< of the clause, a piece
  End,        ///< of the clause
  Voices,     ///< to the helper: a process that says which of these voices there are, likewise
  Installed,  ///< these
  Failure,    ///< the Error that came of what was asked
};

struct Message {
  MessageKind kind = MessageKind::Failure;
  std::string content;
  Descriptor descriptor;
};

/// One end of a connection between two processes, over which whole messages go. A peer that is gone
/// raises no signal. From one thread at a time.
class Channel {
 public:
  using Duration = std::chrono::steady_clock::duration;
  enum class Outcome {
    Done,
    Closed,    ///< the peer is gone, perhaps amid a message, or talks nonsense
    TimedOut,  ///< what has come of a message stays
  };

  Channel() = default;
  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}

  /// Two ends of a new connection. Throws `Error` (Failed) where the system gives none.
  static std::pair<Channel, Channel> make_pair();

  explicit operator bool() const { return static_cast<bool>(socket_); }
  int descriptor() const { return socket_.get(); }

  /// Whether the peer is still there. Else, all that it has sent can be received.
  bool connected() const;

  /// Waits while the connection is full, but no longer than `patience`, which may be `forever`.
  /// With `attached`, the peer gets that descriptor, too.
  Outcome send(MessageKind kind, std::string_view content, Duration patience, int attached = -1);
  Outcome receive(Message& message, Duration patience);

  static constexpr Duration forever = Duration::max();

 private:
  Outcome read_more(Duration patience);
  bool take_message(Message& message, bool& nonsense);

  Descriptor socket_;
  std::string received_;  ///< and not taken
  std::deque<Descriptor> descriptors_;
};

/// Closes a channel for good: the peer notices at once.
inline void close(Channel& channel) {
  channel = Channel();
}

}  // namespace gst_tts::espeak
