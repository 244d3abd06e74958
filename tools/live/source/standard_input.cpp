// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/standard_input.h"

#include <unistd.h>

#include <utility>

namespace gst_lingua_live {

void StandardInput::start(Listener listener) {
  listener_ = std::move(listener);
  const auto piece = [this](const std::string& bytes) { take(decoder_.push(bytes)); };
  reader_.emplace(STDIN_FILENO, piece, [this] {
    take(decoder_.finish());
    lines_.finish(listener_);
    listener_.end("");
  });
}

void StandardInput::take(const std::string& text) {
  if (text.empty()) return;
  if (utterances_)
    lines_.push(text, listener_);
  else
    listener_.text(text);
}

}  // namespace gst_lingua_live
