// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/hls_output.h"

#include <cerrno>
#include <utility>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tools/common/element.h"
#include "tools/live/output/aac.h"

namespace gst_lingua_live {

using gst_lingua_tools::child;
using gst_lingua_tools::parse_pipeline;
using gst_translate::Error;

namespace {

Object<GstElement> make_pipeline(const std::string& folder,
                                 const std::vector<std::string>& languages) {
  std::string line;
  for (const std::string& language : languages)
    line += SoundPipeline::source(language) + "! queue ! clocksync ! " + aac_encoder() + " ! hls-" +
            language + ".audio hlssink2 name=hls-" + language +
            " target-duration=2 playlist-length=6 max-files=12 ";
  Object<GstElement> pipeline = parse_pipeline(line);
  for (const std::string& language : languages) {
    const std::string below = folder + '/' + language;
    g_object_set(child(pipeline.get(), ("hls-" + language).c_str()).get(), "location",
                 (below + "/speech-%05d.ts").c_str(), "playlist-location",
                 (below + "/speech.m3u8").c_str(), nullptr);
  }
  return pipeline;
}

void make_folder(const std::string& folder) {
  if (g_mkdir_with_parents(folder.c_str(), 0755) != 0)
    throw Error(Error::Kind::Unavailable,
                "The folder " + folder + " cannot be made: " + g_strerror(errno) + '.');
}

/// A line of a master playlist.
std::string rendition(const char* type, const char* group, const std::string& language,
                      const std::string& uri, bool first) {
  const auto* known = gst_translate::find_language(language);
  return std::string("#EXT-X-MEDIA:TYPE=") + type + ",GROUP-ID=\"" + group + "\",NAME=\"" +
         std::string(known->name) + "\",LANGUAGE=\"" + language +
         (first ? "\",DEFAULT=YES" : "\",DEFAULT=NO") + ",AUTOSELECT=YES,URI=\"" + uri + "\"\n";
}

constexpr const char* master_header = "#EXTM3U\n#EXT-X-VERSION:4\n";
constexpr const char* stream = "#EXT-X-STREAM-INF:BANDWIDTH=96000,CODECS=\"mp4a.40.2\"";

void write(const std::string& path, const std::string& text) {
  g_autoptr(GError) error = nullptr;
  if (g_file_set_contents(path.c_str(), text.data(), static_cast<gssize>(text.size()), &error) ==
      FALSE)
    throw Error(Error::Kind::Unavailable, path + " cannot be written (" + error->message + ").");
}

}  // namespace

HlsOutput::HlsOutput(const std::string& folder, const std::vector<std::string>& languages,
                     const Transcript& transcript, std::function<GstClockTime()> now)
    : folder_(folder),
      now_(std::move(now)),
      pipeline_("HLS", [folder, languages] { return make_pipeline(folder, languages); }) {
  for (const std::string& language : languages) {
    make_folder(folder + '/' + language);
    captions_.emplace_back(folder + '/' + language, language, transcript);
  }
  write_masters(languages);
}

/// Chromium cannot change the sound of a stream: one for each language is for it.
void HlsOutput::write_masters(const std::vector<std::string>& languages) const {
  std::string all = master_header;
  for (const std::string& language : languages) {
    const bool first = language == languages.front();
    all += rendition("AUDIO", "speech", language, language + "/speech.m3u8", first) +
           rendition("SUBTITLES", "captions", language, language + "/captions.m3u8", first);
    write(folder_ + '/' + language + "/master.m3u8",
          master_header + rendition("SUBTITLES", "captions", language, "captions.m3u8", true) +
              stream + ",SUBTITLES=\"captions\"\nspeech.m3u8\n");
  }
  all += std::string(stream) + ",AUDIO=\"speech\",SUBTITLES=\"captions\"\n" + languages.front() +
         "/speech.m3u8\n";
  write(folder_ + "/master.m3u8", all);
}

void HlsOutput::start(GstElement* main) {
  pipeline_.start(main);
  for (WebvttPlaylist& captions : captions_)
    captions.start(now_());
  timer_ = std::make_unique<Timer>(250, [this] {
    for (WebvttPlaylist& captions : captions_)
      captions.advance(now_());
  });
}

void HlsOutput::sound(const std::string& language, GstSample* sample) {
  pipeline_.push(language, sample);
}

void HlsOutput::finish() {
  if (!timer_) return;
  timer_.reset();
  pipeline_.finish();
  for (WebvttPlaylist& captions : captions_)
    captions.finish(now_());
}

}  // namespace gst_lingua_live
