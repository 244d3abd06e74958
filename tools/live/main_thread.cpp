// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/main_thread.h"

#include <memory>
#include <utility>

namespace gst_lingua_live {

using Work = std::function<void()>;

void run_in_main(Work work) {
  auto* kept = std::make_unique<Work>(std::move(work)).release();
  g_idle_add_full(
      G_PRIORITY_DEFAULT,
      [](gpointer data) -> gboolean {
        (*static_cast<Work*>(data))();
        return G_SOURCE_REMOVE;
      },
      kept, [](gpointer data) { std::default_delete<Work>()(static_cast<Work*>(data)); });
}

Timer::Timer(guint milliseconds, Work work) : work_(std::move(work)) {
  const auto call = [](gpointer data) -> gboolean {
    static_cast<Timer*>(data)->work_();
    return G_SOURCE_CONTINUE;
  };
  id_ = g_timeout_add(milliseconds, call, this);
}

Timer::~Timer() {
  g_source_remove(id_);
}

}  // namespace gst_lingua_live
