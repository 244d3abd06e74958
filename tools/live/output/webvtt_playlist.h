// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>

#include "tools/live/transcript.h"

namespace gst_lingua_live {

/// The captions of one language as a rendition of HLS: a WebVTT file each two seconds, whether
/// somebody speaks or not, and a playlist of the latest. Each cue is in the file in whose time it
/// begins.
class WebvttPlaylist {
 public:
  WebvttPlaylist(std::string folder, std::string language, const Transcript& transcript)
      : folder_(std::move(folder)), language_(std::move(language)), transcript_(transcript) {}

  /// The first file begins here, in running time.
  void start(GstClockTime now);

  /// Writes whatever is over by now.
  void advance(GstClockTime now);

  /// Writes the rest, and that nothing follows.
  void finish(GstClockTime now);

 private:
  void write_file();
  void write_playlist(bool ended);
  void write(const std::string& path, const std::string& text);
  std::string name_of(uint64_t number) const;

  const std::string folder_, language_;
  const Transcript& transcript_;
  uint64_t first_ = 0;    ///< file
  uint64_t next_ = 0;     ///< file; it begins at this many times its duration
  uint64_t last_id_ = 0;  ///< sentence that was written
  bool started_ = false;
  bool failing_ = false;  ///< the latest file could not be written
};

}  // namespace gst_lingua_live
