// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <condition_variable>
#include <mutex>

namespace gst_lingua {

/// The pipeline's clock as an element's task needs it: what time it is, and to be woken when one
/// has come. Not thread-safe: everything is called with the lock held that the task waits with.
class PipelineClock
{
public:
  using Lock = std::unique_lock<std::mutex>;

  explicit PipelineClock (GstElement *element) : element_ (element)
  {
  }

  /// The clock counts while PLAYING.
  void set_playing (bool playing);

  /// The running time now; NONE unless PLAYING with a clock.
  GstClockTime running_time () const;

  /// The next wait ends at this running time; NONE: it has no end. With `prerolls`, a pipeline
  /// that has not played yet gets there too, as if it played from now on: a pipe's first text may
  /// be what it waits for.
  void wake_at (GstClockTime running_time, bool prerolls);

  /// Waits until the time has come or `changed` is notified. True, once, when it has come.
  bool wait (Lock &lock, std::condition_variable &changed);

  /// Ends a wait on the clock; whoever notifies `changed` calls this too.
  void interrupt ();

  /// On the way to READY.
  void reset ();

private:
  bool wait_for_clock (Lock &lock, std::condition_variable &changed);
  bool wait_for_preroll (Lock &lock, std::condition_variable &changed);

  GstElement *const element_;
  bool playing_ = false;
  bool played_ = false; ///< since READY
  GstClockTime wake_at_ = GST_CLOCK_TIME_NONE;
  gint64 preroll_wake_ = 0; ///< the same before the pipeline plays, in monotonic us; 0: never
  GstClockID waiting_ = nullptr;
};

} // namespace gst_lingua
