// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <atomic>
#include <mutex>

#include "plugins/common/timeline.h"

namespace gst_lingua {

/// The element's share in the latency of a live pipeline: what it promised (`latency`), what
/// upstream promised, and what was really needed (`max-observed-delay`). Thread-safe.
class Latency
{
public:
  /// The value of `latency` that asks for no synchronisation: output is stamped with now.
  static constexpr guint unsynchronised = G_MAXUINT;

  struct Upstream
  {
    bool live = false;
    GstClockTime min = 0;
    bool time_passes = false; ///< text comes as it is made: a live source, a pipe
  };

  Latency (GstElement *element, GstPad *sink, guint ms)
      : element_ (element), sink_ (sink), promised_ (ms)
  {
  }

  /// The property, in ms; the pipeline is told of changes.
  void set (guint ms);
  guint get () const;
  bool
  synchronised () const
  {
    return get () != unsynchronised;
  }

  /// The property `lateness`, in ms; and in ns.
  void
  set_lateness (guint ms)
  {
    lateness_ = ms;
  }
  guint
  lateness_ms () const
  {
    return lateness_;
  }
  GstClockTime
  lateness () const
  {
    return lateness_ms () * GST_MSECOND;
  }

  /// The promise in ns; 0 without synchronisation.
  GstClockTime promised () const;

  /// What the element's change_state returns: without synchronisation there is no preroll.
  GstStateChangeReturn state_change_result (GstStateChange transition,
                                            GstStateChangeReturn result) const;

  /// Answers the LATENCY query of a source pad; needs neither data nor caps.
  bool answer (GstQuery *query);

  /// What upstream says, asked once until `forget()`. Not with a lock held.
  Upstream upstream ();
  void forget ();

  /// How far behind its time a live text is, were it ready at the running time `now`; negative
  /// while there is time, 0 where nothing is live or synchronised.
  GstClockTimeDiff late_by (const Timeline &timeline, GstClockTime pts, GstClockTime now);

  /// Text kept this element busy for so long: notifies `max-observed-delay` when that is the most
  /// so far, and warns where it breaks the promise to a live pipeline.
  void observe (GstClockTime delay);
  GstClockTime max_observed () const;

  /// A new run.
  void reset ();

private:
  bool ask_upstream (GstQuery *query, Upstream &upstream);

  GstElement *const element_;
  GstPad *const sink_;
  std::atomic<guint> lateness_{0};
  mutable std::mutex mutex_;
  guint promised_;
  bool known_ = false;
  std::atomic<unsigned> forgotten_{0}; ///< how often
  Upstream upstream_;
  GstClockTime max_observed_ = 0;
  GstClockTime warned_ = 0;
};

} // namespace gst_lingua
