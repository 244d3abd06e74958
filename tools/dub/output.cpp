// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/output.h"

#include <atomic>
#include <cmath>
#include <map>
#include <utility>

#include "gst-translate/text/language.h"
#include "plugins/common/tags.h"
#include "tools/dub/ducking.h"
#include "tools/dub/pipeline.h"

namespace gst_lingua_dub {

namespace {

// What each sound is before it is mixed with others.
constexpr const char* sound_caps =
    "audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=2,channel-mask=(bitmask)3";

std::string name_of(const std::string& code) {
  const auto* language = gst_translate::find_language(code);
  return language ? std::string(language->name) : code;
}

/// The launch line of the whole film, and what has to be done to it before it runs.
class FilmWriter {
 public:
  FilmWriter(const Film& film, const Options& options, const Container& container)
      : film_(film), options_(options), container_(container) {}

  void add_muxer(const std::string& file) {
    line_ += container_.muxer() + " name=mux ! filesink name=file";
    files_["file"] = file;
  }

  void add_picture() {
    if (!film_.picture) return;
    const std::string language = !film_.picture->language.empty() ? film_.picture->language
                                 : film_.sounds.empty()           ? ""
                                                                  : film_.sounds[0].language;
    line_ += "  filesrc name=picture_file ! parsebin name=picture_source  queue name=picture ! " +
             tagger(language, film_.picture->title) + container_.picture_pad();
    files_["picture_file"] = film_.path;
    wanted_["picture_source"][film_.picture->id] = "picture";
  }

  /// The film's own sounds; the first is also there to be ducked.
  void add_sounds(bool ducked) {
    if (film_.sounds.empty()) return;
    line_ += "  filesrc name=sound_file ! parsebin name=sound_source";
    files_["sound_file"] = film_.path;
    for (const Track& sound : film_.sounds) {
      const std::string name = "sound_" + std::to_string(sounds_);
      const bool is_ducked = ducked && sounds_ == 0;
      line_ += "  queue name=" + name + " ! ";
      if (is_ducked) line_ += "tee name=original ! queue ! ";
      if (!container_.takes(sound)) line_ += "decodebin ! " + container_.sound_encoder();
      line_ += tagger(sound.language, sound.title) + "queue ! " + container_.sound_pad(sounds_);
      if (is_ducked)
        line_ += std::string("  original. ! queue ! decodebin ! audioconvert ! audioresample ! ") +
                 sound_caps + " ! tee name=decoded";
      wanted_["sound_source"][sound.id] = name;
      ++sounds_;
    }
  }

  void add_speech(const Dubbed& dubbed, bool ducked) {
    const std::string number = std::to_string(speeches_++);
    files_["speech_file_" + number] = dubbed.part.sound;
    const std::string speech = "  filesrc name=speech_file_" + number +
                               " ! matroskademux ! flacparse ! flacdec ! audioconvert ! "
                               "audioresample ! " +
                               sound_caps + " ! queue name=speech_" + number + " ! ";
    const std::string rest = container_.sound_encoder() +
                             tagger(dubbed.language, name_of(dubbed.language)) + "queue ! " +
                             container_.sound_pad(sounds_++);
    if (!ducked) {
      line_ += speech + rest;
      return;
    }
    line_ += speech + "audiomixer name=mixer_" + number + " ! " + sound_caps + " ! " + rest +
             "  decoded. ! queue ! volume name=ducked_" + number + " ! mixer_" + number + ".";
    ducked_.emplace_back("ducked_" + number, &dubbed.part);
  }

  void add_text(const std::string& language, const std::string& title,
                const std::vector<Cue>& cues) {
    const std::string name = "text_" + std::to_string(texts_);
    line_ += "  appsrc name=" + name + " format=time max-bytes=0 caps=text/x-raw,format=utf8 ! " +
             tagger(language, title) + "queue ! " + container_.text_pad(texts_);
    cues_.emplace_back(name, &cues);
    ++texts_;
  }

