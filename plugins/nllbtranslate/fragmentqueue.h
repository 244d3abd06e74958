// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/utf8.h"

namespace gst_lingua {

/// What is certain of a translation, on its way from the engine's thread to the element's task.
class FragmentQueue
{
public:
  struct Fragment
  {
    size_t target; ///< index into the request's targets
    std::string text;
  };

  explicit FragmentQueue (size_t targets) : begun_ (targets)
  {
  }

  /// From the engine's thread. White space waits for the word behind it.
  void
  add (const gst_translate::Fragment &fragment)
  {
    std::lock_guard<std::mutex> lock (mutex_);
    std::string &text = begun_.at (fragment.target);
    text += fragment.text;
    if (gst_translate::trim (text).empty ())
      return;
    whole_.push_back ({fragment.target, std::move (text)});
    text.clear ();
    changed_.notify_all ();
  }

  /// The next one; waits so long for it. False if none came.
  bool
  take (std::chrono::milliseconds wait, Fragment &fragment)
  {
    std::unique_lock<std::mutex> lock (mutex_);
    if (!changed_.wait_for (lock, wait, [this] { return !whole_.empty (); }))
      return false;
    fragment = std::move (whole_.front ());
    whole_.pop_front ();
    return true;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> begun_; ///< of each target
  std::deque<Fragment> whole_;
};

} // namespace gst_lingua
