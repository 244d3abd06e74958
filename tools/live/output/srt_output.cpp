// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/error.h"
#include "plugins/common/tags.h"
#include "tools/common/element.h"
#include "tools/live/output/aac.h"
#include "tools/live/output/stream_output.h"

namespace gst_lingua_live {

using gst_lingua_tools::child;
using gst_lingua_tools::parse_pipeline;

std::unique_ptr<Output> make_srt_output(const std::string& uri,
                                        const std::vector<std::string>& languages) {
  using gst_translate::Error;
  gint port = 0;
  if (uri.rfind("srt://", 0) != 0 ||
      g_uri_split_network(uri.c_str(), G_URI_FLAGS_NONE, nullptr, nullptr, &port, nullptr) ==
          FALSE ||
      port <= 0)
    throw Error(Error::Kind::Settings, "--srt needs srt://HOST:PORT, not \"" + uri + "\".");
  return std::make_unique<StreamOutput>(uri, [uri, languages] {
    std::string line =
        "mpegtsmux name=mux alignment=7 ! queue leaky=downstream ! "
        "srtsink name=srt wait-for-connection=false sync=false async=false ";
    for (const std::string& language : languages)
      line += SoundPipeline::source(language) + "! queue ! clocksync ! " + aac_encoder() +
              " ! taginject tags=language-code=" + gst_lingua::tag_code(language) +
              " ! queue ! mux. ";
    Object<GstElement> pipeline = parse_pipeline(line);
    const Object<GstElement> srt = child(pipeline.get(), "srt");
    g_object_set(srt.get(), "uri", uri.c_str(), nullptr);
    // Left to itself it tries again without end (GStreamer 1.24), and says nothing of it.
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(srt.get()), "auto-reconnect") != nullptr)
      g_object_set(srt.get(), "auto-reconnect", FALSE, nullptr);
    return pipeline;
  });
}

}  // namespace gst_lingua_live
