// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/element.h"

#include "gst-translate/text/error.h"

namespace gst_lingua_live {

using gst_translate::Error;

bool has_element(const char* factory) {
  GstElementFactory* found = gst_element_factory_find(factory);
  if (found != nullptr) gst_object_unref(found);
  return found != nullptr;
}

Object<GstElement> make_element(const char* factory) {
  GstElement* element = gst_element_factory_make(factory, nullptr);
  if (element == nullptr)
    throw Error(Error::Kind::Unavailable, std::string("There is no GStreamer element \"") +
                                              factory +
                                              "\" here: install the plugin that has it, or set "
                                              "GST_PLUGIN_PATH to where it is.");
  return sink(element);
}

namespace {

Object<GstElement> checked(GstElement* parsed, const GError* error) {
  if (parsed == nullptr)
    throw Error(Error::Kind::Unavailable, error != nullptr ? error->message : "No such pipeline.");
  return sink(parsed);
}

}  // namespace

Object<GstElement> parse_pipeline(const std::string& line) {
  g_autoptr(GError) error = nullptr;
  GstElement* parsed =
      gst_parse_launch_full(line.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  return checked(parsed, error);
}

Object<GstElement> parse_bin(const std::string& line) {
  g_autoptr(GError) error = nullptr;
  GstElement* parsed = gst_parse_bin_from_description_full(line.c_str(), TRUE, nullptr,
                                                           GST_PARSE_FLAG_FATAL_ERRORS, &error);
  return checked(parsed, error);
}

Object<GstElement> child(GstElement* bin, const char* name) {
  GstElement* found = gst_bin_get_by_name(GST_BIN(bin), name);
  g_assert_nonnull(found);
  return Object<GstElement>(found);
}

std::string text_of(GstBuffer* buffer) {
  GstMapInfo map;
  if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) return {};
  std::string text(reinterpret_cast<const char*>(map.data), map.size);
  gst_buffer_unmap(buffer, &map);
  return text;
}

std::string first_error(GstElement* pipeline) {
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR);
  return message != nullptr ? text_of_error(message) : "";
}

std::string text_of_error(GstMessage* message) {
  g_autoptr(GError) error = nullptr;
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR)
    gst_message_parse_error(message, &error, nullptr);
  else
    gst_message_parse_warning(message, &error, nullptr);
  return error->message;
}

}  // namespace gst_lingua_live
