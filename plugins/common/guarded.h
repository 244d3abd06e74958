// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

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

  /// Calls `change` with the value, and gives what it has become.
  template <typename Change>
  T
  change (Change &&change)
  {
    std::lock_guard<std::mutex> lock (mutex_);
    change (value_);
    return value_;
  }

private:
  mutable std::mutex mutex_;
  T value_;
};

} // namespace gst_lingua
