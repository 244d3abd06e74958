// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>

#include "tools/dub/film.h"

namespace gst_lingua_dub {

/// A format of files that a film is written in.
class Container {
 public:
  /// By a file's extension. Throws `UsageError` for one that is not known.
  static Container of(const std::string& file);

  /// "mp4mux", with its properties.
  const std::string& muxer() const { return muxer_; }

  /// Encoders of sound and what they need, in the order of a launch line, down to what the muxer
  /// takes. Throws `Error` Unavailable where none is installed.
  std::string sound_encoder() const;

  /// True if it holds such a stream.
  bool takes(const Track& track) const;

  /// The elements that a stream of a film has to pass on its way to the muxer, as they stand in a
  /// launch line; empty where the muxer takes it as it comes from the demuxer. `film_format`: the
  /// name of the caps of the film as a whole.
  std::string converter(const GstCaps* stream, const std::string& film_format) const;

  /// False for a title that its muxer would spoil: matroskamux of GStreamer 1.22 writes what is
  /// more than a word as GStreamer's own notation has it, with quotes and backslashes.
  bool keeps_title(const std::string& title) const;

  /// Names of the muxer's pads in a launch line: "mux.video_0".
  std::string picture_pad() const;
  std::string sound_pad(size_t number) const;
  std::string text_pad(size_t number) const;

  /// False: subtitles lie beside the film.
  bool has_text() const { return has_text_; }

  /// True if it holds chapters.
  bool has_chapters() const { return is_matroska(); }

 private:
  Container(std::string extension, std::string muxer, bool has_text, bool named_pads)
      : extension_(std::move(extension)),
        muxer_(std::move(muxer)),
        has_text_(has_text),
        named_pads_(named_pads) {}

  bool is_matroska() const { return extension_ == "mkv" || extension_ == "webm"; }

  std::string extension_;
  std::string muxer_;
  bool has_text_;
  bool named_pads_;  ///< the muxer has pads by kind
};

/// True for the caps of what a demuxer gives, if this program copies it: it needs no parser as
/// such.
bool is_elementary(const GstCaps* stream);

}  // namespace gst_lingua_dub
