// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/pipelineclock.h"

#include <chrono>

#include "plugins/common/ref.h"

namespace gst_lingua {

void
PipelineClock::set_playing (bool playing)
{
  playing_ = playing;
  played_ = played_ || playing;
}

GstClockTime
PipelineClock::running_time () const
{
  return playing_ ? gst_element_get_current_running_time (element_) : GST_CLOCK_TIME_NONE;
}

void
PipelineClock::wake_at (GstClockTime running_time, bool prerolls)
{
  wake_at_ = running_time;
  preroll_wake_ = 0;
  if (prerolls && GST_CLOCK_TIME_IS_VALID (running_time))
    preroll_wake_ =
        g_get_monotonic_time () + static_cast<gint64> (GST_TIME_AS_USECONDS (running_time));
}

bool
PipelineClock::wait (Lock &lock, std::condition_variable &changed)
{
  bool come = false;
  if (GST_CLOCK_TIME_IS_VALID (wake_at_) && playing_)
    come = wait_for_clock (lock, changed);
  else if (preroll_wake_ && !played_)
    come = wait_for_preroll (lock, changed);
  else
    changed.wait (lock);
  if (come)
    wake_at (GST_CLOCK_TIME_NONE, false);
  return come;
}

bool
PipelineClock::wait_for_clock (Lock &lock, std::condition_variable &changed)
{
  Ref<GstClock> clock (gst_element_get_clock (element_));
  if (!clock) {
    changed.wait (lock);
    return false;
  }
  GstClockTime wanted = wake_at_;
  GstClockID id =
      gst_clock_new_single_shot_id (clock.get (), gst_element_get_base_time (element_) + wanted);
  waiting_ = id;
  lock.unlock ();
  GstClockReturn waited = gst_clock_id_wait (id, nullptr);
  lock.lock ();
  waiting_ = nullptr;
  gst_clock_id_unref (id);
  return (waited == GST_CLOCK_OK || waited == GST_CLOCK_EARLY) && wake_at_ == wanted && playing_;
}

bool
PipelineClock::wait_for_preroll (Lock &lock, std::condition_variable &changed)
{
  gint64 wanted = preroll_wake_;
  changed.wait_for (lock, std::chrono::microseconds (wanted - g_get_monotonic_time ()));
  return preroll_wake_ == wanted && !played_ && g_get_monotonic_time () >= wanted;
}

void
PipelineClock::interrupt ()
{
  if (waiting_)
    gst_clock_id_unschedule (waiting_);
}

void
PipelineClock::reset ()
{
  played_ = false;
  wake_at (GST_CLOCK_TIME_NONE, false);
}

} // namespace gst_lingua
