// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/debug.h"
#include "plugins/common/ref.h"

namespace gst_lingua {

inline GstFlowReturn
push (GstPad *pad, Ref<GstBuffer> buffer)
{
  GST_CAT_LOG_OBJECT (gst_lingua_debug, pad, "pushing %" GST_PTR_FORMAT, buffer.get ());
  GstFlowReturn flow = gst_pad_push (pad, buffer.release ());
  if (flow != GST_FLOW_OK)
    GST_CAT_DEBUG_OBJECT (gst_lingua_debug, pad, "downstream says %s", gst_flow_get_name (flow));
  return flow;
}

/// Downstream may refuse an event; that is no reason to stop.
inline void
push (GstPad *pad, Ref<GstEvent> event)
{
  GST_CAT_LOG_OBJECT (gst_lingua_debug, pad, "pushing %" GST_PTR_FORMAT, event.get ());
  gst_pad_push_event (pad, event.release ());
}

/// To every source pad of the element that there is now.
inline void
push_to_all (GstElement *element, GstEvent *event)
{
  gst_element_foreach_src_pad (
      element,
      [] (GstElement *, GstPad *pad, gpointer data) -> gboolean {
        push (pad, share (static_cast<GstEvent *> (data)));
        return TRUE;
      },
      event);
}

/// What whoever is linked to a source pad has not got of its sticky events: the core sends them
/// before the next serialized event, of which none comes after the end.
inline void
push_pending_sticky_events (GstElement *element)
{
  gst_element_foreach_src_pad (
      element,
      [] (GstElement *, GstPad *pad, gpointer) -> gboolean {
        if (GST_PAD_HAS_PENDING_EVENTS (pad))
          push (pad, Ref<GstEvent> (gst_event_new_custom (
                         GST_EVENT_CUSTOM_DOWNSTREAM,
                         gst_structure_new_empty ("GstLinguaPendingStickyEvents"))));
        return TRUE;
      },
      nullptr);
}

} // namespace gst_lingua
