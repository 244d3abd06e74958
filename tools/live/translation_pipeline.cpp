// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/translation_pipeline.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <cmath>
#include <utility>

#include "gst-translate/command-line/program.h"
#include "gst-translate/text/language.h"
#include "plugins/common/metas.h"
#include "tools/common/buffer.h"
#include "tools/common/element.h"
#include "tools/live/main_thread.h"

namespace gst_lingua_live {

using gst_lingua_tools::bytes_of;
using gst_lingua_tools::child;
using gst_lingua_tools::has_element;
using gst_lingua_tools::make_element;
using gst_lingua_tools::parse_bin;
using gst_lingua_tools::sink;

namespace {

// Output is stamped with the moment at which it leaves: text is live, and has no time of its own.
constexpr const char* unsynchronised = "-1";

// How long the voice may take for its first sound, ms: all sound is that much behind the clock.
constexpr const char* voice_latency = "80";

// A pause after a full stop that ends a sentence, ms: shorter than between two slow words.
constexpr const char* terminator_wait = "120";

// What is spoken and not yet due waits here, ns, and so do texts that are not yet spoken, so that
// the next sentences are made meanwhile.
constexpr const char* spoken_ahead = "10000000000";
constexpr const char* texts_ahead = "16";

bool has_voice(const std::string& language) {
  if (!has_element("ttssynth")) return false;  // a package of its own
  const Object<GstElement> voice = make_element("ttssynth");
  g_object_set(voice.get(), "language-code", language.c_str(), nullptr);
  const bool starts =
      gst_element_set_state(voice.get(), GST_STATE_READY) != GST_STATE_CHANGE_FAILURE;
  gst_element_set_state(voice.get(), GST_STATE_NULL);
  return starts;
}

std::string field(const GstStructure* structure, const char* name) {
  const gchar* value = gst_structure_get_string(structure, name);
  return value != nullptr ? value : "";
}

GstClockTime time_field(const GstStructure* structure, const char* name) {
  GstClockTime time = 0;
  gst_structure_get_clock_time(structure, name, &time);
  return time;
}

}  // namespace

TranslationPipeline::TranslationPipeline(const Options& options, bool whole_words,
                                         Listener listener)
    : listener_(std::move(listener)),
      max_lag_(options.max_lag < 0 ? "-1" : std::to_string(std::lround(options.max_lag * 1000))),
      pipeline_(sink(gst_pipeline_new("translation"))),
      source_(add(make_element("appsrc"))),
      translate_(add(make_element("translatespeechbin"))) {
  g_autoptr(GstCaps) text = gst_caps_from_string("text/x-raw, format=utf8");
  g_object_set(source_.get(), "caps", text, "format", GST_FORMAT_TIME, "is-live", TRUE,
               "do-timestamp", TRUE, "block", TRUE, "max-bytes", guint64{65536}, nullptr);
  gst_element_link(source_.get(), translate_.get());

  g_object_set(translate_.get(), "input-language-code", options.from.c_str(), nullptr);
  if (!options.model.empty())
    g_object_set(translate_.get(), "model", options.model.c_str(), nullptr);
  set("nllbtranslate", "latency", unsynchronised);
  if (!options.device.empty()) set("nllbtranslate", "device", options.device);
  set("textsegmenter", "latency", unsynchronised);
  set("textsegmenter", "join", whole_words ? "words" : "verbatim");
  set("textsegmenter", "terminator-wait", terminator_wait);
  set("textsegmenter", "max-wait", std::to_string(std::lround(options.max_wait * 1000)));

  for (const std::string& language : options.to) {
    branches_.push_back({this, language, {}});
    add_captions(branches_.back());
    if (options.silent) continue;
    if (has_voice(language))
      add_speech(branches_.back());
    else
      gst_translate::warn("There is no voice for " + language + ": it gets captions only.");
  }
}

TranslationPipeline::~TranslationPipeline() {
  stop();
}

Object<GstElement> TranslationPipeline::add(Object<GstElement> element) {
  gst_bin_add(GST_BIN(pipeline_.get()), element.get());
  return element;
}

/// A property of an element in the bin, in words.
void TranslationPipeline::set(const std::string& element, const char* property,
                              const std::string& value) {
  gst_util_set_object_arg(G_OBJECT(child(translate_.get(), element.c_str()).get()), property,
                          value.c_str());
}

/// Links an output of the bin to a launch line that ends with an `appsink name=end`, which hands
/// its samples over.
void TranslationPipeline::link(const std::string& pad, const std::string& line, Branch& branch,
                               void (*take)(Branch&, GstSample*)) {
  const Object<GstElement> sinks = add(parse_bin(line));
  branch.takers.push_back({&branch, take});
  GstAppSinkCallbacks callbacks = {};
  callbacks.new_sample = [](GstAppSink* appsink, gpointer data) {
    g_autoptr(GstSample) sample = gst_app_sink_pull_sample(appsink);
    const auto& taker = *static_cast<Taker*>(data);
    if (sample != nullptr) taker.take(*taker.branch, sample);
    return GST_FLOW_OK;
  };
  gst_app_sink_set_callbacks(GST_APP_SINK(child(sinks.get(), "end").get()), &callbacks,
                             &branch.takers.back(), nullptr);
  gst_element_link_pads(translate_.get(), pad.c_str(), sinks.get(), "sink");
}

void TranslationPipeline::add_captions(Branch& branch) {
  link("text_" + branch.language,
       "appsink name=end sync=false async=false caps=\"text/x-raw, format=utf8\"", branch,
       [](Branch& ours, GstSample* sample) { ours.owner->take_caption(ours, sample); });
}

void TranslationPipeline::add_speech(Branch& branch) {
  const std::string& language = branch.language;
  link("audio_" + language,
       std::string("queue max-size-buffers=0 max-size-bytes=0 max-size-time=") + spoken_ahead +
           " ! audioresample ! audio/x-raw, rate=48000 ! audiorate skip-to-first=true ! clocksync"
           " ! appsink name=end sync=false async=false",
       branch,
       [](Branch& ours, GstSample* sample) { ours.owner->listener_.sound(ours.language, sample); });
  set("ttssynth-" + language, "latency", voice_latency);
  set("ttssynth-" + language, "max-lateness", max_lag_);
  set("queue-audio_" + language, "max-size-buffers", texts_ahead);
  spoken_.push_back(language);
}

void TranslationPipeline::start() {
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline_.get());
  const auto on_message = [](GstBus*, GstMessage* message, gpointer self) -> gboolean {
    static_cast<TranslationPipeline*>(self)->take_message(message);
    return G_SOURCE_CONTINUE;
  };
  watch_ = gst_bus_add_watch(bus, on_message, this);
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void TranslationPipeline::stop() {
  if (watch_ != 0) g_source_remove(std::exchange(watch_, 0));
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

GstClockTime TranslationPipeline::now() const {
  const GstClockTime time = gst_element_get_current_running_time(pipeline_.get());
  return GST_CLOCK_TIME_IS_VALID(time) ? time : 0;
}

void TranslationPipeline::push(const std::string& text) {
  GstBuffer* buffer = gst_buffer_new_memdup(text.data(), text.size());
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), buffer);
}

