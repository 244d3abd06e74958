// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/streamstart.h"

namespace gst_lingua {

Ref<GstEvent>
derived_stream_start (GstEvent *upstream, GstPad *pad, GstStreamType type)
{
  const gchar *upstream_id;
  gst_event_parse_stream_start (upstream, &upstream_id);
  Ref<gchar> id (g_strdup_printf ("%s/%s", upstream_id, GST_PAD_NAME (pad)));
  Ref<GstEvent> ours (gst_event_new_stream_start (id.get ()));
  gst_event_set_seqnum (ours.get (), gst_event_get_seqnum (upstream));

  GstStreamFlags flags;
  gst_event_parse_stream_flags (upstream, &flags);
  gst_event_set_stream_flags (ours.get (), flags);
  guint group;
  if (gst_event_parse_group_id (upstream, &group))
    gst_event_set_group_id (ours.get (), group);
  GstStream *stream = nullptr;
  gst_event_parse_stream (upstream, &stream);
  if (stream) {
    GstStream *own = gst_stream_new (id.get (), nullptr, type, flags);
    gst_event_set_stream (ours.get (), own);
    gst_object_unref (own);
    gst_object_unref (stream);
  }
  return ours;
}

bool
is_sparse (GstEvent *stream_start)
{
  GstStreamFlags flags;
  gst_event_parse_stream_flags (stream_start, &flags);
  return (flags & GST_STREAM_FLAG_SPARSE) != 0;
}

} // namespace gst_lingua
