// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/checks.h"

#include <gst/pbutils/pbutils.h>

#include <filesystem>
#include <system_error>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/error.h"
#include "tools/common/element.h"

namespace gst_lingua_dub {

namespace fs = std::filesystem;
using gst_translate::Error;
using gst_translate::UsageError;

namespace {

[[noreturn]] void refuse_undecoded(const char* what, const Track& track,
                                   const std::string& otherwise) {
  GstCaps* caps = gst_caps_from_string(track.caps.c_str());
  g_autofree gchar* name = gst_pb_utils_get_codec_description(caps);
  gst_caps_unref(caps);
  throw Error(Error::Kind::Unavailable,
              std::string("The film's ") + what + " is " + (name != nullptr ? name : "unknown") +
                  " (" + track.format +
                  "), for which GStreamer has no decoder here: install gstreamer1.0-libav, or "
                  "another package of plugins that has one" +
                  otherwise + ".");
}

}  // namespace

void check_output(const Options& options) {
  std::error_code error;
  if (fs::equivalent(options.film, options.output, error))
    throw UsageError("the output would replace the film itself; give it another name");
  if (fs::is_directory(options.output, error))
    throw Error(Error::Kind::Settings,
                options.output + " is a folder: --out names the film that is to be written.");
  const fs::path folder = fs::absolute(options.output).parent_path();
  if (!fs::is_directory(folder, error))
    throw Error(Error::Kind::Settings, "There is no folder " + folder.string() + " to write to.");
}

void check_elements() {
  gst_lingua_tools::need_elements({"translatespeechbin", "ttssynth", "parsebin", "decodebin",
                                   "subparse", "appsrc", "taginject", "audioconvert",
                                   "audioresample", "audiomixer", "volume", "flacenc", "flacparse",
                                   "flacdec", "matroskamux", "matroskademux"});
}

void check_streams(const Film& film, const Options& options, const Container& container) {
  if (film.picture && !container.takes(*film.picture))
    throw Error(Error::Kind::Settings, "The picture is " + film.picture->format + ", which " +
                                           options.output +
                                           " cannot hold, and pictures are not encoded anew: write "
                                           "an .mkv.");
  container.sound_encoder();
  if (film.picture && film.format == "video/x-msvideo")
    throw Error(Error::Kind::Settings,
                film.path +
                    " is an AVI file, which does not say when its pictures are shown. This "
                    "makes a film that does: ffmpeg -fflags +genpts -i " +
                    film.path + " -c copy film.mkv");
  // GStreamer names no stream that it cannot decode, and what has no name cannot be copied.
  if (film.picture && film.picture->id.empty()) refuse_undecoded("picture", *film.picture, "");
  if (options.original == Original::Drop) return;
  for (const Track& sound : film.sounds)
    if (sound.id.empty())
      refuse_undecoded("sound", sound, ", or leave it out with --original drop");
}

void check_subtitles(const Subtitles& subtitles, const Options& options,
                     const Container& container) {
  if (container.has_text()) return;
  for (const std::string& code : options.to) {
    const std::string file = text_beside(options.output, code);
    std::error_code error;
    if (fs::equivalent(file, subtitles.source, error))
      throw UsageError("the subtitles to write, " + file +
                       ", would replace those that are read; give the output another name");
    if (fs::exists(file, error) && !fs::exists(options.output, error))
      throw UsageError("the subtitles to write, " + file +
                       ", would replace a file that is there already; move that, or give the "
                       "output another name");
  }
}

std::string text_beside(const std::string& output, const std::string& code) {
  return fs::path(output).replace_extension("." + code + ".srt").string();
}

}  // namespace gst_lingua_dub
