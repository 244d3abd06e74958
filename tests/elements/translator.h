// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

// What the tests of nllbtranslate share.

namespace gst_lingua_tests {

using Texts = std::vector<std::string>;

class NllbTranslate : public ::testing::Test {
 protected:
  void SetUp() override { configure("{}"); }

  /// How the stub engine behaves.
  void configure(const std::string& config) { model_.write("config.json", config); }

  /// A launch line of the element that translates into German, unless the properties say otherwise.
  std::string line(const std::string& properties = "") const {
    return line_without_language("output-language-code=de " + properties);
  }
  std::string line_without_language(const std::string& properties = "") const {
    return "nllbtranslate model=" + model_.path() + " " + properties;
  }

  /// From now on the engine ends no batch, until it is let go.
  void hold() { model_.write("hold", ""); }
  void let_go() { std::filesystem::remove(model_.path() + "/hold"); }

  Folder model_;
};

/// With the meta of its output at hand.
class Translator : public Harness {
 public:
  explicit Translator(const std::string& launch) : Harness(launch, GST_NLLB_TRANSLATE_META) {}

  /// Waits until the engine has begun so many batches; a text has been pushed. Runs into the test's
  /// time limit if it does not.
  void await_batches(guint64 batches) const {
    while (stat("engine-batches") < batches)
      g_usleep(1000);
  }
  void await_queued(guint64 texts) const {
    while (stat("queued") < texts)
      g_usleep(1000);
  }
};

/// A request pad with something linked to it.
class Branch {
 public:
  Branch(Harness& harness, const char* name, const char* language) : harness_(harness) {
    pad_ = gst_element_request_pad_simple(harness.element(), name);
    if (language) g_object_set(pad_, "language-code", language, nullptr);
    sink_ = gst_harness_new_with_element(harness.element(), nullptr, GST_PAD_NAME(pad_));
  }
  ~Branch() {
    if (pad_) remove();
    gst_harness_teardown(sink_);
  }
  Branch(const Branch&) = delete;
  Branch& operator=(const Branch&) = delete;

  GstPad* pad() const { return pad_; }
  GstHarness* sink() const { return sink_; }

  std::string pull() {
    GstBuffer* buffer = gst_harness_pull(sink_);
    EXPECT_NE(buffer, nullptr);
    std::string text = buffer ? text_of(buffer) : "";
    if (buffer) gst_buffer_unref(buffer);
    return text;
  }

  std::shared_ptr<GstEvent> pull_event(GstEventType type) {
    for (;;) {
      GstEvent* event = gst_harness_pull_event(sink_);
      EXPECT_NE(event, nullptr) << "no " << gst_event_type_get_name(type) << " came out";
      if (!event) return nullptr;
      std::shared_ptr<GstEvent> owned(event, [](GstEvent* each) { gst_event_unref(each); });
      if (GST_EVENT_TYPE(event) == type) return owned;
    }
  }

  void remove() {
    gst_element_release_request_pad(harness_.element(), pad_);
    gst_object_unref(pad_);
    pad_ = nullptr;
  }

 private:
  Harness& harness_;
  GstPad* pad_;
  GstHarness* sink_;
};

std::string language_in(GstEvent* event);

/// The language in the TAG event that whoever is linked to this pad now gets to see.
std::string language_on(GstPad* pad);

std::string stream_id_on(GstPad* pad);

struct Gap {
  GstClockTime start = none, duration = none;
};

Gap gap_in(const std::shared_ptr<GstEvent>& event);

std::string field(const GstStructure* structure, const char* name);

/// The messages of code "open" that wait on the bus.
int progress_messages(Translator& translator);

}  // namespace gst_lingua_tests
