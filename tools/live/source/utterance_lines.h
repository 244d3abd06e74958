// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "tools/live/source/text_source.h"

namespace gst_lingua_live {

/// Text in which each line is an utterance.
class UtteranceLines {
 public:
  /// A piece of it, cut anywhere.
  void push(const std::string& text, const TextSource::Listener& listener) {
    line_ += text;
    size_t begin = 0;
    for (size_t end; (end = line_.find('\n', begin)) != std::string::npos; begin = end + 1)
      give(line_.substr(begin, end - begin), listener);
    line_.erase(0, begin);
    if (line_.size() > longest) finish(listener);
  }

  /// What is left of it at its end.
  void finish(const TextSource::Listener& listener) {
    give(line_, listener);
    line_.clear();
  }

 private:
  static constexpr size_t longest = 65536;  ///< bytes; no utterance is longer

  static void give(const std::string& line, const TextSource::Listener& listener) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    listener.text(line);
    listener.utterance_end();
  }

  std::string line_;
};

}  // namespace gst_lingua_live
