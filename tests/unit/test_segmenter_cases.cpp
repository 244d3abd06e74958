// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where sentences end, by example.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/unit/segmenter_pieces.h"

namespace gst_translate {
namespace {

struct Case {
  std::string name;
  std::string language;
  std::string text;
  std::vector<std::string> sentences;
};

std::string data_file(const char* name) {
  const char* folder = std::getenv("GST_LINGUA_TEST_DATA");  // NOLINT(concurrency-mt-unsafe)
  return std::string(folder ? folder : "tests/data") + "/segmentation/" + name;
}

bool is_space(char32_t c) {
  return trim(std::string(1, static_cast<char>(c))).empty() || c == 0xA0;
}

/// White space at the ends taken away, inside made one space.
std::string squash(std::string_view text) {
  std::string result;
  bool space = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c == 0x3000 || c == 0x202F || (c < 0x100 && is_space(c))) {
      space = true;
      continue;
    }
    if (space && !result.empty()) result += ' ';
    space = false;
    append_utf8(result, c);
  }
  return result;
}

std::string bare(std::string text) {
  text = squash(text);
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

/// The number of four hexadecimal digits at the start of `text`.
char32_t code_point(const std::string& text) {
  return static_cast<char32_t>(std::stoul(text.substr(0, 4), nullptr, 16));
}

/// \n for a line break, \u200f for what shows nothing.
std::string unescape(std::string text) {
  for (size_t at; (at = text.find("\\n")) != std::string::npos;)
    text.replace(at, 2, "\n");
  for (size_t at; (at = text.find("\\u")) != std::string::npos;) {
    std::string character;
    append_utf8(character, code_point(text.substr(at + 2)));
    text.replace(at, 6, character);
  }
  return text;
}

/// The texts of rules.txt: ‖ where sentences end.
std::vector<Case> read_rules() {
  std::vector<Case> cases;
  std::ifstream file(data_file("rules.txt"));
  const std::string mark = "‖";
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const size_t colon = line.find(": ");
    Case one{"rules.txt:" + std::to_string(number), line.substr(0, colon), "", {}};
    std::string rest = unescape(line.substr(colon + 2));
    for (size_t at; (at = rest.find(mark)) != std::string::npos; rest.erase(0, at + mark.size())) {
      one.text += rest.substr(0, at);
      one.sentences.push_back(squash(rest.substr(0, at)));
    }
    one.text += rest;
    one.sentences.push_back(squash(rest));
    cases.push_back(one);
  }
  return cases;
}

/// The lines of cues.txt: the cues of one text, and the sentences that they become.
struct CueCase {
  std::string name;
  std::string language;
  std::vector<std::string> cues;
  std::vector<std::string> sentences;
};

std::vector<std::string> split_at(std::string text, const std::string& mark) {
  std::vector<std::string> parts;
  for (size_t at; (at = text.find(mark)) != std::string::npos; text.erase(0, at + mark.size()))
    parts.push_back(text.substr(0, at));
  parts.push_back(text);
  return parts;
}

std::vector<CueCase> read_cue_cases() {
  std::vector<CueCase> cases;
  std::ifstream file(data_file("cues.txt"));
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const size_t colon = line.find(": ");
    CueCase one{"cues.txt:" + std::to_string(number), line.substr(0, colon), {}, {}};
    const std::vector<std::string> sides = split_at(unescape(line.substr(colon + 2)), " => ");
    one.cues = split_at(sides.at(0), " | ");
    for (const std::string& sentence : split_at(sides.at(1), "‖"))
      one.sentences.push_back(squash(sentence));
    cases.push_back(one);
  }
  return cases;
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::ifstream file(data_file("cases.jsonl"));
  std::string line;
  while (std::getline(file, line)) {
    const auto json = nlohmann::json::parse(line);
    Case one{json["id"], json["lang"], json["text"], {}};
    for (const std::string sentence : json["sentences"])
      if (!squash(sentence).empty()) one.sentences.push_back(squash(sentence));
    cases.push_back(one);
  }
  return cases;
}

/// What comes out for pieces of `size` characters, or 0: for the whole text at once.
std::vector<std::string> run(const Case& one, size_t size) {
  Segmenter segmenter(in_language(one.language));
  std::vector<std::string> result;
  for (const std::string& piece : characters_of(one.text, size == 0 ? one.text.size() : size)) {
    segmenter.push(piece);
    for (const Sentence& sentence : drain(segmenter))
      result.push_back(squash(sentence.text));
  }
  for (const Sentence& sentence : finish(segmenter))
    result.push_back(squash(sentence.text));
  return result;
}

TEST(SegmenterCases, EveryExampleOfARuleIsCutAsMarked) {
  const std::vector<Case> cases = read_rules();
  ASSERT_GE(cases.size(), 250u);
  for (const Case& one : cases)
    for (const size_t size : {1u, 3u, 0u})
      EXPECT_EQ(run(one, size), one.sentences) << one.name << ", pieces of " << size;
}

TEST(SegmenterCases, CuesAreNotLinesOfABook) {
  const std::vector<CueCase> cases = read_cue_cases();
  ASSERT_GE(cases.size(), 30u);
  for (const CueCase& one : cases) {
    SegmenterOptions options = in_language(one.language);
    options.join = JoinMode::Words;
    Segmenter segmenter(options);
    std::vector<std::string> result;
    int64_t time = 0;
    for (const std::string& cue : one.cues) {
      segmenter.push(cue, {time, time + 900});
      time += 1000;
    }
    std::vector<Sentence> sentences = finish(segmenter);
    for (const Sentence& sentence : sentences) {
      result.push_back(squash(sentence.text));
      EXPECT_EQ(sentence.text.find('\n'), std::string::npos) << one.name;
      EXPECT_GE(sentence.time.start, 0) << one.name;
      EXPECT_GT(sentence.time.end, sentence.time.start) << one.name;
    }
    EXPECT_EQ(result, one.sentences) << one.name;
  }
}

TEST(SegmenterCases, TheCasesOfOthersPassInEveryPieceSize) {
  const std::vector<Case> cases = read_cases();
  ASSERT_EQ(cases.size(), 332u);
  struct Tally {
    int passed = 0, all = 0;
  };
  std::map<std::string, Tally> languages;
  Tally total;
  for (const Case& one : cases) {
    bool passed = true;
    for (const size_t size : {1u, 3u, 0u}) {
      const std::vector<std::string> result = run(one, size);
      passed = passed && result == one.sentences;
      std::string all;
      for (const std::string& sentence : result)
        all += sentence;
      EXPECT_EQ(bare(all), bare(one.text)) << one.name << " lost text";
    }
    if (!passed) std::cout << "not as its authors cut it: " << one.name << "\n";
    for (Tally* tally : {&languages[one.language], &total}) {
      tally->passed += passed ? 1 : 0;
      ++tally->all;
    }
  }
  const auto percent = [](const Tally& tally) { return 100.0 * tally.passed / tally.all; };
  for (const auto& [language, tally] : languages) {
    std::cout << language << " " << tally.passed << "/" << tally.all << "\n";
    if (tally.all > 10) {
      EXPECT_GE(percent(tally), 85) << language;
    }
  }
  std::cout << "all " << total.passed << "/" << total.all << "\n";
  EXPECT_GE(percent(total), 95);
}

}  // namespace
}  // namespace gst_translate
