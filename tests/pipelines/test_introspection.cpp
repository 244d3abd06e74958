// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// To look at an element is instant: nothing is loaded for it that is not there yet.

#include <gtest/gtest.h>

#include <string>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

class Introspection : public testing::TestWithParam<const char*> {};

TEST_P(Introspection, NeedsNeitherEngineNorModel) {
  Shell shell;
  shell.set("GST_LINGUA_ENGINE", "/no/such/engine.so");
  shell.set("GST_LINGUA_MODEL", "/no/such/model");
  const Output output = shell.run({"gst-inspect-1.0", GetParam()});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(output.err, "");
  for (const char* part : {"Element Properties:", "max-observed-delay", "stats", "latency"})
    EXPECT_TRUE(contains(output.out, part)) << output.out;
}

/// By the dynamic linker's own account, which glibc's gives.
TEST_P(Introspection, LoadsNoLibtorch) {
  Shell shell;
  shell.set("LD_DEBUG", "files");
  const Output output = shell.run({"gst-inspect-1.0", GetParam()});
  EXPECT_TRUE(contains(output.err, "libgst" + std::string(GetParam()) + ".so")) << output.err;
  EXPECT_FALSE(contains(output.err, "libtorch"));
  EXPECT_FALSE(contains(output.err, "libgst-translate-engine"));
}

INSTANTIATE_TEST_SUITE_P(Elements, Introspection,
                         testing::Values("textsegmenter", "nllbtranslate", "ttssynth"));

}  // namespace
}  // namespace gst_lingua_tests
