// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/film.h"

#include <gst/pbutils/pbutils.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "gst-translate/text/error.h"
#include "tools/common/object.h"

namespace gst_lingua_dub {

using gst_lingua_tools::Object;
using gst_translate::Error;

namespace {

Track track_of(GstDiscovererStreamInfo* stream) {
  Track track;
  if (const gchar* id = gst_discoverer_stream_info_get_stream_id(stream)) track.id = id;
  if (GstCaps* caps = gst_discoverer_stream_info_get_caps(stream)) {
    if (gst_caps_get_size(caps) > 0)
      track.format = gst_structure_get_name(gst_caps_get_structure(caps, 0));
    gchar* text = gst_caps_to_string(caps);
    track.caps = text;
    g_free(text);
    gst_caps_unref(caps);
  }
  const GstTagList* tags = gst_discoverer_stream_info_get_tags(stream);
  track.language = language_of(tags);
  track.title = tag(tags, GST_TAG_TITLE);
  return track;
}

/// The language of a sound or of subtitles, which not every demuxer says in the stream's tags.
void complete(Track& track, const gchar* language) {
  if (track.language.empty() && language != nullptr) track.language = language;
}

/// Of the plugins that GStreamer lacks for it; empty if it does not say.
std::string missing_plugins(GstDiscovererInfo* info) {
  std::string names;
  const gchar** details =
      info != nullptr ? gst_discoverer_info_get_missing_elements_installer_details(info) : nullptr;
  for (; details != nullptr && *details != nullptr; ++details) {
    // "gstreamer|1.0|PROGRAM|NAME|KIND"
    g_auto(GStrv) fields = g_strsplit(*details, "|", 5);
    if (g_strv_length(fields) == 5) names += (names.empty() ? "" : ", ") + std::string(fields[3]);
  }
  return names;
}

void check_file(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    throw Error(Error::Kind::NotFound, "The file " + path + " cannot be read: " +
                                           std::generic_category().message(errno) + ".");
  if (S_ISDIR(status.st_mode))
    throw Error(Error::Kind::Settings, path + " is a folder, not a film.");
  if (status.st_size == 0) throw Error(Error::Kind::Corrupt, "The file " + path + " is empty.");
}

[[noreturn]] void refuse(const std::string& path, GstDiscovererInfo* info,
                         const std::string& detail) {
  if (const std::string plugins = missing_plugins(info); !plugins.empty())
    throw Error(
        Error::Kind::Unavailable,
        path + " cannot be read without a plugin that GStreamer does not have here: " + plugins +
            ". Install the package that has it (gstreamer1.0-plugins-good, -bad, -ugly, "
            "gstreamer1.0-libav).",
        detail);
  throw Error(Error::Kind::Corrupt,
              path +
                  " is no film that can be read: it is damaged, or a plugin of GStreamer for its "
                  "format is missing.",
              detail);
}

}  // namespace

std::string tag(const GstTagList* tags, const char* name) {
  gchar* value = nullptr;
  if (!tags || !gst_tag_list_get_string(tags, name, &value)) return "";
  std::string text = value;
  g_free(value);
  return text;
}

std::string language_of(const GstTagList* tags) {
  const std::string code = tag(tags, GST_TAG_LANGUAGE_CODE);
  return code == "und" ? "" : code;
}

bool is_text(const std::string& format) {
  for (const char* start : {"text/", "application/x-ass", "application/x-ssa",
                            "application/x-subtitle", "application/x-sub"})
    if (format.rfind(start, 0) == 0) return true;
  return false;
}

Film look_at(const std::string& path) {
  check_file(path);
  GError* error = nullptr;
  const Object<GstDiscoverer> discoverer(gst_discoverer_new(60 * GST_SECOND, &error));
  if (!discoverer) {
    const std::string text = error->message;
    g_error_free(error);
    throw Error(Error::Kind::Unavailable, "Films cannot be looked at: " + text);
  }
  gchar* uri = gst_filename_to_uri(path.c_str(), nullptr);
  const Object<GstDiscovererInfo> info(gst_discoverer_discover_uri(discoverer.get(), uri, &error));
  g_free(uri);
  const std::string detail = error ? error->message : "";
  g_clear_error(&error);
  // A plugin may be missing for one stream alone: what is needed is copied or refused by name.
  const GstDiscovererResult result =
      info ? gst_discoverer_info_get_result(info.get()) : GST_DISCOVERER_ERROR;
  if (result != GST_DISCOVERER_OK && result != GST_DISCOVERER_MISSING_PLUGINS)
    refuse(path, info.get(), detail);

  Film film;
  film.path = path;
  film.duration = gst_discoverer_info_get_duration(info.get());
  if (const GstTagList* tags = gst_discoverer_info_get_tags(info.get())) {
    film.title = tag(tags, GST_TAG_TITLE);
    film.attachments = gst_tag_list_get_tag_size(tags, GST_TAG_ATTACHMENT);
  }
  if (const GstToc* toc = gst_discoverer_info_get_toc(info.get()))
    film.chapters.reset(gst_toc_ref(const_cast<GstToc*>(toc)),
                        [](GstToc* chapters) { gst_toc_unref(chapters); });
  const Object<GstDiscovererStreamInfo> whole(gst_discoverer_info_get_stream_info(info.get()));
  if (whole) film.format = track_of(whole.get()).format;
  GList* streams = gst_discoverer_info_get_stream_list(info.get());
  for (GList* each = streams; each; each = each->next) {
    auto* stream = GST_DISCOVERER_STREAM_INFO(each->data);
    Track track = track_of(stream);
    if (GST_IS_DISCOVERER_VIDEO_INFO(stream)) {
      auto* video = GST_DISCOVERER_VIDEO_INFO(stream);
      if (gst_discoverer_video_info_is_image(video) || film.picture) continue;
      if (const guint per = gst_discoverer_video_info_get_framerate_denom(video);
          per > 0 && gst_discoverer_video_info_get_framerate_num(video) > 0)
        film.frame_rate = std::to_string(gst_discoverer_video_info_get_framerate_num(video)) + "/" +
                          std::to_string(per);
      film.picture = std::move(track);
    } else if (GST_IS_DISCOVERER_AUDIO_INFO(stream)) {
      // A transport stream may name two kinds of one sound, of which the other never comes.
      auto* sound = GST_DISCOVERER_AUDIO_INFO(stream);
      if (track.id.empty() && gst_discoverer_audio_info_get_sample_rate(sound) == 0) continue;
      complete(track, gst_discoverer_audio_info_get_language(sound));
      film.sounds.push_back(std::move(track));
    } else {
      const bool is_subtitle = GST_IS_DISCOVERER_SUBTITLE_INFO(stream);
      if (is_subtitle)
        complete(track,
                 gst_discoverer_subtitle_info_get_language(GST_DISCOVERER_SUBTITLE_INFO(stream)));
      if (is_text(track.format))
        film.subtitles.push_back(std::move(track));
      else if (is_subtitle)
        film.picture_subtitles.push_back(std::move(track));
    }
  }
  gst_discoverer_stream_info_list_free(streams);
  if (!film.picture && film.sounds.empty()) {
    if (film.subtitles.empty()) refuse(path, info.get(), detail);
    throw Error(Error::Kind::Settings,
                path + " is subtitles alone: name the film, and this file with --subtitles.");
  }
  return film;
}

}  // namespace gst_lingua_dub