  GstClockTime run(const std::function<void(double)>& progress) {
    Pipeline pipeline(line_);
    pipeline_ = pipeline.get();
    for (const auto& [name, path] : files_)
      pipeline.set_file(name, path);
    for (const auto& [name, streams] : wanted_) {
      const Object<GstElement> source = pipeline.child(name);
      g_signal_connect(source.get(), "autoplug-continue", G_CALLBACK(on_autoplug), nullptr);
      g_signal_connect(source.get(), "pad-added", G_CALLBACK(on_pad), this);
      g_signal_connect(source.get(), "no-more-pads", G_CALLBACK(on_no_more_pads), this);
    }
    const double low = std::pow(10.0, -options_.duck_db / 20);
    for (const auto& [name, part] : ducked_)
      follow(pipeline.child(name).get(), duck(part->speech, low));
    for (const auto& [name, cues] : cues_)
      push(pipeline.child(name).get(), *cues);
    const Object<GstElement> muxer = pipeline.child("mux");
    if (!film_.title.empty() && container_.keeps_title(film_.title) &&
        GST_IS_TAG_SETTER(muxer.get()))
      gst_tag_setter_add_tags(GST_TAG_SETTER(muxer.get()), GST_TAG_MERGE_REPLACE, GST_TAG_TITLE,
                              film_.title.c_str(), nullptr);
    if (film_.chapters && GST_IS_TOC_SETTER(muxer.get()))
      gst_toc_setter_set_toc(GST_TOC_SETTER(muxer.get()), film_.chapters.get());

    for (const auto& [source, streams] : wanted_)
      for (const auto& [id, queue] : streams)
        watch(pipeline.child(queue).get());
    if (wanted_.empty()) watch(pipeline.child("speech_0").get());
    pipeline.run([](GstMessage*) {},
                 [&] {
                   if (GST_CLOCK_TIME_IS_VALID(film_.duration) && film_.duration > 0)
                     progress(static_cast<double>(position_) / static_cast<double>(film_.duration));
                 });
    return position_;
  }

 private:
  /// Demuxers give what is wanted: most muxers take it without a parser, so that it stays as it is.
  static gboolean on_autoplug(GstElement*, GstPad*, GstCaps* caps, gpointer) {
    return is_elementary(caps) ? FALSE : TRUE;
  }

  /// An element that tags what passes.
  std::string tagger(const std::string& language, const std::string& title) const {
    // A Matroska file without a language says English.
    std::string tags =
        "language-code=" + (language.empty() ? "und" : gst_lingua::tag_code(language));
    if (!title.empty() && container_.keeps_title(title)) tags += ",title=" + quoted(title);
    return "taginject tags=" + quoted(tags) + " ! ";
  }

  /// A stream of the film has been found: it goes where it is wanted. One that is not goes
  /// nowhere, but goes: flvdemux gives up where its first stream is not linked.
  static void on_pad(GstElement* source, GstPad* pad, gpointer data) {
    const auto& self = *static_cast<FilmWriter*>(data);
    const auto& streams = self.wanted_.at(GST_OBJECT_NAME(source));
    const auto wanted = streams.find(stream_id(pad));
    if (wanted != streams.end())
      self.link(pad, wanted->second);
    else
      self.let_go(pad);
  }

  /// The muxer would wait for ever for a stream that does not come.
  static void on_no_more_pads(GstElement* source, gpointer data) {
    const auto& self = *static_cast<FilmWriter*>(data);
    for (const auto& [id, queue] : self.wanted_.at(GST_OBJECT_NAME(source))) {
      const Object<GstElement> target(gst_bin_get_by_name(GST_BIN(self.pipeline_), queue.c_str()));
      const Object<GstPad> sink(gst_element_get_static_pad(target.get(), "sink"));
      if (gst_pad_is_linked(sink.get()) == FALSE)
        GST_ELEMENT_ERROR(source, STREAM, DEMUX,
                          ("%s cannot be read once more: a stream of it (%s) does not come again.",
                           self.film_.path.c_str(), queue.c_str()),
                          ("stream-id %s", id.c_str()));
    }
  }

  void let_go(GstPad* pad) const {
    GstElement* sink = gst_element_factory_make("fakesink", nullptr);
    g_object_set(sink, "async", FALSE, "sync", FALSE, nullptr);
    gst_bin_add(GST_BIN(pipeline_), sink);
    gst_element_sync_state_with_parent(sink);
    const Object<GstPad> target(gst_element_get_static_pad(sink, "sink"));
    gst_pad_link(pad, target.get());
  }

