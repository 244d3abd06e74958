// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <memory>

namespace gst_lingua {

struct Unref
{
  void
  operator() (GstBuffer *object) const
  {
    gst_buffer_unref (object);
  }
  void
  operator() (GstCaps *object) const
  {
    gst_caps_unref (object);
  }
  void
  operator() (GstEvent *object) const
  {
    gst_event_unref (object);
  }
  void
  operator() (GstStructure *object) const
  {
    gst_structure_free (object);
  }
  void
  operator() (GstTagList *object) const
  {
    gst_tag_list_unref (object);
  }
  void
  operator() (GstPad *object) const
  {
    gst_object_unref (object);
  }
  void
  operator() (GstClock *object) const
  {
    gst_object_unref (object);
  }
  void
  operator() (gchar *object) const
  {
    g_free (object);
  }
};

/// Owns one reference to what GStreamer counts references of.
template <typename T> using Ref = std::unique_ptr<T, Unref>;

/// One more reference.
inline Ref<GstEvent>
share (GstEvent *event)
{
  return Ref<GstEvent> (gst_event_ref (event));
}

} // namespace gst_lingua
