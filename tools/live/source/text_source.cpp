// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/text_source.h"

#include "tools/common/subtitle_file.h"
#include "tools/live/source/caption_file.h"
#include "tools/live/source/media_source.h"
#include "tools/live/source/standard_input.h"

namespace gst_lingua_live {

using gst_lingua_tools::is_subtitle_file;
using gst_lingua_tools::read_subtitles;

std::unique_ptr<TextSource> make_source(const Options& options) {
  if (!options.transcriber.empty())
    return std::make_unique<MediaSource>(options,
                                         std::make_unique<Transcriber>(options.transcriber));
  if (options.input == "-")
    return std::make_unique<StandardInput>(options.utterances, options.encoding);
  if (is_subtitle_file(options.input) && !gst_uri_is_valid(options.input.c_str()))
    return std::make_unique<CaptionFile>(read_subtitles(options.input, options.encoding),
                                         options.loop);
  return std::make_unique<MediaSource>(options, nullptr);
}

}  // namespace gst_lingua_live
