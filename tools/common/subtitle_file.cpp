// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/subtitle_file.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <string_view>

#include "gst-translate/command-line/input.h"
#include "gst-translate/text/error.h"
#include "tools/common/bus_error.h"
#include "tools/common/element.h"
#include "tools/common/subrip.h"
#include "tools/common/substation.h"

namespace gst_lingua_tools {

using gst_translate::Error;

namespace {

/// All of it, with '\n' at the ends of lines, whatever there was: "\r\n", "\r", or "\r\r\n" of a
/// file that was converted twice.
std::string read_text(const std::string& file, const std::string& encoding) {
  std::string text;
  gst_translate::TextReader reader(file, encoding);
  for (std::string piece; !(piece = reader.read()).empty();)
    text += piece;
  std::string unix_text;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      unix_text += text[at];
      continue;
    }
    const size_t next = std::min(text.find_first_not_of('\r', at), text.size());
    if (next == text.size() || text[next] != '\n') unix_text.append(next - at, '\n');
    at = next - 1;
  }
  return unix_text;
}

/// What the parser found wrong; empty if nothing.
std::string failure_of(GstElement* pipeline) {
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR);
  return message != nullptr ? error_of(message).what() : "";
}

bool is_ttml(std::string_view text) {
  return text.substr(0, 1000).find("<tt ") != std::string_view::npos ||
         text.substr(0, 1000).find("<tt>") != std::string_view::npos;
}

Error ttml(const std::string& file) {
  return Error(Error::Kind::Corrupt,
               file +
                   " is TTML, which is not read as it is. SubRip can be made of it: gst-launch-1.0 "
                   "filesrc location=" +
                   file + " ! ttmlparse ! nllbtranslate ! srtenc ! filesink location=film.srt");
}

Error no_subtitles(const std::string& file, const std::string& detail) {
  return Error(Error::Kind::Corrupt,
               file +
                   " has no subtitles in a format that is known: SubRip (.srt), WebVTT (.vtt), "
                   "MicroDVD (.sub) and SubStation (.ass, .ssa) are.",
               detail);
}

}  // namespace

const std::vector<std::string> subtitle_extensions = {".srt", ".vtt", ".sub",
                                                      ".ass", ".ssa", ".sbv"};

bool is_subtitle_file(const std::string& name) {
  g_autofree gchar* lower = g_ascii_strdown(name.c_str(), -1);
  return std::any_of(
      subtitle_extensions.begin(), subtitle_extensions.end(),
      [&](const std::string& end) { return g_str_has_suffix(lower, end.c_str()) != FALSE; });
}

std::vector<Cue> read_subtitles(const std::string& file, const std::string& encoding,
                                const std::string& frame_rate) {
  const std::string text = read_text(file, encoding);
  if (text.empty()) throw Error(Error::Kind::Corrupt, "The file " + file + " is empty.");
  if (std::vector<Cue> cues = is_substation(text) ? read_substation(text) : read_subrip(text);
      !cues.empty()) {
    tidy(cues);
    if (cues.empty()) throw no_subtitles(file, "");
    return cues;
  }
  if (is_ttml(text)) throw ttml(file);
  const Object<GstElement> pipeline =
      parse_pipeline("appsrc name=file ! subparse name=parser ! appsink name=cues sync=false");
  if (!frame_rate.empty())
    gst_util_set_object_arg(G_OBJECT(child(pipeline.get(), "parser").get()), "video-fps",
                            frame_rate.c_str());
  const Object<GstElement> source = child(pipeline.get(), "file");
  const Object<GstElement> end = child(pipeline.get(), "cues");
  gst_app_src_push_buffer(GST_APP_SRC(source.get()),
                          gst_buffer_new_memdup(text.data(), text.size()));
  gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<Cue> cues;
  for (;;) {
    g_autoptr(GstSample) sample = gst_app_sink_pull_sample(GST_APP_SINK(end.get()));
    if (sample == nullptr) break;  // the end, or an error
    if (auto cue = cue_of(sample)) cues.push_back(std::move(*cue));
  }
  const std::string failure = failure_of(pipeline.get());
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  tidy(cues);
  if (!failure.empty() || cues.empty()) throw no_subtitles(file, failure);
  return cues;
}

}  // namespace gst_lingua_tools
