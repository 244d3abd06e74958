// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// In a process of its own: the engine is opened once.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/unit/heard_log.h"
#include "tests/unit/tts_speech.h"

// NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
TEST(NoHelper, ThisProcessSpeaksAndSaysSoOnce) {
  const std::string helper = std::getenv("GST_LINGUA_ESPEAK");
  const HeardLog heard;
  setenv("GST_LINGUA_ESPEAK", "/no/such/file", 1);
  const auto fallback = gst_tts::open_synthesizer();
  EXPECT_TRUE(heard.has(gst_translate::LogLevel::Warning, "/no/such/file does not start"))
      << heard.text();
  EXPECT_GT(speak("Here all the same.").samples.size(), 20000U);
  EXPECT_EQ(gst_tts::open_synthesizer("espeak", false), fallback);

  // A program that is no helper.
  setenv("GST_LINGUA_ESPEAK", "/bin/true", 1);
  EXPECT_EQ(gst_tts::open_synthesizer(), fallback);
  EXPECT_FALSE(heard.has(gst_translate::LogLevel::Warning, "/bin/true")) << "once is enough";

  setenv("GST_LINGUA_ESPEAK", helper.c_str(), 1);
  EXPECT_NE(gst_tts::open_synthesizer(), fallback);
  EXPECT_GT(speak("And in a process of its own.").samples.size(), 20000U);
}
// NOLINTEND(concurrency-mt-unsafe)
