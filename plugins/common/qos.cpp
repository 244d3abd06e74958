// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/qos.h"

namespace gst_lingua {

void
post_qos_dropped (GstElement *element, const Timeline &timeline, const std::string &content,
                  GstClockTime pts, GstClockTime duration, GstClockTimeDiff jitter,
                  guint64 processed, guint64 dropped)
{
  GstMessage *message =
      gst_message_new_qos (GST_OBJECT (element), TRUE, timeline.running_time (pts),
                           timeline.stream_time (pts), pts, duration);
  // Neither a rate nor a quality is ours to suggest: these are the values that say so.
  gst_message_set_qos_values (message, jitter, 1.0, 1000000);
  gst_message_set_qos_stats (message, GST_FORMAT_BUFFERS, processed, dropped);
  gst_structure_set (gst_message_writable_structure (message), "content", G_TYPE_STRING,
                     content.c_str (), nullptr);
  gst_element_post_message (element, message);
}

} // namespace gst_lingua
