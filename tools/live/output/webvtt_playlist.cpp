// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/webvtt_playlist.h"

#include <glib/gstdio.h>

#include <algorithm>

#include "gst-translate/command-line/program.h"
#include "tools/common/timestamp.h"

namespace gst_lingua_live {

using gst_lingua_tools::timestamp;

namespace {

constexpr GstClockTime duration = 2 * GST_SECOND;

// A file waits so long for a caption that belongs into it, and for when that is spoken.
constexpr GstClockTime patience = 500 * GST_MSECOND;

// Files in the playlist, and on the disk for who reads an older one.
constexpr uint64_t listed = 6;
constexpr uint64_t kept = 12;

// mpegtsmux writes running times from there on (3600 s), 90000 a second.
constexpr const char* header = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:324000000,LOCAL:00:00:00.000\n\n";

}  // namespace

void WebvttPlaylist::start(GstClockTime now) {
  first_ = next_ = now / duration;
  started_ = true;
}

void WebvttPlaylist::advance(GstClockTime now) {
  if (!started_) return;
  bool wrote = false;
  for (; now >= (next_ + 1) * duration + patience; ++next_) {
    write_file();
    wrote = true;
  }
  if (wrote) write_playlist(false);
}

void WebvttPlaylist::finish(GstClockTime now) {
  if (!started_) return;
  for (; now >= next_ * duration; ++next_)
    write_file();
  write_playlist(true);
}

/// Says that it cannot, until it can again.
void WebvttPlaylist::write(const std::string& path, const std::string& text) {
  g_autoptr(GError) error = nullptr;
  const bool written = g_file_set_contents(path.c_str(), text.data(),
                                           static_cast<gssize>(text.size()), &error) != FALSE;
  if (!written && !failing_) gst_translate::warn(error->message + std::string("."));
  failing_ = !written;
}

void WebvttPlaylist::write_file() {
  const GstClockTime end = (next_ + 1) * duration;
  std::string text = header;
  for (const Transcript::Cue& cue : transcript_.cues(language_, last_id_)) {
    if (cue.start >= end) break;
    last_id_ = cue.id;
    text += timestamp(cue.start, '.') + " --> " + timestamp(cue.end, '.') + '\n' +
            webvtt_text(cue.text) + "\n\n";
  }
  write(name_of(next_), text);
  if (next_ >= first_ + kept) g_remove(name_of(next_ - kept).c_str());
}

void WebvttPlaylist::write_playlist(bool ended) {
  const uint64_t begin = std::max(first_, next_ - std::min(next_, listed));
  std::string text = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:" +
                     std::to_string(begin) + '\n';
  for (uint64_t number = begin; number < next_; ++number)
    text += "#EXTINF:2.0,\ncaptions-" + std::to_string(number) + ".vtt\n";
  if (ended) text += "#EXT-X-ENDLIST\n";
  write(folder_ + "/captions.m3u8", text);
}

std::string WebvttPlaylist::name_of(uint64_t number) const {
  return folder_ + "/captions-" + std::to_string(number) + ".vtt";
}

}  // namespace gst_lingua_live
