// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/source/media_source.h"

#include <gst/app/gstappsink.h>

#include <utility>

#include "gst-translate/command-line/program.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/markup.h"
#include "tools/common/buffer.h"
#include "tools/common/bus_error.h"
#include "tools/common/element.h"

namespace gst_lingua_live {

using gst_lingua_tools::bytes_of;
using gst_lingua_tools::child;
using gst_lingua_tools::error_of;
using gst_lingua_tools::make_element;
using gst_lingua_tools::parse_bin;
using gst_lingua_tools::sink;
using gst_translate::Error;

namespace {

// How long an address may give nothing before that is said, ms.
constexpr guint patience = 10000;

constexpr const char* sound_line =
    "queue name=waiting max-size-time=30000000000 max-size-bytes=0 max-size-buffers=0"
    " ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=16000,channels=1"
    " ! fdsink name=sound";

std::string uri_of(const std::string& input) {
  if (gst_uri_is_valid(input.c_str())) return input;
  g_autoptr(GError) error = nullptr;
  g_autofree gchar* uri = gst_filename_to_uri(input.c_str(), &error);
  if (uri == nullptr) throw Error(Error::Kind::NotFound, error->message);
  return uri;
}

bool is_in(GstStream* stream, const std::string& language) {
  g_autoptr(GstTagList) tags = gst_stream_get_tags(stream);
  g_autofree gchar* code = nullptr;
  if (tags == nullptr || !gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code)) return false;
  const auto* found = gst_translate::find_language(code);
  return found != nullptr && found->bcp47 == language;
}

}  // namespace

MediaSource::MediaSource(const Options& options, std::unique_ptr<Transcriber> transcriber)
    : microphone_(options.microphone),
      name_(options.microphone ? "The microphone" : options.input),
      language_(options.from),
      transcriber_(std::move(transcriber)),
      pipeline_(sink(gst_pipeline_new("input"))) {
  taker_ = transcriber_
               ? parse_bin(sound_line)
               : parse_bin("queue ! appsink name=text async=false max-buffers=1 caps=text/x-raw");
  gst_bin_add(GST_BIN(pipeline_.get()), taker_.get());
  if (transcriber_)
    g_object_set(child(taker_.get(), "sound").get(), "fd", transcriber_->sound(), "sync",
                 !options.microphone, nullptr);

  if (options.microphone) {
    // Where the transcriber is slower than the sound some of that is lost, rather than that all
    // lags.
    gst_util_set_object_arg(G_OBJECT(child(taker_.get(), "waiting").get()), "leaky", "downstream");
    const Object<GstElement> microphone = add("autoaudiosrc");
    gst_element_link(microphone.get(), taker_.get());
    return;
  }
  if (transcriber_)
    open_sound(uri_of(options.input));
  else
    open_text(uri_of(options.input));
}

/// The stream that is wanted is decoded.
void MediaSource::open_sound(const std::string& uri) {
  const Object<GstElement> input = add("uridecodebin3");
  g_object_set(input.get(), "uri", uri.c_str(), nullptr);
  const auto on_stream = [](GstElement*, GstStreamCollection*, GstStream* stream,
                            MediaSource* self) -> gint { return self->is_chosen(stream) ? 1 : 0; };
  g_signal_connect(
      input.get(), "select-stream",
      G_CALLBACK(static_cast<gint (*)(GstElement*, GstStreamCollection*, GstStream*, MediaSource*)>(
          on_stream)),
      this);
  connect_pads(input.get());
}

/// No stream is decoded: of one that has text, little else may be of use here.
void MediaSource::open_text(const std::string& uri) {
  const Object<GstElement> file = add("urisourcebin");
  g_object_set(file.get(), "uri", uri.c_str(), nullptr);
  const Object<GstElement> parser = add("parsebin");
  const auto on_source = [](GstElement*, GstPad* pad, GstElement* parsebin) {
    g_autoptr(GstPad) sink = gst_element_get_static_pad(parsebin, "sink");
    if (!gst_pad_is_linked(sink)) gst_pad_link(pad, sink);
  };
  g_signal_connect(file.get(), "pad-added",
                   G_CALLBACK(static_cast<void (*)(GstElement*, GstPad*, GstElement*)>(on_source)),
                   parser.get());
  connect_pads(parser.get());
}

void MediaSource::connect_pads(GstElement* element) {
  const auto on_pad = [](GstElement*, GstPad* pad, MediaSource* self) { self->link(pad); };
  g_signal_connect(element, "pad-added",
                   G_CALLBACK(static_cast<void (*)(GstElement*, GstPad*, MediaSource*)>(on_pad)),
                   this);
}

bool MediaSource::is_chosen(GstStream* stream) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return chosen_ == gst_stream_get_stream_id(stream);
}

