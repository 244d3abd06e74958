// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Japanese without a dictionary; in a process of its own, for one that is found is kept.

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/unit/tts_speech.h"

using gst_tts::Error;

TEST(NoDictionary, KanaAndNumbersAreReadAndKanjiIsAnError) {
  setenv("GST_LINGUA_MECAB_DICTIONARY", "/nonexistent", 1);

  const std::string text = "きょう、カメラを 3つ かいました。";
  const Speech kana = speak(text, "ja");
  EXPECT_GT(kana.samples.size(), 30000U);
  EXPECT_EQ(kana.dropped, 0U);
  ASSERT_FALSE(kana.words.empty());
  EXPECT_EQ(text_of(kana.words[0], text), "きょう");

  const auto [kind, message] =
      error_of([] { gst_tts::open_synthesizer()->prepare(request("今日", "ja")); });
  EXPECT_TRUE(kind == Error::Kind::NotFound || kind == Error::Kind::Unavailable) << message;
  EXPECT_NE(message.find("MeCab"), std::string::npos) << message;
  if (kind == Error::Kind::NotFound) {
    EXPECT_NE(message.find("mecab-ipadic-utf8"), std::string::npos) << message;
  }

  unsetenv("GST_LINGUA_MECAB_DICTIONARY");
}
