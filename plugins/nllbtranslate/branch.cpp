// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/branch.h"

#include <utility>
#include <vector>

#include "plugins/common/push.h"
#include "plugins/common/streamstart.h"

namespace gst_lingua {

void
Branch::join (GstPad *other)
{
  std::vector<Ref<GstEvent>> events;
  gst_pad_sticky_events_foreach (
      other,
      [] (GstPad *, GstEvent **event, gpointer list) -> gboolean {
        static_cast<std::vector<Ref<GstEvent>> *> (list)->push_back (share (*event));
        return TRUE;
      },
      &events);
  for (Ref<GstEvent> &event : events) {
    if (GST_EVENT_TYPE (event.get ()) != GST_EVENT_CAPS &&
        GST_EVENT_TYPE (event.get ()) != GST_EVENT_EOS)
      push (event.get ());
  }
}

void
Branch::push (GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    tags_.reset ();
    gst_lingua::push (pad_.get (), derived_stream_start (event, pad_.get (), GST_STREAM_TYPE_TEXT));
    break;
  case GST_EVENT_SEGMENT:
    // Caps go before a segment. Where they are refused, the first text says so.
    output_.negotiate ();
    gst_lingua::push (pad_.get (), share (event));
    tell_language (language_);
    break;
  case GST_EVENT_TAG:
    gst_lingua::push (pad_.get (), tags_.merge (event, language_));
    break;
  default:
    gst_lingua::push (pad_.get (), share (event));
    break;
  }
}

GstFlowReturn
Branch::push (std::string_view text, const std::string &language,
              const std::function<void (GstBuffer *)> &stamp)
{
  if (!output_.negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;
  tell_language (language);
  Ref<GstBuffer> buffer = output_.wrap (text);
  stamp (buffer.get ());
  return gst_lingua::push (pad_.get (), std::move (buffer));
}

void
Branch::tell_language (const std::string &language)
{
  if (Ref<GstEvent> event = tags_.tell (language))
    gst_lingua::push (pad_.get (), std::move (event));
}

} // namespace gst_lingua
