// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/cues.h"

#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

#include "gst-translate/command-line/input.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/markup.h"
#include "tools/dub/pipeline.h"

namespace gst_lingua_dub {

using gst_translate::Error;

namespace {

namespace fs = std::filesystem;

/// What a sink named "cues" gets, as cues.
class Collector {
 public:
  explicit Collector(const Pipeline& pipeline) {
    const Owned<GstElement> sink = pipeline.child("cues");
    g_object_set(sink.get(), "signal-handoffs", TRUE, "sync", FALSE, "async", FALSE, nullptr);
    g_signal_connect(sink.get(), "handoff", G_CALLBACK(on_handoff), this);
  }

  /// Once the pipeline has ended.
  std::vector<Cue> take() {
    std::stable_sort(cues_.begin(), cues_.end(),
                     [](const Cue& a, const Cue& b) { return a.start < b.start; });
    return std::move(cues_);
  }

 private:
  static void on_handoff(GstElement*, GstBuffer* buffer, GstPad* pad, gpointer self) {
    static_cast<Collector*>(self)->add(buffer, pad);
  }

  void add(GstBuffer* buffer, GstPad* pad) {
    GstMapInfo map;
    if (!GST_BUFFER_PTS_IS_VALID(buffer) || !gst_buffer_map(buffer, &map, GST_MAP_READ)) return;
    std::string text(reinterpret_cast<const char*>(map.data), map.size);
    gst_buffer_unmap(buffer, &map);
    text.erase(std::find(text.begin(), text.end(), '\0'), text.end());

    // Texts that are no markup may have tags of their own all the same, as in MP4.
    text = gst_translate::strip_markup(text).text;
    Cue cue;
    const GstSegment* segment = nullptr;
    GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_SEGMENT, 0);
    if (event) gst_event_parse_segment(event, &segment);
    const guint64 start =
        segment ? gst_segment_to_stream_time(segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer))
                : GST_BUFFER_PTS(buffer);
    if (event) gst_event_unref(event);
    if (text.empty() || !GST_CLOCK_TIME_IS_VALID(start)) return;
    cue.start = start;
    cue.duration = GST_BUFFER_DURATION_IS_VALID(buffer) ? GST_BUFFER_DURATION(buffer) : 0;
    cue.text = std::move(text);
    cues_.push_back(std::move(cue));
  }

  std::vector<Cue> cues_;
};

/// What has no end lasts until the next begins, and no longer than it takes to read it.
void complete(std::vector<Cue>& cues) {
  constexpr GstClockTime longest = 5 * GST_SECOND;
  for (size_t i = 0; i < cues.size(); ++i) {
    if (cues[i].duration > 0) continue;
    cues[i].duration =
        i + 1 < cues.size() ? std::min(longest, cues[i + 1].start - cues[i].start) : longest;
  }
}

void run(Pipeline& pipeline) {
  pipeline.run([](GstMessage*) {}, [] {});
}

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
  const Owned<GstElement> text(gst_bin_get_by_name(pipeline, "text"));
  Owned<GstPad> sink(gst_element_get_static_pad(text.get(), "sink"));
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
  Pipeline pipeline("filesrc location=" + quoted(film.path) +
                    " ! parsebin name=source  queue name=text ! fakesink name=cues");
  Collector collector(pipeline);
  WantedStream wanted{track.id, GST_BIN(pipeline.get())};
  const Owned<GstElement> source = pipeline.child("source");
  g_signal_connect(source.get(), "autoplug-continue", G_CALLBACK(on_autoplug), nullptr);
  g_signal_connect(source.get(), "pad-added", G_CALLBACK(on_pad), &wanted);
  run(pipeline);
  return collector.take();
}

std::vector<Cue> read_file(const std::string& file, const std::string& encoding,
                           const std::string& frame_rate) {
  std::string text;
  gst_translate::TextReader reader(file, encoding);
  for (std::string piece; !(piece = reader.read()).empty();)
    text += piece;

  Pipeline pipeline("appsrc name=file ! subparse name=parser ! fakesink name=cues");
  if (!frame_rate.empty()) {
    // For formats that count frames.
    const Owned<GstElement> parser = pipeline.child("parser");
    gst_util_set_object_arg(G_OBJECT(parser.get()), "video-fps", frame_rate.c_str());
  }
  Collector collector(pipeline);
  const Owned<GstElement> source = pipeline.child("file");
  gst_app_src_push_buffer(GST_APP_SRC(source.get()),
                          gst_buffer_new_memdup(text.data(), text.size()));
  gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
  try {
    run(pipeline);
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::Cancelled) throw;
    throw Error(Error::Kind::Corrupt,
                file +
                    " has no subtitles in a format that is known: SubRip (.srt), WebVTT (.vtt) "
                    "and MicroDVD (.sub) are.",
                error.detail());
  }
  return collector.take();
}

std::string beside(const Film& film) {
  for (const char* extension : {".srt", ".vtt", ".sub"}) {
    const fs::path path = fs::path(film.path).replace_extension(extension);
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path.string();
  }
  return "";
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

Subtitles find_subtitles(const Film& film, const std::string& file, const std::string& encoding) {
  Subtitles found;
  const std::string path = !file.empty() ? file : film.subtitles.empty() ? beside(film) : "";
  if (!path.empty()) {
    found.source = path;
    found.cues = read_file(path, encoding, film.frame_rate);
  } else if (!film.subtitles.empty()) {
    const Track& track = film.subtitles.front();
    found.source = "the subtitles in " + film.path;
    found.language = track.language;
    found.cues = read_track(film, track);
  } else {
    throw_none(film);
  }
  if (found.cues.empty())
    throw Error(Error::Kind::Corrupt, "There is not one text in " + found.source + ".");
  complete(found.cues);
  return found;
}

std::string to_srt(const std::vector<Cue>& cues) {
  const auto time = [](GstClockTime t) {
    const guint64 ms = t / GST_MSECOND;
    char text[32];
    std::snprintf(text, sizeof text, "%02u:%02u:%02u,%03u", static_cast<unsigned>(ms / 3600000),
                  static_cast<unsigned>(ms / 60000 % 60), static_cast<unsigned>(ms / 1000 % 60),
                  static_cast<unsigned>(ms % 1000));
    return std::string(text);
  };
  std::string srt;
  for (size_t i = 0; i < cues.size(); ++i)
    srt += std::to_string(i + 1) + "\n" + time(cues[i].start) + " --> " +
           time(cues[i].start + cues[i].duration) + "\n" + cues[i].text + "\n\n";
  return srt;
}

}  // namespace gst_lingua_dub
