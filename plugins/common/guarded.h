// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <mutex>

namespace gst_lingua {

/// A value that several threads read and change: an element's properties, its counts.
template <typename T> class Guarded
{
public:
  T
  get () const
  {
    std::lock_guard<std::mutex> lock (mutex_);
    return value_;
  }

  /// Brings a reader's own copy up to date; true if the value has been changed since. Takes the
  /// lock only then. `seen` is the reader's too, 0 at first.
  bool
  refresh (T &copy, unsigned &seen) const
  {
    if (seen == changes_)
      return false;
    std::lock_guard<std::mutex> lock (mutex_);
    copy = value_;
    seen = changes_;
    return true;
  }

  /// Calls `change` with the value, and gives what it has become.
  template <typename Change>
  T
  change (Change &&change)
  {
    std::lock_guard<std::mutex> lock (mutex_);
    change (value_);
    ++changes_;
    return value_;
  }

private:
  mutable std::mutex mutex_;
  T value_;
  std::atomic<unsigned> changes_{1};
};

} // namespace gst_lingua
