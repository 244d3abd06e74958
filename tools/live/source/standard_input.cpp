// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/standard_input.h"

#include <unistd.h>

#include <utility>

namespace gst_lingua_live {

void StandardInput::start(Listener listener) {
  listener_ = std::move(listener);
  const auto piece = [this](const std::string& text) {
    if (utterances_)
      lines_.push(text, listener_);
    else
      listener_.text(text);
  };
  reader_.emplace(STDIN_FILENO, piece, [this] {
    lines_.finish(listener_);
    listener_.end("");
  });
}

}  // namespace gst_lingua_live
