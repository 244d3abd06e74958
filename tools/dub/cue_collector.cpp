// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/cue_collector.h"

#include <gst/app/gstappsink.h>

namespace gst_lingua_dub {

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
}

}  // namespace gst_lingua_dub
