// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/fragments.h"

#include <gtest/gtest.h>

#include <string>

namespace gst_translate {
namespace {

/// What may be spoken of a text that has grown so far.
std::string spoken(const std::string& text) {
  return text.substr(0, clause_end(text, 0));
}

TEST(Fragments, EndBehindTheSpaceOfAClause) {
  EXPECT_EQ(spoken("Wenn es regnet, bleiben wir"), "Wenn es regnet, ");
  EXPECT_EQ(spoken("Wenn es regnet, bleiben wir zu Hause; ja"),
            "Wenn es regnet, bleiben wir zu Hause; ");
}

TEST(Fragments, WaitForWhatFollowsTheMark) {
  EXPECT_EQ(spoken("Wenn es regnet,"), "");
  EXPECT_EQ(spoken("Das kostet 3,50 Euro"), "");
  EXPECT_EQ(spoken("um 10:45 Uhr"), "");
  EXPECT_EQ(spoken("雨が降れば、"), "");
}

TEST(Fragments, NeedNoSpaceWhereTheScriptHasNone) {
  EXPECT_EQ(spoken("雨が降れば、家に"), "雨が降れば、");
  EXPECT_EQ(spoken("「行こう！」と"), "「行こう！」");
}

TEST(Fragments, KeepClosingMarksWithTheClause) {
  EXPECT_EQ(spoken("\"Komm,\" sagte er"), "\"Komm,\" ");
  EXPECT_EQ(spoken("本当？！と"), "本当？！");
}

TEST(Fragments, GoOnFromWhatIsHandedOut) {
  const std::string text = "Eins, zwei, drei";
  const size_t first = clause_end("Eins, zwei", 0);
  EXPECT_EQ(first, 6U);
  EXPECT_EQ(clause_end(text, first), 12U);
  EXPECT_EQ(clause_end(text, 12), 12U);
}

}  // namespace
}  // namespace gst_translate
