// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the tests of textsegmenter share.

#pragma once

#include <string>

#include "plugins/common/metas.h"
#include "tests/elements/harness.h"

namespace gst_lingua_tests {

/// With the meta of its output at hand.
class Segmenter : public Harness {
 public:
  explicit Segmenter(const std::string& properties = "")
      : Harness("textsegmenter " + properties, GST_TEXT_ACCUMULATE_SENTENCE_META) {}
};

/// Why a sentence ends.
inline std::string reason_of(const Text& text) {
  return text.meta ? gst_structure_get_string(text.meta, "reason") : "no meta";
}

}  // namespace gst_lingua_tests