  /// Subtitles that are pictures may say that they last for months; the sound is silent for as long
  /// in the demuxer's eyes, and would be written so. What really pauses comes in short gaps.
  static GstPadProbeReturn on_event(GstPad*, GstPadProbeInfo* info, gpointer) {
    constexpr GstClockTime longest = 3600 * GST_SECOND;
    GstEvent* event = GST_PAD_PROBE_INFO_EVENT(info);
    GstClockTime start = 0, duration = 0;
    if (GST_EVENT_TYPE(event) != GST_EVENT_GAP) return GST_PAD_PROBE_OK;
    gst_event_parse_gap(event, &start, &duration);
    return GST_CLOCK_TIME_IS_VALID(duration) && duration > longest ? GST_PAD_PROBE_DROP
                                                                   : GST_PAD_PROBE_OK;
  }

  void link(GstPad* pad, const std::string& queue) const {
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, nullptr, nullptr);
    Object<GstElement> target(gst_bin_get_by_name(GST_BIN(pipeline_), queue.c_str()));
    GstCaps* caps = gst_pad_query_caps(pad, nullptr);
    const std::string line = container_.converter(caps, film_.format);
    gst_caps_unref(caps);
    if (!line.empty()) {
      GstElement* converter = gst_parse_bin_from_description(line.c_str(), TRUE, nullptr);
      gst_bin_add(GST_BIN(pipeline_), converter);
      gst_element_link(converter, target.get());
      gst_element_sync_state_with_parent(converter);
      target.reset(GST_ELEMENT(gst_object_ref(converter)));
    }
    const Object<GstPad> sink(gst_element_get_static_pad(target.get(), "sink"));
    gst_pad_link(pad, sink.get());
  }

  void watch(GstElement* queue) {
    const Object<GstPad> pad(gst_element_get_static_pad(queue, "src"));
    gst_pad_add_probe(
        pad.get(), GST_PAD_PROBE_TYPE_BUFFER,
        [](GstPad*, GstPadProbeInfo* info, gpointer self) {
          const GstClockTime time = GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(info));
          if (GST_CLOCK_TIME_IS_VALID(time)) static_cast<FilmWriter*>(self)->advance(time);
          return GST_PAD_PROBE_OK;
        },
        this, nullptr);
  }

  void advance(GstClockTime time) {
    GstClockTime before = position_;
    while (before < time && !position_.compare_exchange_weak(before, time))
      continue;
  }

  const Film& film_;
  const Options& options_;
  const Container& container_;
  std::string line_;
  size_t sounds_ = 0, speeches_ = 0, texts_ = 0;
  /// By the name of a parsebin: by stream-id, the name of the queue that takes it.
  std::map<std::string, std::map<std::string, std::string>> wanted_;
  std::map<std::string, std::string> files_;  ///< by the name of what reads or writes it
  std::vector<std::pair<std::string, const Part*>> ducked_;
  std::vector<std::pair<std::string, const std::vector<Cue>*>> cues_;
  GstElement* pipeline_ = nullptr;
  std::atomic<GstClockTime> position_{0};
};

}  // namespace

GstClockTime write_film(const Film& film, const Subtitles& subtitles,
                        const std::vector<Dubbed>& languages, const Options& options,
                        const Container& container, const std::string& file,
                        const std::function<void(double)>& progress) {
  const bool ducked = options.original == Original::Duck && !film.sounds.empty();
  FilmWriter writer(film, options, container);
  writer.add_muxer(file);
  writer.add_picture();
  if (options.original != Original::Drop) writer.add_sounds(ducked);
  for (const Dubbed& dubbed : languages)
    writer.add_speech(dubbed, ducked);
  if (container.has_text()) {
    writer.add_text(subtitles.language, name_of(subtitles.language), subtitles.cues);
    for (const TextTrack& other : subtitles.others)
      writer.add_text(other.language, other.title, other.cues);
    for (const Dubbed& dubbed : languages)
      writer.add_text(dubbed.language, name_of(dubbed.language), dubbed.part.cues);
  }
  return writer.run(progress);
}

}  // namespace gst_lingua_dub
