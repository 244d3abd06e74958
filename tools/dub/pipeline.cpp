// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/pipeline.h"

#include <csignal>

#include "gst-translate/text/error.h"

namespace gst_lingua_dub {

using gst_translate::Error;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_signal(int) {
  interrupted = 1;
}

Error::Kind kind_of(const GError* error) {
  if (error->domain == GST_RESOURCE_ERROR && error->code == GST_RESOURCE_ERROR_SETTINGS)
    return Error::Kind::Settings;
  if (error->domain == GST_RESOURCE_ERROR && error->code == GST_RESOURCE_ERROR_NOT_FOUND)
    return Error::Kind::NotFound;
  return Error::Kind::Failed;
}

[[noreturn]] void throw_error(GstMessage* message) {
  GError* error = nullptr;
  gchar* debug = nullptr;
  gst_message_parse_error(message, &error, &debug);
  std::string text = error->message;
  const Error::Kind kind = kind_of(error);
  const bool no_space =
      g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT);
  const std::string detail = debug ? debug : "";
  // What GStreamer says of a stream that broke is of no use without where and why.
  if (error->domain == GST_STREAM_ERROR && error->code == GST_STREAM_ERROR_FAILED && debug)
    text += " (" + std::string(GST_MESSAGE_SRC_NAME(message)) + ": " +
            detail.substr(detail.rfind('\n') + 1) + ")";
  g_error_free(error);
  g_free(debug);
  if (no_space) text = "There is no space left where the output is written.";
  throw Error(kind, text, detail);
}

}  // namespace

void catch_signals() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {};
    action.sa_handler = on_signal;
    // The second one ends the program at once.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(number, &action, nullptr);
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

void check_interruption() {
  if (interrupted != 0) throw Error(Error::Kind::Cancelled, "Interrupted.");
}

bool has_element(const std::string& factory) {
  GstElementFactory* found = gst_element_factory_find(factory.c_str());
  if (found) gst_object_unref(found);
  return found != nullptr;
}

void need_elements(const std::vector<std::string>& factories) {
  for (const std::string& factory : factories) {
    if (!has_element(factory))
      throw Error(Error::Kind::Unavailable,
                  "GStreamer's element " + factory +
                      " is missing: install the package of plugins that has it "
                      "(gstreamer1.0-plugins-good, -bad, gstreamer1.0-libav), or set "
                      "GST_PLUGIN_PATH.");
  }
}

Pipeline::Pipeline(const std::string& launch) {
  GError* error = nullptr;
  pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(
      gst_parse_launch_full(launch.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error))));
  if (error) {
    const std::string text = error->message;
    g_error_free(error);
    throw Error(Error::Kind::Unavailable, "The pipeline cannot be built: " + text, launch);
  }
  bus_.reset(gst_element_get_bus(pipeline_.get()));
}

Pipeline::~Pipeline() {
  if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

Owned<GstElement> Pipeline::child(const std::string& name) const {
  return Owned<GstElement>(gst_bin_get_by_name(GST_BIN(pipeline_.get()), name.c_str()));
}

void Pipeline::run(const std::function<void(GstMessage*)>& on_message,
                   const std::function<void()>& on_time) {
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
  for (;;) {
    check_interruption();
    GstMessage* message = gst_bus_timed_pop(bus_.get(), 100 * GST_MSECOND);
    on_time();
    if (!message) continue;
    const std::unique_ptr<GstMessage, void (*)(GstMessage*)> owned(message, gst_message_unref);
    on_message(message);
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) throw_error(message);
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) break;
  }
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

std::string stream_id(GstPad* pad) {
  gchar* id = gst_pad_get_stream_id(pad);
  std::string text = id ? id : "";
  g_free(id);
  return text;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace gst_lingua_dub
