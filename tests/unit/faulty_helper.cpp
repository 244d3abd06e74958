// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// gst-lingua-espeak with faults: a clause that has one of these words goes wrong.

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/espeak/isolated/content.h"
#include "gst-tts/espeak/isolated/server.h"

using namespace gst_tts::espeak;

namespace {

void write_raw(const Channel& channel, std::string_view bytes) {
  static_cast<void>(::send(channel.descriptor(), bytes.data(), bytes.size(), 0));
}

/// As an engine that computes without end, which no compiler may take for a loop that ends.
void hang() {
  for (volatile bool forever = true; forever;) {
  }
}

void speak_with_faults(Library& library, const Clause& clause, const Manner& manner,
                       Channel& listener) {
  const auto has = [&clause](std::string_view word) {
    return clause.text.find(word) != std::string::npos;
  };
  if (has("CRASH")) std::raise(SIGKILL);
  if (has("EXIT")) std::exit(3);  // NOLINT(concurrency-mt-unsafe)
  if (has("PRINT")) {
    std::puts("Not for the ears of anybody.");
    std::fflush(stdout);
  }
  if (has("NONSENSE")) write_raw(listener, "This is no message, whatever one makes of it.");
  if (has("HALF")) {
    // The head of a piece of sound, and nothing of its content.
    write_raw(listener, std::string_view("\x08\0\0\0\xff\0\0\0", 8));
    std::_Exit(0);
  }
  if (has("LOUD")) {
    // From the midst of a wave, which is loud, to that of another, and no end.
    const ClauseSound sound{std::vector<int16_t>(5000, 10000), {}};
    listener.send(MessageKind::Sound, write_sound(sound), Channel::forever);
    if (has("LOUDLY")) std::_Exit(0);
    listener.send(MessageKind::End, {}, Channel::forever);
    return;
  }
  if (has("ENDLESS")) {
    // 50 ms of silence again and again.
    const std::string silence = write_sound({std::vector<int16_t>(1102), {}});
    while (listener.send(MessageKind::Sound, silence, Channel::forever) == Channel::Outcome::Done) {
    }
  }
  if (has("HANG")) {
    if (has("SOUND")) {
      library.speak(clause, manner, [&](ClauseSound&&) {
        hang();
        return false;
      });
    }
    hang();
  }
  speak_clause(library, clause, manner, listener);
}

}  // namespace

int main() {
  _exit(run_helper(speak_with_faults));
}
