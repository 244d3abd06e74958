// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/guards.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst-translate/engine/split.h"

namespace gst_translate {
namespace {

Flaw flaws(const std::string& source, const std::string& from, const std::string& translation,
           const std::string& to, const std::vector<int32_t>& ids = {2, 9, 5, 6, 7, 2}) {
  const std::vector<int32_t> source_ids = {9, 4, 5, 6, 2};
  return find_flaws({source, translation, from, to, source_ids, ids});
}

TEST(Guards, LetGoodTranslationsPass) {
  EXPECT_EQ(flaws("Where is the station?", "eng_Latn", "駅はどこですか。", "jpn_Jpan"), Flaw::None);
  EXPECT_EQ(flaws("Tom Smith", "eng_Latn", "Tom Smith", "deu_Latn"), Flaw::None);
  EXPECT_EQ(flaws("OK", "eng_Latn", "OK", "jpn_Jpan"), Flaw::None);
  EXPECT_EQ(flaws("42 + 7 = 49", "eng_Latn", "42 + 7 = 49", "jpn_Jpan"), Flaw::None);
  EXPECT_EQ(flaws("はい。", "jpn_Jpan", "Yes.", "eng_Latn"), Flaw::None);
  EXPECT_EQ(flaws("お疲れさまでした。", "jpn_Jpan", "Thank you for all your hard work today.",
                  "eng_Latn"),
            Flaw::None);
  EXPECT_EQ(flaws("...", "eng_Latn", "", "deu_Latn"), Flaw::None);
}

TEST(Guards, FindWhatIsEmpty) {
  EXPECT_EQ(flaws("Hello.", "eng_Latn", "", "deu_Latn"), Flaw::Empty);
  EXPECT_EQ(flaws("Hello.", "eng_Latn", " ... ", "deu_Latn"), Flaw::Empty);
}

TEST(Guards, FindLoops) {
  EXPECT_TRUE(has_loop({2, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 2}));
  EXPECT_TRUE(has_loop({2, 9, 4, 5, 6, 7, 8, 4, 5, 6, 7, 8, 4, 5, 6, 7, 8, 2}));
  EXPECT_TRUE(has_loop({2, 9, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 2}));
  EXPECT_FALSE(has_loop({2, 9, 5, 5, 5, 5, 2}));
  EXPECT_FALSE(has_loop({2, 9, 4, 5, 6, 7, 8, 11, 4, 5, 6, 7, 8, 2}));
  EXPECT_FALSE(has_loop({}));
  const std::vector<int32_t> round(20, 5);
  EXPECT_EQ(flaws("A sentence of its own.", "eng_Latn", "Ein Satz Satz Satz", "deu_Latn", round),
            Flaw::Loop);
}

TEST(Guards, LeaveARepetitionOfTheSourceAlone) {
  const std::vector<int32_t> round(20, 5);
  EXPECT_EQ(find_flaws({"ha ha ha ha ha ha ha ha ha ha", "ha ha ha ha ha ha ha ha ha", "eng_Latn",
                        "deu_Latn", round, round}),
            Flaw::None);
}

TEST(Guards, FindCopies) {
  EXPECT_EQ(flaws("Where is the nearest train station?", "eng_Latn",
                  "where is the nearest train station", "deu_Latn"),
            Flaw::Copied);
  EXPECT_EQ(flaws("Where is the nearest train station?", "eng_Latn",
                  "Where is the nearest train station?", "eng_Latn"),
            Flaw::None);
}

TEST(Guards, FindTheWrongScript) {
  EXPECT_EQ(flaws("Where is the station?", "eng_Latn", "Wo ist der Bahnhof?", "jpn_Jpan"),
            Flaw::WrongScript);
  EXPECT_EQ(flaws("Где находится вокзал?", "rus_Cyrl", "駅はどこにありますか", "deu_Latn"),
            Flaw::WrongScript);
}

TEST(Guards, FindTheWrongLength) {
  const std::string source =
      "The meeting starts at nine o'clock in the morning, and please bring it.";
  EXPECT_EQ(flaws(source, "eng_Latn", "Ja.", "deu_Latn"), Flaw::Length);
  std::string longer;
  for (int i = 0; i < 20; ++i)
    longer += "ein anderes Wort " + std::to_string(i) + " ";
  EXPECT_EQ(flaws("Yes.", "eng_Latn", longer, "deu_Latn"), Flaw::Length);
}

TEST(Split, FindsSentencesAndKeepsTheirLines) {
  const auto parts = split_sentences("One. Two!\nThree?\n\nFour", "eng_Latn");
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[0].text, "One.");
  EXPECT_EQ(parts[1].line_breaks, 0);
  EXPECT_EQ(parts[2].line_breaks, 1);
  EXPECT_EQ(parts[3].line_breaks, 2);
  EXPECT_TRUE(split_sentences(" \n", "eng_Latn").empty());
}

TEST(Split, CutsClausesAndLosesNothing) {
  const std::string sentence =
      "When the rain had stopped, we went out, and there, behind the old barn, stood the horse.";
  std::string joined;
  for (const auto& clause : split_clauses(sentence, "eng_Latn", 30)) {
    EXPECT_LE(text_width(clause), 30U);
    joined += (joined.empty() ? "" : " ") + clause;
  }
  EXPECT_EQ(joined, sentence);
  EXPECT_EQ(text_width("ab今日"), 6U);
}

}  // namespace
}  // namespace gst_translate
