// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/stickyevents.h"

#include <algorithm>
#include <utility>

namespace gst_lingua {
namespace {

/// True if the one takes the other's place: of some types there is one for each name.
bool
replaces (GstEvent *event, GstEvent *before)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_TYPE (before))
    return false;
  if (!(GST_EVENT_TYPE (event) & GST_EVENT_TYPE_STICKY_MULTI))
    return true;
  return gst_event_has_name (before, gst_structure_get_name (gst_event_get_structure (event)));
}

} // namespace

void
StickyEvents::remember (GstEvent *event)
{
  if (!GST_EVENT_IS_STICKY (event))
    return;
  if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START)
    reset ();
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    forget (GST_EVENT_EOS);
  Ref<GstEvent> kept =
      GST_EVENT_TYPE (event) == GST_EVENT_TAG ? tags_.merge (event, "") : share (event);
  auto before =
      std::find_if (events_.begin (), events_.end (),
                    [event] (const Ref<GstEvent> &each) { return replaces (event, each.get ()); });
  if (before == events_.end ())
    events_.push_back (std::move (kept));
  else
    *before = std::move (kept);
}

void
StickyEvents::flush ()
{
  forget (GST_EVENT_SEGMENT);
  forget (GST_EVENT_EOS);
}

void
StickyEvents::forget (GstEventType type)
{
  events_.erase (std::remove_if (events_.begin (), events_.end (),
                                 [type] (const Ref<GstEvent> &event) {
                                   return GST_EVENT_TYPE (event.get ()) == type;
                                 }),
                 events_.end ());
}

} // namespace gst_lingua
