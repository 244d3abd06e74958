// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How much of tests/data/japanese-readings.tsv is read as a person reads it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/text/utf8.h"
#include "gst-tts/japanese/edit_distance.h"
#include "gst-tts/voice/synthesizer.h"

namespace {

using gst_translate::append_utf8;
using gst_translate::next_character;
using gst_tts::japanese::edit_distance;

bool is_in(std::u32string_view row, char32_t c) {
  return row.find(c) != std::u32string_view::npos;
}

char32_t vowel_of(char32_t c) {
  if (is_in(U"アカサタナハマヤラワガザダバパャァヮ", c)) return U'ア';
  if (is_in(U"イキシチニヒミリギジヂビピィ", c)) return U'イ';
  if (is_in(U"ウクスツヌフムユルグズヅブプュゥヴ", c)) return U'ウ';
  if (is_in(U"エケセテネヘメレゲゼデベペェ", c)) return U'エ';
  return is_in(U"オコソトノホモヨロヲゴゾドボポョォ", c) ? U'オ' : U'\0';
}

/// A long vowel, however it is written.
char32_t lengthened(char32_t c, char32_t vowel) {
  const bool same = (c == U'ア' || c == U'ァ') && vowel == U'ア';
  if (same || ((c == U'イ' || c == U'ィ') && (vowel == U'イ' || vowel == U'エ')) ||
      ((c == U'ウ' || c == U'ゥ') && (vowel == U'ウ' || vowel == U'オ')) ||
      ((c == U'エ' || c == U'ェ') && vowel == U'エ') ||
      ((c == U'オ' || c == U'ォ') && vowel == U'オ'))
    return U'ー';
  return c;
}

/// The morae of katakana; spaces and marks are none.
std::vector<std::u32string> morae(const std::string& utf8) {
  std::vector<std::u32string> all;
  char32_t vowel = 0;
  for (size_t position = 0; position < utf8.size();) {
    char32_t c = next_character(utf8, position);
    if ((c < U'ァ' || c > U'ヺ') && c != U'ー') continue;
    if (c == U'ヲ') c = U'オ';
    if (c == U'ヅ') c = U'ズ';
    if (c == U'ヂ') c = U'ジ';
    c = lengthened(c, vowel);
    if (is_in(U"ャュョァィゥェォヮ", c) && !all.empty())
      all.back() += c;
    else
      all.emplace_back(1, c);
    if (c != U'ー') vowel = vowel_of(c);
  }
  return all;
}

struct Score {
  size_t morae = 0, wrong = 0, sentences = 0;
  double right() const {
    return 100.0 - 100.0 * static_cast<double>(wrong) / static_cast<double>(morae);
  }
};

struct Sentence {
  std::string kind, text, reading;
};

std::vector<Sentence> sentences() {
  const char* folder = std::getenv("GST_LINGUA_TEST_DATA");  // NOLINT(concurrency-mt-unsafe)
  std::ifstream file(std::string(folder ? folder : "tests/data") + "/japanese-readings.tsv");
  std::vector<Sentence> all;
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (line[0] == '#' || second == std::string::npos) continue;
    all.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                   line.substr(second + 1)});
  }
  return all;
}

}  // namespace

TEST(JapaneseReadings, AreThoseOfAReader) {
  const auto synthesizer = gst_tts::open_synthesizer();
  std::map<std::string, Score> kinds;
  Score all;
  for (const Sentence& sentence : sentences()) {
    gst_tts::SpeechRequest request;
    request.language = "ja";
    request.text = sentence.text;
    const std::string reading = synthesizer->reading(request);
    const auto wanted = morae(sentence.reading);
    const size_t wrong = edit_distance(morae(reading), wanted);
    if (wrong > 0) std::cout << sentence.kind << ": " << sentence.text << ": " << reading << '\n';
    for (Score* score : {&kinds[sentence.kind], &all}) {
      score->morae += wanted.size();
      score->wrong += wrong;
      ++score->sentences;
    }
  }
  ASSERT_GE(all.sentences, 300U);
  for (const auto& [kind, score] : kinds) {
    std::cout << kind << ' ' << score.right() << " % of " << score.morae << " morae\n";
    // ipadic knows fewer words than Open JTalk's dictionary, of which either may be installed.
    EXPECT_GE(score.right(), 90) << kind;
  }
  std::cout << "all " << all.right() << " % of " << all.morae << " morae\n";
  EXPECT_GE(all.right(), 97);
}
