// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tools/live/options.h"

namespace gst_lingua_live {

/// Where text comes from, at the moment at which it is said.
class TextSource {
 public:
  /// Called from any thread, one at a time. `text` may block, which holds the source up.
  struct Listener {
    std::function<void(const std::string& text)> text;
    std::function<void()> utterance_end;  ///< whatever was said so far is a whole utterance
    /// Nothing more will come; `failure` is empty, or says for the user why not.
    std::function<void(const std::string& failure)> end;
  };

  virtual ~TextSource() = default;
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  /// True if its pieces are whole words, which want spaces between them; false if they are cut
  /// anywhere.
  virtual bool whole_words() const = 0;

  /// Time runs from now on.
  virtual void start(Listener listener) = 0;

  /// Calls the listener no more. Whoever it blocks must have let it go.
  virtual void stop() = 0;

 protected:
  TextSource() = default;
};

/// The source that the command line names. Throws `Error` for one that cannot be opened.
std::unique_ptr<TextSource> make_source(const Options& options);

}  // namespace gst_lingua_live
