// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/cues.h"

#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <mutex>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tools/common/element.h"
#include "tools/common/spoken_text.h"
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

/// True for what is no text: pictures that have no name of their own in the film's format.
bool is_picture(const Cue& cue) {
  return std::any_of(cue.text.begin(), cue.text.end(), [](unsigned char c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r';
  });
}

/// Collects all texts of a film while a pipeline runs.
class TextReader {
 public:
  explicit TextReader(const Film& film) : pipeline_("filesrc name=file ! parsebin name=source") {
    pipeline_.set_file("file", film.path);
    const Object<GstElement> source = pipeline_.child("source");
    g_signal_connect(source.get(), "autoplug-continue", G_CALLBACK(on_autoplug), nullptr);
    g_signal_connect(source.get(), "pad-added", G_CALLBACK(on_pad), this);
  }

  std::vector<TextTrack> read() {
    pipeline_.run([](GstMessage*) {}, [] {});
    std::vector<TextTrack> tracks;
    for (const auto& collector : collectors_) {
      TextTrack track{collector->stream_id(), collector->language(), collector->title(),
                      collector->take()};
      if (std::any_of(track.cues.begin(), track.cues.end(), is_picture)) continue;
      tidy(track.cues);
      if (!track.cues.empty()) tracks.push_back(std::move(track));
    }
    return tracks;
  }

 private:
  /// Cues come as they are in the film, also those of a kind that no parser of GStreamer's knows.
  static gboolean on_autoplug(GstElement*, GstPad*, GstCaps* caps, gpointer) {
    return is_text(gst_structure_get_name(gst_caps_get_structure(caps, 0))) ? FALSE : TRUE;
  }

  static void on_pad(GstElement*, GstPad* pad, gpointer self) {
    const std::string format = format_of(pad);
    if (is_text(format)) static_cast<TextReader*>(self)->collect(pad, format);
  }

  void collect(GstPad* pad, const std::string& format) {
    // Other cues come one a buffer with their times, and markup is taken out in any case.
    const bool is_substation = format == "application/x-ass" || format == "application/x-ssa";
    GstElement* branch =
        gst_parse_bin_from_description((std::string(is_substation ? "ssaparse ! " : "") +
                                        "queue ! appsink name=cues async=false sync=false")
                                           .c_str(),
                                       TRUE, nullptr);
    gst_bin_add(GST_BIN(pipeline_.get()), branch);
    {
      const std::lock_guard lock(mutex_);
      collectors_.push_back(
          std::make_unique<CueCollector>(gst_lingua_tools::child(branch, "cues").get()));
    }
    gst_element_sync_state_with_parent(branch);
    const Object<GstPad> sink(gst_element_get_static_pad(branch, "sink"));
    gst_pad_link(pad, sink.get());
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<CueCollector>> collectors_;
  Pipeline pipeline_;  // ends first
};

/// The texts of a film, in the order of its streams.
std::vector<TextTrack> read_tracks(const Film& film) {
  std::vector<TextTrack> tracks = TextReader(film).read();
  const auto place = [&film](const TextTrack& track) {
    return std::find_if(film.subtitles.begin(), film.subtitles.end(),
                        [&track](const Track& known) { return known.id == track.id; });
  };
  std::stable_sort(tracks.begin(), tracks.end(), [&](const TextTrack& one, const TextTrack& other) {
    return place(one) < place(other);
  });
  return tracks;
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
std::vector<TextTrack>::iterator track_in(std::vector<TextTrack>& tracks,
                                          const std::string& language) {
  const auto* wanted = gst_translate::find_language(language);
  const auto of = [&](const gst_translate::Language* spoken) {
    return std::find_if(tracks.begin(), tracks.end(), [spoken](const TextTrack& track) {
      return gst_translate::find_language(track.language) == spoken;
    });
  };
  if (!wanted) return tracks.begin();
  auto found = of(wanted);
  if (found == tracks.end()) found = of(nullptr);
  return found == tracks.end() ? tracks.begin() : found;
}

/// "English (PGS), German (PGS)"
std::string names_of(const std::vector<Track>& tracks) {
  std::string names;
  for (const Track& track : tracks) {
    const auto* language = gst_translate::find_language(track.language);
    const std::string kind = track.format == "subpicture/x-pgs"   ? "PGS"
                             : track.format == "subpicture/x-dvd" ? "VobSub"
                                                                  : "DVB";
    names += (names.empty() ? "" : ", ") +
             (language ? std::string(language->name) : "of a language that is not named") + " (" +
             kind + ")";
  }
  return names;
}

[[noreturn]] void throw_none(const Film& film) {
  const fs::path path(film.path);
  const std::string beside =
      ", and there is no " + fs::path(path).replace_extension(".srt").filename().string() + " or " +
      fs::path(path).replace_extension(".vtt").filename().string() + " beside it. ";
  const std::string text =
      film.picture_subtitles.empty()
          ? film.path + " has no subtitles in it" + beside +
                "Name a file with --subtitles FILE; if there is none, a transcriber such as "
                "whisper.cpp makes one."
          : film.path + " has no subtitles in it that are text" + beside +
                "Those in it are pictures of text: " + names_of(film.picture_subtitles) + ". " +
                gst_lingua_tools::instead_of_pictures + " Name that with --subtitles FILE.";
  throw Error(Error::Kind::NotFound, text);
}

}  // namespace

Subtitles find_subtitles(const Film& film, const std::string& file, const std::string& encoding,
                         const std::string& language, bool with_others) {
  Subtitles found;
  const std::string path = !file.empty() ? file : film.subtitles.empty() ? beside(film) : "";
  if (!path.empty()) {
    found.source = path;
    found.cues = gst_lingua_tools::read_subtitles(path, encoding, language, film.frame_rate);
  } else if (film.subtitles.empty()) {
    throw_none(film);
  }
  found.are_in_film = path.empty();
  if (!film.subtitles.empty() && (found.are_in_film || with_others))
    found.others = read_tracks(film);
  if (found.are_in_film) {
    found.source = "the subtitles in " + film.path;
    if (const auto track = track_in(found.others, language); track != found.others.end()) {
      found.language = track->language;
      found.cues = std::move(track->cues);
      found.others.erase(track);
    }
  }
  if (found.cues.empty())
    throw Error(Error::Kind::Corrupt,
                "There is not one text in " + found.source +
                    (found.are_in_film ? std::string(": they are empty, or pictures of text. ") +
                                             gst_lingua_tools::instead_of_pictures +
                                             " Name that with --subtitles FILE."
                                       : "."));
  return found;
}

std::vector<Cue> spoken(const Subtitles& subtitles) {
  std::vector<Cue> said;
  for (const Cue& cue : subtitles.cues)
    if (std::string text = gst_lingua_tools::spoken_text(cue.text); !text.empty())
      said.push_back({cue.start, cue.duration, std::move(text)});
  if (said.empty())
    throw Error(Error::Kind::Settings,
                "Nobody says anything in " + subtitles.source +
                    ": all of it stands in brackets, which are for sounds. Take them off what is "
                    "to be spoken.");
  return said;
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
