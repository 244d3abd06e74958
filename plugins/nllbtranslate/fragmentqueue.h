// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
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

  /// `notify`: there is one more.
  FragmentQueue (size_t targets, std::function<void ()> notify)
      : notify_ (std::move (notify)), begun_ (targets)
  {
  }

  /// From the engine's thread. White space waits for the word behind it.
  void
  add (const gst_translate::Fragment &fragment)
  {
    {
      std::lock_guard<std::mutex> lock (mutex_);
      std::string &text = begun_.at (fragment.target);
      text += fragment.text;
      if (gst_translate::trim (text).empty ())
        return;
      whole_.push_back ({fragment.target, std::move (text)});
      text.clear ();
    }
    notify_ ();
  }

  bool
  empty () const
  {
    std::lock_guard<std::mutex> lock (mutex_);
    return whole_.empty ();
  }

  /// The next one, if there is one.
  std::optional<Fragment>
  take ()
  {
    std::lock_guard<std::mutex> lock (mutex_);
    if (whole_.empty ())
      return std::nullopt;
    Fragment fragment = std::move (whole_.front ());
    whole_.pop_front ();
    return fragment;
  }

private:
  const std::function<void ()> notify_;
  mutable std::mutex mutex_;
  std::vector<std::string> begun_; ///< of each target
  std::deque<Fragment> whole_;
};

} // namespace gst_lingua
