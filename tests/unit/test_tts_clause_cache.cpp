// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include "gst-tts/espeak/clause_cache.h"

using gst_tts::espeak::ClauseCache;
using gst_tts::espeak::ClauseSound;

namespace {

ClauseSound sound(size_t samples) {
  ClauseSound made;
  made.samples.resize(samples, static_cast<int16_t>(samples));
  return made;
}

TEST(ClauseCache, KeepsWhatWasUsedLast) {
  ClauseCache cache(100);
  cache.add("a", sound(40));
  cache.add("b", sound(41));
  ASSERT_NE(cache.find("a"), nullptr);
  cache.add("c", sound(42));
  EXPECT_EQ(cache.find("b"), nullptr) << "the least recently used makes room";
  ASSERT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(cache.find("a")->samples.size(), 40U);
  ASSERT_NE(cache.find("c"), nullptr);
  EXPECT_EQ(cache.find("c")->samples, sound(42).samples);
}

TEST(ClauseCache, DoesNotKeepWhatIsTooLong) {
  ClauseCache cache(100);
  cache.add("a", sound(40));
  cache.add("b", sound(101));
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr) << "nor makes room for it";
}

}  // namespace
