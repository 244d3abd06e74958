// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include "plugins/common/ref.h"

namespace gst_lingua {

inline GstFlowReturn
push (GstPad *pad, Ref<GstBuffer> buffer)
{
  return gst_pad_push (pad, buffer.release ());
}

/// Downstream may refuse an event; that is no reason to stop.
inline void
push (GstPad *pad, Ref<GstEvent> event)
{
  gst_pad_push_event (pad, event.release ());
}

} // namespace gst_lingua