Object<GstElement> MediaSource::add(const char* factory) {
  Object<GstElement> element = make_element(factory);
  gst_bin_add(GST_BIN(pipeline_.get()), element.get());
  return element;
}

void MediaSource::start(Listener listener) {
  listener_ = std::move(listener);
  if (transcriber_) {
    transcriber_->start(listener_);
  } else {
    const Object<GstElement> text = child(taker_.get(), "text");
    GstAppSinkCallbacks callbacks = {};
    callbacks.new_sample = [](GstAppSink*, gpointer self) {
      static_cast<MediaSource*>(self)->take_text();
      return GST_FLOW_OK;
    };
    gst_app_sink_set_callbacks(GST_APP_SINK(text.get()), &callbacks, this, nullptr);
  }
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline_.get());
  const auto on_message = [](GstBus*, GstMessage* message, gpointer self) -> gboolean {
    static_cast<MediaSource*>(self)->take_message(message);
    return G_SOURCE_CONTINUE;
  };
  watch_ = gst_bus_add_watch(bus, on_message, this);
  // Before the streams come, in the same thread.
  const auto at_once = [](GstBus*, GstMessage* message, gpointer self) {
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_STREAM_COLLECTION)
      static_cast<MediaSource*>(self)->choose(message);
    return GST_BUS_PASS;
  };
  gst_bus_set_sync_handler(bus, at_once, this, nullptr);
  // A microphone does not say which streams it has.
  if (!microphone_)
    patience_.emplace(patience, [this] {
      if (!std::exchange(told_, true))
        gst_translate::warn("Nothing has come from " + name_ + " yet. It is waited for.");
    });
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void MediaSource::stop() {
  patience_.reset();
  if (watch_ != 0) g_source_remove(std::exchange(watch_, 0));
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  transcriber_.reset();
}

/// The first stream of the kind that is wanted, or the first in the wanted language.
void MediaSource::choose(GstMessage* message) {
  GstStreamCollection* streams = nullptr;
  gst_message_parse_stream_collection(message, &streams);
  const Object<GstStreamCollection> kept(streams);
  const GstStreamType wanted = transcriber_ ? GST_STREAM_TYPE_AUDIO : GST_STREAM_TYPE_TEXT;
  const std::lock_guard<std::mutex> lock(mutex_);
  chosen_.clear();
  for (guint i = 0; i < gst_stream_collection_get_size(streams); ++i) {
    GstStream* stream = gst_stream_collection_get_stream(streams, i);
    if ((gst_stream_get_stream_type(stream) & wanted) == 0) continue;
    if (chosen_.empty() || is_in(stream, language_)) chosen_ = gst_stream_get_stream_id(stream);
    if (is_in(stream, language_)) return;
  }
}

/// Those that are not wanted go nowhere.
void MediaSource::link(GstPad* pad) {
  const Object<GstStream> stream(gst_pad_get_stream(pad));
  g_autoptr(GstPad) sink = gst_element_get_static_pad(taker_.get(), "sink");
  if (stream && is_chosen(stream.get()) && !gst_pad_is_linked(sink)) {
    gst_pad_link(pad, sink);
    return;
  }
  const auto drop = [](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_DROP; };
  gst_pad_add_probe(
      pad, static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST),
      drop, nullptr, nullptr);
}

void MediaSource::take_text() {
  const Object<GstElement> text = child(taker_.get(), "text");
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample(GST_APP_SINK(text.get()));
  if (sample == nullptr) return;
  const std::string words =
      gst_translate::strip_markup(bytes_of(gst_sample_get_buffer(sample))).text;
  if (!words.empty()) listener_.text(words);
}

void MediaSource::take_message(GstMessage* message) {
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_STREAM_COLLECTION: {
      patience_.reset();
      const std::lock_guard<std::mutex> lock(mutex_);
      if (chosen_.empty())
        end(name_ + (transcriber_ ? " has no sound."
                                  : " has no text track: --transcriber makes text of its sound."));
      break;
    }
    case GST_MESSAGE_ERROR:
      // A transcriber that reads no more says by its end how that came; what then fails before it
      // says nothing new.
      unread_ = unread_ || (transcriber_ && GST_MESSAGE_SRC(message) ==
                                                GST_OBJECT(child(taker_.get(), "sound").get()));
      if (!unread_) end(name_ + ": " + error_of(message).what());
      break;
    case GST_MESSAGE_EOS:
      if (transcriber_)
        transcriber_->end_sound();  // what it prints then is its end
      else
        end("");
      break;
    default:
      break;
  }
}

void MediaSource::end(const std::string& failure) {
  patience_.reset();
  if (!std::exchange(ended_, true)) listener_.end(failure);
}

}  // namespace gst_lingua_live
