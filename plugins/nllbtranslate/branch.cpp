// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/branch.h"

#include <utility>

#include "plugins/common/push.h"
#include "plugins/common/streamstart.h"
#include "plugins/nllbtranslate/debug.h"

namespace gst_lingua {

void
Branch::push (GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    tags_.reset ();
    gst_lingua::push (pad (), derived_stream_start (event, pad (), GST_STREAM_TYPE_TEXT));
    break;
  case GST_EVENT_SEGMENT:
    // Caps go before a segment. Where they are refused, the first text says so.
    negotiate ();
    gst_lingua::push (pad (), share (event));
    tell_language (language_);
    break;
  case GST_EVENT_TAG:
    gst_lingua::push (pad (), tags_.merge (event, language_));
    break;
  default:
    gst_lingua::push (pad (), share (event));
    break;
  }
}

GstFlowReturn
Branch::push (std::string_view text, const std::string &language,
              const std::function<void (GstBuffer *)> &stamp)
{
  if (!negotiate ())
    return GST_FLOW_NOT_NEGOTIATED;
  tell_language (language);
  Ref<GstBuffer> buffer = output_.wrap (text);
  stamp (buffer.get ());
  return gst_lingua::push (pad (), std::move (buffer));
}

bool
Branch::negotiate ()
{
  Ref<GstCaps> before (gst_pad_get_current_caps (pad ()));
  if (!output_.negotiate ()) {
    GST_WARNING_OBJECT (pad (), "downstream takes no caps of ours");
    return false;
  }
  Ref<GstCaps> now (gst_pad_get_current_caps (pad ()));
  if (now != before)
    GST_INFO_OBJECT (pad (), "negotiated %" GST_PTR_FORMAT, now.get ());
  return true;
}

void
Branch::tell_language (const std::string &language)
{
  if (Ref<GstEvent> event = tags_.tell (language)) {
    GST_INFO_OBJECT (pad (), "the stream is in %s from now on", language.c_str ());
    gst_lingua::push (pad (), std::move (event));
  }
}

} // namespace gst_lingua
