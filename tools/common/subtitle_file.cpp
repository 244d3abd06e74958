// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/subtitle_file.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "gst-translate/command-line/input.h"
#include "gst-translate/command-line/program.h"
#include "gst-translate/text/encoding.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"
#include "tools/common/bus_error.h"
#include "tools/common/element.h"
#include "tools/common/legacy_encoding.h"
#include "tools/common/subrip.h"
#include "tools/common/substation.h"

namespace gst_lingua_tools {

using gst_translate::Error;

namespace {

/// The bytes of a file on a disk; none of what can be read but once.
std::string bytes_of(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return "";
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Of a file of pictures of text, what they are; empty for another.
std::string pictures_in(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.substr(0, 4) == "\0\0\1\xBA"sv || bytes.substr(0, 8) == "# VobSub"sv) return "VobSub";
  return bytes.substr(0, 2) == "PG"sv && bytes.find('\0') < 16 ? "PGS" : "";
}

/// True for text that has more faults than characters beyond ASCII as UTF-8, and no mark.
bool is_legacy(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return false;
  gst_translate::TextDecoder decoder;
  std::string text = decoder.push(bytes);
  text += decoder.finish();
  const auto beyond_ascii = std::count_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC0; });
  return decoder.guessed() || 2 * decoder.invalid_sequences() > static_cast<guint64>(beyond_ascii);
}

/// What "auto" means for a file.
std::string find_encoding(const std::string& file, const std::string& language) {
  const std::string bytes = bytes_of(file);
  if (const std::string kind = pictures_in(bytes); !kind.empty())
    throw Error(Error::Kind::Corrupt, file + " has subtitles that are pictures (" + kind +
                                          "), not text. " + instead_of_pictures);
  if (!is_legacy(bytes)) return "auto";
  std::string encoding = legacy_encoding(bytes, language);
  if (encoding == "windows-1252") return "auto";
  gst_translate::warn(file + ": is taken for " + encoding + "; --encoding says what it is.");
  return encoding;
}

/// All of it, with '\n' at the ends of lines, whatever there was: "\r\n", "\r", or "\r\r\n" of a
/// file that was converted twice.
std::string read_text(const std::string& file, const std::string& encoding,
                      const std::string& language) {
  std::string text;
  gst_translate::TextReader reader(file,
                                   encoding == "auto" ? find_encoding(file, language) : encoding);
  for (std::string piece; !(piece = reader.read()).empty();)
    text += piece;
  std::string unix_text;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      unix_text += text[at];
      continue;
    }
    const size_t next = std::min(text.find_first_not_of('\r', at), text.size());
    if (next == text.size() || text[next] != '\n') unix_text.append(next - at, '\n');
    at = next - 1;
  }
  return unix_text;
}

/// The pictures a second of a file of MicroDVD whose first line says no more: "{1}{1}23.976". That
/// line is taken off.
std::optional<double> take_frame_rate(std::string& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string line(gst_translate::trim(std::string_view(text).substr(0, end)));
  if (line.rfind("{0}{0}", 0) != 0 && line.rfind("{1}{1}", 0) != 0) return std::nullopt;
  line.erase(0, 6);
  std::replace(line.begin(), line.end(), ',', '.');
  gchar* rest = nullptr;
  const double rate = g_ascii_strtod(line.c_str(), &rest);
  const std::string_view unit = gst_translate::trim(rest);
  if (!(rate >= 1 && rate <= 300) || !(unit.empty() || unit == "fps")) return std::nullopt;
  text.erase(0, std::min(end + 1, text.size()));
  return rate;
}

/// What the parser found wrong; empty if nothing.
std::string failure_of(GstElement* pipeline) {
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR);
  return message != nullptr ? error_of(message).what() : "";
}

bool is_ttml(std::string_view text) {
  return text.substr(0, 1000).find("<tt ") != std::string_view::npos ||
         text.substr(0, 1000).find("<tt>") != std::string_view::npos;
}

Error ttml(const std::string& file) {
  return Error(Error::Kind::Corrupt,
               file +
                   " is TTML, which is not read as it is. SubRip can be made of it: gst-launch-1.0 "
                   "filesrc location=" +
                   file + " ! ttmlparse ! nllbtranslate ! srtenc ! filesink location=film.srt");
}

Error no_subtitles(const std::string& file, const std::string& detail) {
  return Error(Error::Kind::Corrupt,
               file +
                   " has no subtitles in a format that is known: SubRip (.srt), WebVTT (.vtt), "
                   "MicroDVD (.sub) and SubStation (.ass, .ssa) are.",
               detail);
}

}  // namespace

const char* const instead_of_pictures =
    "A program that reads text in pictures, such as Subtitle Edit, makes a file of SubRip of them.";

const std::vector<std::string> subtitle_extensions = {".srt", ".vtt", ".sub",
                                                      ".ass", ".ssa", ".sbv"};

bool is_subtitle_file(const std::string& name) {
  g_autofree gchar* lower = g_ascii_strdown(name.c_str(), -1);
  return std::any_of(
      subtitle_extensions.begin(), subtitle_extensions.end(),
      [&](const std::string& end) { return g_str_has_suffix(lower, end.c_str()) != FALSE; });
}

std::vector<Cue> read_subtitles(const std::string& file, const std::string& encoding,
                                const std::string& language, const std::string& frame_rate) {
  std::string text = read_text(file, encoding, language);
  if (text.empty()) throw Error(Error::Kind::Corrupt, "The file " + file + " is empty.");
  if (std::vector<Cue> cues = is_substation(text) ? read_substation(text) : read_subrip(text);
      !cues.empty()) {
    tidy(cues);
    if (cues.empty()) throw no_subtitles(file, "");
    return cues;
  }
  if (is_ttml(text)) throw ttml(file);
  const Object<GstElement> pipeline =
      parse_pipeline("appsrc name=file ! subparse name=parser ! appsink name=cues sync=false");
  const Object<GstElement> parser = child(pipeline.get(), "parser");
  if (const std::optional<double> rate = take_frame_rate(text)) {
    gint pictures = 0, seconds = 1;
    gst_util_double_to_fraction(*rate, &pictures, &seconds);
    g_object_set(parser.get(), "video-fps", pictures, seconds, nullptr);
  } else if (!frame_rate.empty()) {
    gst_util_set_object_arg(G_OBJECT(parser.get()), "video-fps", frame_rate.c_str());
  }
  const Object<GstElement> source = child(pipeline.get(), "file");
  const Object<GstElement> end = child(pipeline.get(), "cues");
  gst_app_src_push_buffer(GST_APP_SRC(source.get()),
                          gst_buffer_new_memdup(text.data(), text.size()));
  gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<Cue> cues;
  for (;;) {
    g_autoptr(GstSample) sample = gst_app_sink_pull_sample(GST_APP_SINK(end.get()));
    if (sample == nullptr) break;  // the end, or an error
    if (auto cue = cue_of(sample)) cues.push_back(std::move(*cue));
  }
  const std::string failure = failure_of(pipeline.get());
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  tidy(cues);
  if (!failure.empty() || cues.empty()) throw no_subtitles(file, failure);
  return cues;
}

}  // namespace gst_lingua_tools
