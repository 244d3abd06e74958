// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <glib.h>

#include <functional>

namespace gst_lingua_live {

/// Runs it in the main thread, soon. What one thread hands over keeps its order.
void run_in_main(std::function<void()> work);

/// Calls something again and again in the main thread, as long as it lives.
class Timer {
 public:
  Timer(guint milliseconds, std::function<void()> work);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  std::function<void()> work_;
  guint id_;
};

}  // namespace gst_lingua_live
