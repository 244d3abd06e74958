// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/latency.h"

#include <initializer_list>
#include <memory>

#include "plugins/common/debug.h"
#include "plugins/common/ref.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {
namespace {

// What threads may be late by without anybody's fault.
constexpr GstClockTime tolerance = 20 * GST_MSECOND;

struct QueryUnref
{
  void
  operator() (GstQuery *query) const
  {
    gst_query_unref (query);
  }
};
using QueryRef = std::unique_ptr<GstQuery, QueryUnref>;

/// A file lies there whole; a pipe or a socket gives text as it comes.
bool
can_seek (GstPad *sink)
{
  for (GstFormat format : {GST_FORMAT_TIME, GST_FORMAT_BYTES}) {
    QueryRef query (gst_query_new_seeking (format));
    gboolean seekable = FALSE;
    if (gst_pad_peer_query (sink, query.get ()))
      gst_query_parse_seeking (query.get (), nullptr, &seekable, nullptr, nullptr);
    if (seekable)
      return true;
  }
  return false;
}

} // namespace

void
Latency::set (guint ms)
{
  {
    std::lock_guard<std::mutex> lock (mutex_);
    if (promised_ == ms)
      return;
    promised_ = ms;
  }
  GST_DEBUG_OBJECT (element_, "promises a latency of %u ms from now on", ms);
  gst_element_post_message (element_, gst_message_new_latency (GST_OBJECT (element_)));
}

guint
Latency::get () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  return promised_;
}

GstClockTime
Latency::promised () const
{
  guint ms = get ();
  return ms == unsynchronised ? 0 : ms * GST_MSECOND;
}

GstStateChangeReturn
Latency::state_change_result (GstStateChange transition, GstStateChangeReturn result) const
{
  bool to_paused = transition == GST_STATE_CHANGE_READY_TO_PAUSED ||
                   transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED;
  return to_paused && !synchronised () ? GST_STATE_CHANGE_NO_PREROLL : result;
}

bool
Latency::ask_upstream (GstQuery *query, Upstream &upstream)
{
  unsigned asked = forgotten_;
  if (!gst_pad_peer_query (sink_, query))
    return false;
  gboolean live;
  gst_query_parse_latency (query, &live, &upstream.min, nullptr);
  upstream.live = live;
  if (!live)
    upstream.min = 0;
  upstream.time_passes = live || !can_seek (sink_);
  GST_DEBUG_OBJECT (element_, "upstream is %s, needs %" GST_TIME_FORMAT ", %s",
                    live ? "live" : "not live", GST_TIME_ARGS (upstream.min),
                    upstream.time_passes ? "gives text as it is made" : "lies there whole");
  std::lock_guard<std::mutex> lock (mutex_);
  // An answer from before a change is good for whoever asked, and for nobody later.
  known_ = asked == forgotten_;
  upstream_ = upstream;
  return true;
}

bool
Latency::answer (GstQuery *query)
{
  Upstream upstream;
  bool answered = ask_upstream (query, upstream);
  if (!synchronised ()) {
    GST_DEBUG_OBJECT (element_, "no synchronisation: upstream's latency alone");
    gst_query_set_latency (query, TRUE, upstream.min, GST_CLOCK_TIME_NONE);
    return true;
  }
  // How long the queue lasts depends on the text, so there is no most.
  if (answered && upstream.live) {
    GstClockTime min = upstream.min + promised ();
    GST_DEBUG_OBJECT (element_, "latency with upstream's %" GST_TIME_FORMAT, GST_TIME_ARGS (min));
    gst_query_set_latency (query, TRUE, min, GST_CLOCK_TIME_NONE);
  }
  return answered;
}

Latency::Upstream
Latency::upstream ()
{
  {
    std::lock_guard<std::mutex> lock (mutex_);
    if (known_)
      return upstream_;
  }
  Upstream upstream;
  QueryRef query (gst_query_new_latency ());
  ask_upstream (query.get (), upstream);
  return upstream;
}

void
Latency::forget ()
{
  std::lock_guard<std::mutex> lock (mutex_);
  known_ = false;
  forgotten_++;
}

GstClockTimeDiff
Latency::late_by (const Timeline &timeline, GstClockTime pts, GstClockTime now)
{
  if (!GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (now) || !synchronised ())
    return 0;
  Upstream from = upstream ();
  return from.live ? GST_CLOCK_DIFF (timeline.running_time (pts) + from.min + promised (), now) : 0;
}

void
Latency::observe (GstClockTime delay)
{
  Upstream from = upstream ();
  bool warn;
  guint ms = get ();
  {
    std::lock_guard<std::mutex> lock (mutex_);
    if (delay <= max_observed_)
      return;
    max_observed_ = delay;
    // Again only when it has become clearly worse.
    warn = from.live && ms != unsynchronised && delay > ms * GST_MSECOND + tolerance &&
           delay > warned_ + warned_ / 10;
    if (warn)
      warned_ = delay;
  }
  GST_DEBUG_OBJECT (element_, "text stayed for %" GST_TIME_FORMAT ", the longest so far%s",
                    GST_TIME_ARGS (delay), warn ? ": too long" : "");
  g_object_notify (G_OBJECT (element_), "max-observed-delay");
  if (warn) {
    guint observed = static_cast<guint> (delay / GST_MSECOND);
    Ref<gchar> name (g_strdup_printf ("%s/excessive-delay",
                                      GST_OBJECT_NAME (gst_element_get_factory (element_))));
    GstStructure *details =
        gst_structure_new (name.get (), "new-observed-max-delay", G_TYPE_UINT, observed, nullptr);
    gst_element_message_full_with_details (
        element_, GST_MESSAGE_WARNING, GST_CORE_ERROR, GST_CORE_ERROR_CLOCK,
        g_strdup_printf ("Text took %u ms, more than the %u ms of the property latency: raise it.",
                         observed, ms),
        nullptr, __FILE__, "observe", __LINE__, details);
  }
}

GstClockTime
Latency::max_observed () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  return max_observed_;
}

void
Latency::reset ()
{
  std::lock_guard<std::mutex> lock (mutex_);
  known_ = false;
  forgotten_++;
  max_observed_ = warned_ = 0;
}

} // namespace gst_lingua
