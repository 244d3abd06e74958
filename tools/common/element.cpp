// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/element.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "gst-translate/text/error.h"

namespace gst_lingua_tools {

using gst_translate::Error;

namespace {

constexpr std::string_view our_elements[] = {"textsegmenter", "nllbtranslate", "ttssynth",
                                             "translatespeechbin"};

Object<GstElement> checked(GstElement* parsed, const GError* error, const std::string& line) {
  if (parsed == nullptr)
    throw Error(Error::Kind::Unavailable,
                std::string("The pipeline cannot be built: ") +
                    (error != nullptr ? error->message : "there is none."),
                line);
  return sink(parsed);
}

}  // namespace

bool has_element(const std::string& factory) {
  return Object<GstElementFactory>(gst_element_factory_find(factory.c_str())) != nullptr;
}

void need_elements(const std::vector<std::string>& factories) {
  for (const std::string& factory : factories) {
    if (has_element(factory)) continue;
    const bool ours = std::find(std::begin(our_elements), std::end(our_elements), factory) !=
                      std::end(our_elements);
    throw Error(Error::Kind::Unavailable,
                ours ? "GStreamer does not find gst-lingua's own element " + factory +
                           ": set GST_PLUGIN_PATH to the folder where its plugins were installed, "
                           "or see docs/troubleshooting.md."
                     : "GStreamer's element " + factory +
                           " is missing: install the package of plugins that has it "
                           "(gstreamer1.0-plugins-base, -good, -bad, gstreamer1.0-libav), or set "
                           "GST_PLUGIN_PATH.");
  }
}

Object<GstElement> make_element(const std::string& factory) {
  need_elements({factory});
  return sink(gst_element_factory_make(factory.c_str(), nullptr));
}

Object<GstElement> parse_pipeline(const std::string& line) {
  g_autoptr(GError) error = nullptr;
  GstElement* parsed =
      gst_parse_launch_full(line.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  return checked(parsed, error, line);
}

Object<GstElement> parse_bin(const std::string& line) {
  g_autoptr(GError) error = nullptr;
  GstElement* parsed = gst_parse_bin_from_description_full(line.c_str(), TRUE, nullptr,
                                                           GST_PARSE_FLAG_FATAL_ERRORS, &error);
  return checked(parsed, error, line);
}

Object<GstElement> child(GstElement* bin, const std::string& name) {
  GstElement* found = gst_bin_get_by_name(GST_BIN(bin), name.c_str());
  g_assert_nonnull(found);
  return Object<GstElement>(found);
}

}  // namespace gst_lingua_tools
