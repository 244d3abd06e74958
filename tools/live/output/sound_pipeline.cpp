// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/sound_pipeline.h"

#include <utility>

#include "gst-translate/command-line/program.h"
#include "tools/common/bus_error.h"

namespace gst_lingua_live {

using gst_lingua_tools::error_of;
using gst_lingua_tools::share;

namespace {

constexpr guint retry_after = 3;  // seconds

// What failed so long ago, us, has worked meanwhile.
constexpr gint64 still_the_same = gint64{60} * G_USEC_PER_SEC;

}  // namespace

SoundPipeline::SoundPipeline(std::string name, std::function<Object<GstElement>()> make)
    : name_(std::move(name)), make_(std::move(make)) {
  make_();  // what is missing is found before anything starts
}

SoundPipeline::~SoundPipeline() {
  if (retry_ != 0) g_source_remove(retry_);
  close();
}

std::string SoundPipeline::source(const std::string& language) {
  return "appsrc name=" + language +
         " format=time is-live=true leaky-type=downstream max-time=5000000000 max-bytes=0 ";
}

void SoundPipeline::start(GstElement* main) {
  main_ = share(main);
  open();
}

void SoundPipeline::open() {
  Object<GstElement> pipeline = make_();
  g_autoptr(GstClock) clock = gst_pipeline_get_clock(GST_PIPELINE(main_.get()));
  gst_pipeline_use_clock(GST_PIPELINE(pipeline.get()), clock);
  gst_element_set_start_time(pipeline.get(), GST_CLOCK_TIME_NONE);
  gst_element_set_base_time(pipeline.get(), gst_element_get_base_time(main_.get()));

  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline.get());
  const auto on_message = [](GstBus*, GstMessage* message, gpointer self) -> gboolean {
    static_cast<SoundPipeline*>(self)->take_message(message);
    return G_SOURCE_CONTINUE;
  };
  watch_ = gst_bus_add_watch(bus, on_message, this);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);

  const std::lock_guard<std::mutex> lock(mutex_);
  GstIterator* all = gst_bin_iterate_all_by_element_factory_name(GST_BIN(pipeline.get()), "appsrc");
  const auto remember = [](const GValue* item, gpointer sources) {
    auto* element = static_cast<GstElement*>(g_value_get_object(item));
    static_cast<decltype(&sources_)>(sources)->emplace(GST_OBJECT_NAME(element), share(element));
  };
  gst_iterator_foreach(all, remember, &sources_);
  gst_iterator_free(all);
  pipeline_ = std::move(pipeline);
}

void SoundPipeline::close() {
  if (watch_ != 0) g_source_remove(std::exchange(watch_, 0));
  Object<GstElement> pipeline;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    sources_.clear();
    pipeline = std::move(pipeline_);
  }
  if (pipeline) gst_element_set_state(pipeline.get(), GST_STATE_NULL);
}

void SoundPipeline::push(const std::string& language, GstSample* sample) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto source = sources_.find(language);
  if (source != sources_.end()) gst_app_src_push_sample(GST_APP_SRC(source->second.get()), sample);
}

void SoundPipeline::finish() {
  if (!pipeline_) return;
  for (const auto& entry : sources_)
    gst_app_src_end_of_stream(GST_APP_SRC(entry.second.get()));
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline_.get());
  g_source_remove(std::exchange(watch_, 0));
  GstMessage* end = gst_bus_timed_pop_filtered(
      bus, GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  if (end) gst_message_unref(end);
  close();
}

void SoundPipeline::take_message(GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_ERROR) return;
  tell(error_of(message).what());
  close();
  const auto retry = [](gpointer data) -> gboolean {
    auto* self = static_cast<SoundPipeline*>(data);
    self->retry_ = 0;
    self->open();
    return G_SOURCE_REMOVE;
  };
  retry_ = g_timeout_add_seconds(retry_after, retry, this);
}

/// Once, as long as it fails in the same way.
void SoundPipeline::tell(std::string failure) {
  if (failure.back() != '.') failure += '.';  // not every element's text is a sentence
  const gint64 now = g_get_monotonic_time();
  const bool known = failure == failure_ && now - failed_ < still_the_same;
  failed_ = now;
  failure_ = failure;
  if (!known) gst_translate::warn(name_ + ": " + failure + " It is tried again.");
}

}  // namespace gst_lingua_live