void TranslationPipeline::end_utterance() {
  GstStructure* final = gst_structure_new_empty("rstranscribe/final-transcript");
  gst_element_send_event(source_.get(), gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM, final));
}

void TranslationPipeline::end() {
  gst_app_src_end_of_stream(GST_APP_SRC(source_.get()));
}

void TranslationPipeline::take_caption(Branch& branch, GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  Caption caption;
  caption.language = branch.language;
  caption.text = bytes_of(buffer);
  caption.time =
      gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME,
                                  GST_BUFFER_PTS_IS_VALID(buffer) ? GST_BUFFER_PTS(buffer) : 0);
  caption.duration = GST_BUFFER_DURATION_IS_VALID(buffer) ? GST_BUFFER_DURATION(buffer) : 0;
  if (GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, GST_NLLB_TRANSLATE_META)) {
    const GstStructure* details = gst_custom_meta_get_structure(meta);
    caption.original = field(details, "source");
    caption.speaker = field(details, "speaker");
  }
  run_in_main([this, caption = std::move(caption)] { listener_.caption(caption); });
}

void TranslationPipeline::take_message(GstMessage* message) {
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_PROGRESS: {
      GstProgressType type = GST_PROGRESS_TYPE_ERROR;
      gst_message_parse_progress(message, &type, nullptr, nullptr);
      if (type == GST_PROGRESS_TYPE_COMPLETE) loaded_ = true;
      check_ready();
      break;
    }
    case GST_MESSAGE_STATE_CHANGED: {
      GstState state = GST_STATE_NULL;
      gst_message_parse_state_changed(message, nullptr, &state, nullptr);
      if (GST_MESSAGE_SRC(message) == GST_OBJECT(pipeline_.get()) && state == GST_STATE_PLAYING)
        plays_ = true;
      check_ready();
      break;
    }
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name(message, "ttssynth/synthesized-audio"))
        take_speech(gst_message_get_structure(message));
      break;
    case GST_MESSAGE_WARNING:
    case GST_MESSAGE_ERROR: {
      const bool error = GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR;
      g_autoptr(GError) what = nullptr;
      if (error)
        gst_message_parse_error(message, &what, nullptr);
      else
        gst_message_parse_warning(message, &what, nullptr);
      // A language that the model lacks is a warning of its pad, and would never change here.
      const bool settings =
          g_error_matches(what, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS) != FALSE;
      // That something took longer than an element had promised is told by the captions' times.
      const bool late = g_error_matches(what, GST_CORE_ERROR, GST_CORE_ERROR_CLOCK) != FALSE;
      if (error || settings)
        listener_.failure(what->message, settings);
      else if (!late)
        gst_translate::warn(what->message);
      break;
    }
    case GST_MESSAGE_EOS:
      run_in_main([this] { listener_.end(); });  // behind the last caption
      break;
    default:
      break;
  }
}

void TranslationPipeline::check_ready() {
  if (!loaded_ || !plays_ || std::exchange(ready_, true)) return;
  // The stream begins, and with it the silence before the first word.
  gst_element_send_event(source_.get(), gst_event_new_gap(now(), GST_CLOCK_TIME_NONE));
  listener_.ready();
}

void TranslationPipeline::take_speech(const GstStructure* spoken) {
  const auto* language = gst_translate::find_language(field(spoken, "language-code"));
  if (language == nullptr) return;
  listener_.speech({std::string(language->bcp47), field(spoken, "content"),
                    time_field(spoken, "running-time"), time_field(spoken, "actual-duration")});
}

}  // namespace gst_lingua_live
