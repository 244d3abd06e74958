// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// In a process of its own: what gst-inspect-1.0 does must not load the engine, and with it
// libtorch.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

bool is_mapped(const std::string& name) {
  std::ifstream file("/proc/self/maps");
  const std::string maps((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NE(maps.find("libgstnllbtranslate"), std::string::npos) << "the plugin itself is";
  return maps.find(name) != std::string::npos;
}

TEST(Inspect, OpensTheEngineNoSoonerThanPaused) {
  Folder model;
  model.write("config.json", "{}");
  EXPECT_EQ(untrue_defaults("nllbtranslate"), std::vector<std::string>());
  GstElement* element = gst_parse_launch(("nllbtranslate model=" + model.path()).c_str(), nullptr);
  EXPECT_EQ(gst_element_set_state(element, GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
  EXPECT_FALSE(is_mapped("stub-engine"));
  gst_element_set_state(element, GST_STATE_NULL);
  gst_object_unref(element);

  Harness translator("nllbtranslate output-language-code=de model=" + model.path());
  translator.begin();
  translator.push("One.");
  translator.pull();
  EXPECT_TRUE(is_mapped("stub-engine"));
  EXPECT_FALSE(is_mapped("libtorch")) << "the plugin itself links it";
}

}  // namespace
}  // namespace gst_lingua_tests
