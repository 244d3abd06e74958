// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The elements that work in a thread of their own, for what is asked of all three.

#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "plugins/ttssynth/gstttssynth.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {

/// An element and how to use it: each text that is pushed makes something come out at once.
struct Kind {
  const char* name;
  const char* language;  ///< a property that takes a language code
  guint latency;         ///< its own, in ms
};

inline std::ostream& operator<<(std::ostream& out, const Kind& kind) {
  return out << kind.name;
}

inline const Kind kinds[] = {
    {"textsegmenter", "language-code", 3000},
    {"nllbtranslate", "output-language-code", 500},
    {"ttssynth", "language-code", 200},
};

class Elements : public ::testing::TestWithParam<Kind> {
 protected:
  static void SetUpTestSuite() { GST_ELEMENT_REGISTER(ttssynth, nullptr); }

  void SetUp() override {
    model_.write("config.json", "{}");
    line_ = GetParam().name;
    if (line_ == "nllbtranslate") line_ += " output-language-code=de model=" + model_.path();
  }

  /// A launch line of the element.
  std::string line(const std::string& properties = "") const { return line_ + " " + properties; }

  GstFlowReturn push_text(Harness& harness) const { return harness.push("文。"); }

  /// Pushes until upstream gets this; it need not be with the very next buffer.
  bool push_until(Harness& harness, GstFlowReturn flow) const {
    for (int i = 0; i < 2000; i++) {
      if (push_text(harness) == flow) return true;
      g_usleep(1000);
    }
    return false;
  }

  Folder model_;
  std::string line_;
};

inline std::string name_of(const ::testing::TestParamInfo<Kind>& kind) {
  return kind.param.name;
}

}  // namespace gst_lingua_tests
