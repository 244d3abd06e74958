// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/cues.h"

#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <filesystem>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tools/common/subtitle_file.h"
#include "tools/common/timestamp.h"
#include "tools/dub/cue_collector.h"
#include "tools/dub/pipeline.h"

namespace gst_lingua_dub {

using gst_lingua_tools::timestamp;
using gst_translate::Error;

namespace {

namespace fs = std::filesystem;

/// The name of a pad's caps; empty if it has none yet.
std::string format_of(GstPad* pad) {
  GstCaps* caps = gst_pad_get_current_caps(pad);
  if (!caps) return "";
  std::string format = gst_structure_get_name(gst_caps_get_structure(caps, 0));
  gst_caps_unref(caps);
  return format;
}

/// Links a pad of the source to the queue named "text", through a parser where its buffers are more
/// than texts.
void link_text(GstBin* pipeline, GstPad* pad) {
  const Object<GstElement> text(gst_bin_get_by_name(pipeline, "text"));
  Object<GstPad> sink(gst_element_get_static_pad(text.get(), "sink"));
  // Other cues come one a buffer with their times, and markup is taken out in any case.
  if (const std::string format = format_of(pad);
      format == "application/x-ass" || format == "application/x-ssa") {
    GstElement* parser = gst_element_factory_make("ssaparse", nullptr);
    gst_bin_add(pipeline, parser);
    gst_element_link(parser, text.get());
    gst_element_sync_state_with_parent(parser);
    sink.reset(gst_element_get_static_pad(parser, "sink"));
  }
  gst_pad_link(pad, sink.get());
}

/// The stream that is wanted, for `on_pad`.
struct WantedStream {
  const std::string& id;  ///< empty where nobody told: the first text
  GstBin* pipeline;
};

void on_pad(GstElement*, GstPad* pad, gpointer data) {
  const auto& wanted = *static_cast<WantedStream*>(data);
  if (wanted.id.empty() ? is_text(format_of(pad)) : stream_id(pad) == wanted.id)
    link_text(wanted.pipeline, pad);
}

/// Cues come as they are in the film, also those of a kind that no parser of GStreamer's knows.
gboolean on_autoplug(GstElement*, GstPad*, GstCaps* caps, gpointer) {
  return is_text(gst_structure_get_name(gst_caps_get_structure(caps, 0))) ? FALSE : TRUE;
}

std::vector<Cue> read_track(const Film& film, const Track& track) {
  Pipeline pipeline(
      "filesrc location=" + quoted(film.path) +
      " ! parsebin name=source  queue name=text ! appsink name=cues async=false sync=false");
  CueCollector collector(pipeline.child("cues").get());
  WantedStream wanted{track.id, GST_BIN(pipeline.get())};
  const Object<GstElement> source = pipeline.child("source");
  g_signal_connect(source.get(), "autoplug-continue", G_CALLBACK(on_autoplug), nullptr);
  g_signal_connect(source.get(), "pad-added", G_CALLBACK(on_pad), &wanted);
  pipeline.run([](GstMessage*) {}, [] {});
  std::vector<Cue> cues = collector.take();
  tidy(cues);
  return cues;
}

std::string beside(const Film& film) {
  for (const std::string& extension : gst_lingua_tools::subtitle_extensions) {
    const fs::path path = fs::path(film.path).replace_extension(extension);
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path.string();
  }
  return "";
}

/// The first one in a language; where none is, the first that is not tagged, or the first.
const Track& track_in(const std::vector<Track>& tracks, const std::string& language) {
  const auto* wanted = gst_translate::find_language(language);
  const auto of = [&](const gst_translate::Language* spoken) {
    return std::find_if(tracks.begin(), tracks.end(), [spoken](const Track& track) {
      return gst_translate::find_language(track.language) == spoken;
    });
  };
  if (!wanted) return tracks.front();
  auto found = of(wanted);
  if (found == tracks.end()) found = of(nullptr);
  return found == tracks.end() ? tracks.front() : *found;
}

[[noreturn]] void throw_none(const Film& film) {
  const fs::path path(film.path);
  std::string text = film.path + " has no subtitles in it";
  if (film.picture_subtitles > 0) text += " that are text (some are pictures)";
  text += ", and there is no " + fs::path(path).replace_extension(".srt").filename().string() +
          " or " + fs::path(path).replace_extension(".vtt").filename().string() +
          " beside it. Name a file with --subtitles FILE; if there is none, a transcriber such as "
          "whisper.cpp makes one.";
  throw Error(Error::Kind::NotFound, text);
}

}  // namespace

Subtitles find_subtitles(const Film& film, const std::string& file, const std::string& encoding,
                         const std::string& language) {
  Subtitles found;
  const std::string path = !file.empty() ? file : film.subtitles.empty() ? beside(film) : "";
  if (!path.empty()) {
    found.source = path;
    found.cues = gst_lingua_tools::read_subtitles(path, encoding, film.frame_rate);
  } else if (!film.subtitles.empty()) {
    const Track& track = track_in(film.subtitles, language);
    found.source = "the subtitles in " + film.path;
    found.language = track.language;
    found.cues = read_track(film, track);
  } else {
    throw_none(film);
  }
  if (found.cues.empty())
    throw Error(Error::Kind::Corrupt, "There is not one text in " + found.source + ".");
  return found;
}

void push(GstElement* source, const std::vector<Cue>& cues) {
  for (const Cue& cue : cues) {
    GstBuffer* buffer = gst_buffer_new_memdup(cue.text.data(), cue.text.size());
    GST_BUFFER_PTS(buffer) = cue.start;
    GST_BUFFER_DURATION(buffer) = cue.duration;
    gst_app_src_push_buffer(GST_APP_SRC(source), buffer);
  }
  gst_app_src_end_of_stream(GST_APP_SRC(source));
}

std::string to_srt(const std::vector<Cue>& cues) {
  std::string srt;
  for (size_t i = 0; i < cues.size(); ++i)
    srt += std::to_string(i + 1) + "\n" + timestamp(cues[i].start, ',') + " --> " +
           timestamp(cues[i].start + cues[i].duration, ',') + "\n" + cues[i].text + "\n\n";
  return srt;
}

}  // namespace gst_lingua_dub
