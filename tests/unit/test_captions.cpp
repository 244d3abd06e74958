// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What fits on a screen, and how long it stands there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gst-translate/segment/captions.h"
#include "tests/unit/segmenter_pieces.h"

namespace gst_translate {
namespace {

using Strings = std::vector<std::string>;
constexpr int64_t ms = 1000000;

Sentence said(const std::string& text, int64_t start, int64_t end) {
  Sentence sentence;
  sentence.text = text;
  sentence.time = {start * ms, end * ms};
  return sentence;
}

std::vector<Sentence> fill(const std::vector<Sentence>& sentences) {
  Captions captions;
  std::vector<Sentence> all;
  for (const Sentence& sentence : sentences)
    for (Sentence& caption : captions.push(sentence))
      all.push_back(std::move(caption));
  for (Sentence& caption : captions.finish())
    all.push_back(std::move(caption));
  return all;
}

/// Characters; an East Asian wide one counts two, an accent of its own none.
size_t columns_of(const std::string& text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    columns += c >= 0x0300 && c < 0x0370 ? 0 : c >= 0x3000 && c < 0xE000 ? 2 : 1;
  }
  return columns;
}

void expect_readable(const std::vector<Sentence>& captions) {
  int64_t before = 0;
  for (const Sentence& caption : captions) {
    EXPECT_LE(std::count(caption.text.begin(), caption.text.end(), '\n'), 1) << caption.text;
    size_t columns = 0;
    for (size_t begin = 0; begin <= caption.text.size();) {
      const size_t end = std::min(caption.text.find('\n', begin), caption.text.size());
      EXPECT_LE(columns_of(caption.text.substr(begin, end - begin)), 42u) << caption.text;
      columns += columns_of(caption.text.substr(begin, end - begin));
      begin = end + 1;
    }
    const auto duration = static_cast<double>(caption.time.end - caption.time.start) / 1e9;
    EXPECT_GE(duration, 1.0) << caption.text;
    EXPECT_LE(static_cast<double>(columns) / duration, 20.001) << caption.text;
    EXPECT_GE(caption.time.start, before) << caption.text;
    before = caption.time.end;
  }
}

std::string joined(const std::vector<Sentence>& captions) {
  std::string all;
  for (const Sentence& caption : captions)
    all += (all.empty() ? "" : " ") + caption.text;
  std::replace(all.begin(), all.end(), '\n', ' ');
  return all;
}

TEST(Captions, ALongSentenceIsSharedAtItsClauses) {
  const std::string text =
      "When the rain had stopped at last, we went down to the river, which was high, and looked "
      "for "
      "the boat that we had left there in the spring.";
  const auto captions = fill({said(text, 0, 9000)});
  expect_readable(captions);
  EXPECT_EQ(joined(captions), text);
  ASSERT_EQ(captions.size(), 2u);
  EXPECT_EQ(captions[0].text, "When the rain had stopped at last,\nwe went down to the river,");
  EXPECT_FALSE(captions[0].complete);
  EXPECT_TRUE(captions[1].complete);
  EXPECT_GT(captions[1].time.start, 3000 * ms);
}

TEST(Captions, TwoLinesAreAsLongAsEachOther) {
  const auto captions = fill({said("The old man walked slowly along the road to town.", 0, 4000)});
  ASSERT_EQ(captions.size(), 1u);
  EXPECT_EQ(captions[0].text, "The old man walked slowly\nalong the road to town.");
  EXPECT_EQ(fill({said("A short line.", 0, 4000)})[0].text, "A short line.");
}

TEST(Captions, ShortCuesShareACaption) {
  // Cues of 0.1 s.
  std::vector<Sentence> cues;
  const Strings words = {"Yes.", "No.", "Why?", "Go on.", "Not now.", "Come here at once, please."};
  std::string text;
  for (size_t i = 0; i < 60; ++i) {
    const std::string& word = words[i % words.size()];
    cues.push_back(said(word, static_cast<int64_t>(i) * 100, static_cast<int64_t>(i + 1) * 100));
    text += (text.empty() ? "" : " ") + word;
  }
  const auto captions = fill(cues);
  expect_readable(captions);
  EXPECT_EQ(joined(captions), text) << "nothing is lost";
  EXPECT_LT(captions.size(), 20u);

  const auto apart = fill({said("Yes.", 0, 100), said("No.", 5000, 5100)});
  expect_readable(apart);
  ASSERT_EQ(apart.size(), 2u);
  EXPECT_EQ(apart[1].time.start, 5000 * ms);
}

TEST(Captions, OtherScriptsBreakWhereTheyMay) {
  for (const char* text : {"今日はとても良い天気でしたので、朝から公園へ行って、夕方まで友達と一緒"
                           "に遊んで、それから家に帰って晩ご飯を食べました。",
                           "วันนี้อากาศดีมากเราจึงไปเดินเล่นที่สวนสาธารณะกับเพื่อนๆตั้งแต่เช้าจนถึงเย็นแล้วจึงกลับบ้านไปกิ"
                           "นข้าวเย็นด้วยกันทั้งครอบครัว",
                           "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e"
                           "\u0301e\u0301e\u0301e\u0301e\u0301e"
                           "\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e"
                           "\u0301e\u0301e\u0301e\u0301e\u0301e"
                           "\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e"
                           "\u0301e\u0301e\u0301e\u0301e\u0301"}) {
    const auto captions = fill({said(text, 0, 12000)});
    expect_readable(captions);
    std::string all;
    for (const Sentence& caption : captions)
      for (const char c : caption.text)
        if (c != '\n') all += c;
    EXPECT_EQ(all, text);
  }
}

TEST(Captions, WhatWaitsLeavesInSilence) {
  Captions captions;
  EXPECT_TRUE(captions.push(said("Yes.", 0, 100)).empty());
  EXPECT_TRUE(captions.pending());
  EXPECT_TRUE(captions.pass(900 * ms).empty());
  EXPECT_EQ(captions.pass(1000 * ms).size(), 1u);
  EXPECT_FALSE(captions.pending());
}

}  // namespace
}  // namespace gst_translate
