// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/container.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iterator>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/error.h"
#include "tools/common/element.h"
#include "tools/common/object.h"

namespace gst_lingua_dub {

using gst_lingua_tools::has_element;
using gst_lingua_tools::need_elements;
using gst_lingua_tools::Object;
using gst_translate::Error;
using gst_translate::UsageError;

namespace {

/// What parses a stream: by the name of its caps, and a version where the name is not enough.
struct Parser {
  const char* format;
  int mpeg_version;  ///< 0: whatever it is
  const char* element;
};
constexpr Parser parsers[] = {
    {"video/x-h264", 0, "h264parse"},    {"video/x-h265", 0, "h265parse"},
    {"video/x-av1", 0, "av1parse"},      {"video/x-vp8", 0, ""},
    {"video/x-vp9", 0, "vp9parse"},      {"video/mpeg", 4, "mpeg4videoparse"},
    {"video/mpeg", 0, "mpegvideoparse"}, {"audio/mpeg", 1, "mpegaudioparse"},
    {"audio/mpeg", 0, "aacparse"},       {"audio/x-ac3", 0, "ac3parse"},
    {"audio/x-eac3", 0, "ac3parse"},     {"audio/x-opus", 0, "opusparse"},
    {"audio/x-flac", 0, "flacparse"},    {"audio/x-vorbis", 0, "vorbisparse"},
};

const Parser* parser_for(const GstCaps* stream) {
  const GstStructure* structure = gst_caps_get_structure(stream, 0);
  gint version = 0;
  gst_structure_get_int(structure, "mpegversion", &version);
  gboolean is_system = FALSE;
  if (gst_structure_get_boolean(structure, "systemstream", &is_system) && is_system) return nullptr;
  for (const Parser& parser : parsers)
    if (gst_structure_has_name(structure, parser.format) &&
        (parser.mpeg_version == 0 || parser.mpeg_version == version))
      return &parser;
  return nullptr;
}

/// A codec of pictures whose units lie in the stream in one of two ways.
struct Units {
  const char* format;
  const char* in_files;  ///< stream-format in Matroska and MP4
  const char* timestamper;
};
constexpr Units units[] = {{"video/x-h264", "avc", "h264timestamper"},
                           {"video/x-h265", "hvc1", "h265timestamper"}};

Object<GstElementFactory> factory_of(const std::string& name) {
  need_elements({name});
  return Object<GstElementFactory>(gst_element_factory_find(name.c_str()));
}

}  // namespace

Container Container::of(const std::string& file) {
  std::string extension = std::filesystem::path(file).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".mkv") return {"mkv", "matroskamux", true, true};
  if (extension == ".webm") return {"webm", "webmmux", false, true};
  if (extension == ".mp4" || extension == ".m4v" || extension == ".mov")
    return {"mp4", extension == ".mov" ? "qtmux" : "mp4mux", true, true};
  if (extension == ".ts" || extension == ".m2ts") return {"ts", "mpegtsmux", false, false};
  throw UsageError("the output \"" + file +
                   "\" should end in .mkv, .mp4, .mov, .webm or .ts, which says what it becomes");
}

std::string Container::sound_encoder() const {
  if (is_matroska()) {
    need_elements({"opusenc"});
    return "audioconvert ! audioresample ! audio/x-raw,rate=48000 ! opusenc bitrate-type=vbr ! ";
  }
  for (const char* encoder : {"fdkaacenc", "avenc_aac", "voaacenc"})
    if (has_element(encoder))
      return std::string("audioconvert ! audioresample ! ") + encoder +
             (std::string(encoder) == "voaacenc" ? " bitrate=128000" : "") + " ! aacparse ! ";
  throw Error(Error::Kind::Unavailable,
              "There is no encoder for AAC, which ." + extension_ +
                  " needs: install gstreamer1.0-libav (avenc_aac) or gstreamer1.0-plugins-bad "
                  "(voaacenc), or write an .mkv.");
}

bool Container::takes(const Track& track) const {
  GstCaps* stream = gst_caps_from_string(track.caps.c_str());
  // A parser changes these.
  for (const char* field : {"stream-format", "alignment", "framed", "parsed"})
    for (guint i = 0; i < gst_caps_get_size(stream); ++i)
      gst_structure_remove_field(gst_caps_get_structure(stream, i), field);
  const bool taken = gst_element_factory_can_sink_any_caps(factory_of(muxer_).get(), stream) != 0;
  gst_caps_unref(stream);
  return taken;
}

std::string Container::converter(const GstCaps* stream, const std::string& film_format) const {
  // Neither Matroska nor its relative WebM says when a picture is to be decoded. Other formats than
  // these and MP4 lack more: times, borders between pictures.
  const bool from_matroska = film_format.find("x-matroska") != std::string::npos ||
                             film_format.find("webm") != std::string::npos;
  const bool from_mp4 = film_format == "video/quicktime" || film_format == "audio/x-m4a";
  const GstStructure* structure = gst_caps_get_structure(stream, 0);
  // Demuxers give the headers of FLAC in a form that matroskamux refuses.
  const bool fits = (from_matroska || from_mp4) &&
                    gst_structure_has_name(structure, "audio/x-flac") == 0 &&
                    gst_element_factory_can_sink_all_caps(factory_of(muxer_).get(), stream) != 0;
  std::string line;
  const auto add = [&line](const std::string& element) {
    line += (line.empty() ? "" : " ! ") + element;
  };
  const auto* unit =
      std::find_if(std::begin(units), std::end(units), [structure](const Units& each) {
        return gst_structure_has_name(structure, each.format) != 0;
      });
  const bool has_units = unit != std::end(units);
  // Before the parser, which makes up times of its own.
  if (has_units && !is_matroska() && from_matroska && has_element(unit->timestamper))
    add(unit->timestamper);
  const Parser* parser = parser_for(stream);
  if (extension_ == "mp4" && gst_structure_has_name(structure, "video/x-vp9") != 0) {
    // mp4mux of GStreamer 1.22 crashes where nobody says where the samples of colour lie.
    add(parser->element);
    if (gst_structure_has_field(structure, "chroma-site") == 0)
      add("capssetter caps=video/x-vp9,chroma-site=mpeg2");
    return line;
  }
  if (fits || !parser || parser->element[0] == '\0') return line;
  if (!has_units) {
    add(parser->element);
  } else if (extension_ == "ts") {
    // Who joins a broadcast amid it needs the parameters again and again.
    add(std::string(parser->element) + " config-interval=-1");
    add(std::string(unit->format) + ",alignment=au,stream-format=byte-stream");
  } else {
    add(parser->element);
    add(std::string(unit->format) + ",alignment=au,stream-format=" + unit->in_files);
  }
  return line;
}

bool Container::keeps_title(const std::string& title) const {
  return !is_matroska() || std::all_of(title.begin(), title.end(),
                                       [](unsigned char c) { return c < 0x80 && std::isalnum(c); });
}

std::string Container::picture_pad() const {
  return named_pads_ ? "mux.video_0" : "mux.";
}

std::string Container::sound_pad(size_t number) const {
  return named_pads_ ? "mux.audio_" + std::to_string(number) : "mux.";
}

std::string Container::text_pad(size_t number) const {
  return "mux.subtitle_" + std::to_string(number);
}

bool is_elementary(const GstCaps* stream) {
  return parser_for(stream) != nullptr;
}

}  // namespace gst_lingua_dub
