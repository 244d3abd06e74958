// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <vector>

#include "plugins/common/ref.h"
#include "plugins/common/tags.h"

namespace gst_lingua {

/// What a stream has said of itself so far, for a pad that joins it later: the sticky events of a
/// pad, its end among them, but as upstream sent them and at the place that the task has come to.
class StickyEvents
{
public:
  /// Takes note of an event that goes by; a STREAM_START forgets all before it, a SEGMENT the end.
  void remember (GstEvent *event);

  /// A flush forgets where in the stream it was.
  void flush ();

  void
  reset ()
  {
    events_.clear ();
    tags_.reset ();
  }

  /// In the order in which a pad has to get them.
  const std::vector<Ref<GstEvent>> &
  get () const
  {
    return events_;
  }

private:
  void forget (GstEventType type);

  std::vector<Ref<GstEvent>> events_;
  StreamTags tags_;
};

} // namespace gst_lingua
