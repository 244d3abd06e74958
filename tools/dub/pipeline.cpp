// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/pipeline.h"

#include <csignal>
#include <memory>

#include "gst-translate/text/error.h"
#include "tools/common/bus_error.h"
#include "tools/common/element.h"
#include "tools/common/ending_signals.h"

namespace gst_lingua_dub {

using gst_translate::Error;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_signal(int) {
  interrupted = 1;
}

}  // namespace

void catch_signals() {
  for (const int number : gst_lingua_tools::ending_signals()) {
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

Pipeline::Pipeline(const std::string& launch)
    : pipeline_(gst_lingua_tools::parse_pipeline(launch)),
      bus_(gst_element_get_bus(pipeline_.get())) {}

Pipeline::~Pipeline() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

Object<GstElement> Pipeline::child(const std::string& name) const {
  return gst_lingua_tools::child(pipeline_.get(), name);
}

void Pipeline::set_file(const std::string& name, const std::string& path) const {
  g_object_set(child(name).get(), "location", path.c_str(), nullptr);
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
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) throw gst_lingua_tools::error_of(message);
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
