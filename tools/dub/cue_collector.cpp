// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/cue_collector.h"

#include <gst/app/gstappsink.h>

#include "tools/common/object.h"
#include "tools/dub/film.h"

namespace gst_lingua_dub {

using gst_lingua_tools::Object;

CueCollector::CueCollector(GstElement* sink) {
  GstAppSinkCallbacks callbacks = {};
  callbacks.new_sample = [](GstAppSink* appsink, gpointer self) {
    g_autoptr(GstSample) sample = gst_app_sink_pull_sample(appsink);
    if (sample == nullptr) return GST_FLOW_EOS;
    if (auto cue = gst_lingua_tools::cue_of(sample))
      static_cast<CueCollector*>(self)->cues_.push_back(std::move(*cue));
    return GST_FLOW_OK;
  };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink), &callbacks, this, nullptr);
  const Object<GstPad> pad(gst_element_get_static_pad(sink, "sink"));
  gst_pad_add_probe(
      pad.get(), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [](GstPad*, GstPadProbeInfo* info, gpointer self) {
        static_cast<CueCollector*>(self)->see(GST_PAD_PROBE_INFO_EVENT(info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

void CueCollector::see(GstEvent* event) {
  if (GST_EVENT_TYPE(event) == GST_EVENT_STREAM_START) {
    const gchar* id = nullptr;
    gst_event_parse_stream_start(event, &id);
    stream_id_ = id;
  } else if (GST_EVENT_TYPE(event) == GST_EVENT_TAG) {
    GstTagList* tags = nullptr;
    gst_event_parse_tag(event, &tags);
    if (const std::string language = language_of(tags); !language.empty()) language_ = language;
    if (const std::string title = tag(tags, GST_TAG_TITLE); !title.empty()) title_ = title;
  }
}

}  // namespace gst_lingua_dub
