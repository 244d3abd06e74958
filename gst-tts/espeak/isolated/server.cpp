// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/isolated/server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "gst-tts/espeak/isolated/content.h"

namespace gst_tts::espeak {

namespace {

/// Set a voice within so many seconds, or end: nobody waits any longer.
constexpr unsigned voice_seconds = 30;

bool send(Channel& channel, MessageKind kind, std::string_view content = {}) {
  return channel.send(kind, content, Channel::forever) == Channel::Outcome::Done;
}

bool receive(Channel& channel, Message& message) {
  return channel.receive(message, Channel::forever) == Channel::Outcome::Done;
}

/// Ends this process as soon as nobody is at the other end, whatever espeak-ng is at.
void end_with(const Channel& channel) {
  std::thread([socket = channel.descriptor()] {
    for (;;) {
      pollfd waiting = {socket, 0, 0};  // of hanging up one hears always
      if (poll(&waiting, 1, -1) > 0) _exit(0);
    }
  }).detach();
}

/// What the program that started this one has open is not held open by it.
void close_what_was_inherited() {
  std::vector<int> inherited;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/fd", error))
    inherited.push_back(std::atoi(entry.path().filename().c_str()));
  for (const int descriptor : inherited)
    if (descriptor > STDERR_FILENO) ::close(descriptor);
}

/// They end as we do, and none is left to a stranger.
void wait_for_children() {
  while (wait(nullptr) > 0) {
  }
}

/// What an utterance's process does.
void converse(Channel channel, const Speak& speak) {
  end_with(channel);
  Library& library = Library::get();
  for (Message request; receive(channel, request);) {
    try {
      if (request.kind == MessageKind::Clause) {
        Clause clause;
        Manner manner;
        if (!read_clause(request.content, clause, manner)) return;
        speak(library, clause, manner, channel);
      } else if (request.kind == MessageKind::Phonemes) {
        if (!send(channel, MessageKind::Phonemes, library.phonemes(request.content))) return;
      } else {
        return;
      }
    } catch (const Error& error) {
      if (!send(channel, MessageKind::Failure, write_error(error))) return;
    }
  }
}

/// In a fork of this process, which ends with it; this one goes on.
template <typename Action>
void in_child(Channel& own, Message& request, Action action) {
  const pid_t child = fork();
  if (child != 0) {
    // Where there is no process more, who asked notices that its connection is closed.
    request.descriptor.reset();
    return;
  }
  close(own);
  action(Channel(std::move(request.descriptor)));
  _exit(0);
}

/// As long as it lives, what is printed to standard error leads nowhere. In a process with one
/// thread.
class Hush {
 public:
  Hush() : standard_error_(dup(STDERR_FILENO)) {
    const Descriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
    dup2(nowhere.get(), STDERR_FILENO);
  }
  ~Hush() { dup2(standard_error_.get(), STDERR_FILENO); }
  Hush(const Hush&) = delete;
  Hush& operator=(const Hush&) = delete;

 private:
  const Descriptor standard_error_;
};

bool set_voice(const std::string& name) {
  const Hush hush;  // espeak-ng says there whose dictionary is a small one
  alarm(voice_seconds);
  const bool found = Library::get().set_voice(name);
  alarm(0);
  return found;
}

void serve_voice(Channel channel, const std::string& name, const Speak& speak) {
  const bool found = set_voice(name);
  if (!send(channel, found ? MessageKind::Ready : MessageKind::NoVoice) || !found) return;
  for (Message request; receive(channel, request) && request.kind == MessageKind::Speaker;)
    in_child(channel, request, [&](Channel utterance) { converse(std::move(utterance), speak); });
  wait_for_children();
}

/// In a process of its own, since each voice that is set changes what is said later.
void list_voices(Channel channel, const std::set<std::string>& names) {
  std::set<std::string> installed;
  for (const std::string& name : names)
    if (set_voice(name)) installed.insert(name);
  send(channel, MessageKind::Installed, write_names(installed));
}

}  // namespace

void speak_clause(Library& library, const Clause& clause, const Manner& manner, Channel& listener) {
  // The first piece at once; then as much again as is there already, for each message wakes
  // somebody.
  ClauseSound waiting;
  size_t sent = 0;
  const auto hand_over = [&] {
    sent += waiting.samples.size();
    return send(listener, MessageKind::Sound, write_sound(std::exchange(waiting, {})));
  };
  const auto collect = [&](ClauseSound&& piece) {
    waiting.samples.insert(waiting.samples.end(), piece.samples.begin(), piece.samples.end());
    waiting.events.insert(waiting.events.end(), piece.events.begin(), piece.events.end());
    return waiting.samples.size() < sent || hand_over();
  };
  if (library.speak(clause, manner, collect) && hand_over()) send(listener, MessageKind::End);
}

int run_helper(const Speak& speak) {
  int type = 0;
  socklen_t size = sizeof type;
  if (getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) != 0) {
    std::fputs("gst-lingua-espeak speaks for libgst-tts, which starts it itself.\n", stderr);
    return 2;
  }
  close_what_was_inherited();
  std::signal(SIGCHLD, SIG_IGN);  // no child that has ended is kept
  Channel channel{Descriptor(STDIN_FILENO)};
  Library& library = Library::get();
  try {
    library.open();
  } catch (const Error& error) {
    send(channel, MessageKind::Failure, write_error(error));
    return 1;
  }
  const Greeting greeting = {GST_LINGUA_BUILD, library.sample_rate(), library.version(),
                             library.data_folder()};
  if (!send(channel, MessageKind::Hello, write_greeting(greeting))) return 1;
  for (Message request; receive(channel, request);) {
    if (request.kind != MessageKind::Voice && request.kind != MessageKind::Voices) break;
    in_child(channel, request, [&](Channel other) {
      if (request.kind == MessageKind::Voice)
        serve_voice(std::move(other), request.content, speak);
      else
        list_voices(std::move(other), read_names(request.content));
    });
  }
  wait_for_children();
  return 0;
}

}  // namespace gst_tts::espeak
