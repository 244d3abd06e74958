// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gst_lingua_dub {

/// One stream of a film.
struct Track {
  std::string id;        ///< the stream-id that its pad has; empty where nothing decodes it
  std::string format;    ///< the name of its caps: "video/x-h264"
  std::string caps;      ///< all of them
  std::string language;  ///< as it is tagged; empty if it is not
  std::string title;
};

/// What is in a file.
struct Film {
  std::string path;
  GstClockTime duration = GST_CLOCK_TIME_NONE;
  std::string format;  ///< the name of the caps of the whole: "video/x-matroska"
  std::optional<Track> picture;
  std::string frame_rate;  ///< "25/1"; empty if it is not known
  std::vector<Track> sounds;
  std::vector<Track> subtitles;          ///< those that are text; their tags may be missing
  std::vector<Track> picture_subtitles;  ///< those that are pictures of text
  size_t attachments = 0;                ///< fonts and pictures that players need or show
  std::shared_ptr<GstToc> chapters;
  std::string title;
};

/// A tag's value; empty if there is none.
std::string tag(const GstTagList* tags, const char* name);

/// The code of a language that tags have; empty if they say none.
std::string language_of(const GstTagList* tags);

/// True for the name of caps of subtitles that are text, or may be: in Matroska those of WebVTT and
/// of DVB have the same.
bool is_text(const std::string& format);

/// Throws `Error`: there is no such file, or it is none that GStreamer can play.
Film look_at(const std::string& path);

}  // namespace gst_lingua_dub
