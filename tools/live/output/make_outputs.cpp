// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/make_outputs.h"

#include "gst-translate/text/error.h"
#include "tools/live/output/hls_output.h"
#include "tools/live/output/stream_output.h"

namespace gst_lingua_live {

std::vector<std::unique_ptr<Output>> make_outputs(const Options& options,
                                                  const std::vector<std::string>& languages,
                                                  const Transcript& transcript,
                                                  const std::function<GstClockTime()>& now) {
  using gst_translate::Error;
  std::vector<std::unique_ptr<Output>> outputs;
  const bool any = !options.hls.empty() || !options.srt.empty() || !options.icecast.empty();
  if (any && languages.empty())
    throw Error(Error::Kind::Settings, "Nobody speaks, and only speech can be sent.");
  if (!options.hls.empty())
    outputs.push_back(std::make_unique<HlsOutput>(options.hls, languages, transcript, now));
  if (!options.srt.empty()) outputs.push_back(make_srt_output(options.srt, languages));
  if (!options.icecast.empty()) {
    if (languages.size() > 1 && options.icecast.find("{language}") == std::string::npos)
      throw Error(Error::Kind::Settings,
                  "--icecast needs {language} in its address where there are several.");
    for (const std::string& language : languages)
      outputs.push_back(make_icecast_output(options.icecast, language));
  }
  return outputs;
}

}  // namespace gst_lingua_live
