// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Words as a fast speaker says them, one every 150 ms, through the three elements: speech takes
// longer than the words did, and nothing is left out.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

const char* const talk =
    "The meeting starts at nine today. Please bring the report along. It is raining outside today. "
    "She drank a cup of coffee.";

/// Pushes the words of a text into an appsrc, at their pace, and ends the stream.
void say(GstElement* source, const std::string& text) {
  GstFlowReturn flow = GST_FLOW_OK;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    GstBuffer* word = text_buffer(text.substr(begin, end - begin));
    g_signal_emit_by_name(source, "push-buffer", word, &flow);
    gst_buffer_unref(word);
    begin = end + 1;
    g_usleep(150000);
  }
  g_signal_emit_by_name(source, "end-of-stream", &flow);
}

/// What is said of each text, in order.
std::vector<std::string> spoken_live(const std::string& properties, int& dropped) {
  std::vector<std::string> spoken;
  std::thread speaker;
  const std::string error = run_pipeline(
      "appsrc name=words is-live=true do-timestamp=true format=time caps=text/x-raw,format=utf8 ! "
      "textsegmenter ! nllbtranslate output-language-code=es ! ttssynth " +
          properties + " ! fakesink sync=true",
      [&speaker](GstElement* pipeline) {
        GstElement* source = gst_bin_get_by_name(GST_BIN(pipeline), "words");
        speaker = std::thread([source] {
          say(source, talk);
          gst_object_unref(source);
        });
      },
      [&](GstMessage* message) {
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_QOS) dropped++;
        const GstStructure* structure = gst_message_get_structure(message);
        if (structure && gst_structure_has_name(structure, "ttssynth/synthesized-audio"))
          spoken.emplace_back(gst_structure_get_string(structure, "content"));
      });
  speaker.join();
  EXPECT_EQ(error, "");
  return spoken;
}

TEST(LiveWords, AreAllSpoken) {
  for (const char* properties : {"overflow=refit", "overflow=shift"}) {
    int dropped = 0;
    EXPECT_EQ(spoken_live(properties, dropped).size(), 4U) << properties;
    EXPECT_EQ(dropped, 0) << properties;
  }
}

}  // namespace
}  // namespace gst_lingua_tests
