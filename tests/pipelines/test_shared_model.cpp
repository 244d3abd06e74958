// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// One copy of the weights serves all elements of a process that open the same model.

#include <gtest/gtest.h>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

TEST(SharedModel, ServesElementsWhateverTheyAskForEachText) {
  Harness first("nllbtranslate input-language-code=en output-language-code=de batch-size=1");
  Harness second(
      "nllbtranslate input-language-code=en output-language-code=de batch-size=7 shortlist=true "
      "beams=2 guards=false");
  for (Harness* translator : {&first, &second}) {
    translator->begin();
    translator->push("Good morning.");
    translator->pull();
  }
  // Each element says what its model's engine did for all.
  for (Harness* translator : {&first, &second}) {
    EXPECT_EQ(translator->stat("translations"), 1U);
    EXPECT_EQ(translator->stat("engine-sentences"), 2U);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
