// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What `trim_model` writes, opened and used like any other folder.

#include "gst-translate/model/trim.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"
#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using Lines = std::vector<std::string>;

std::shared_ptr<Translator> open(const std::string& folder) {
  TranslatorOptions options;
  options.model = folder;
  options.device = "cpu";
  options.precision = "float32";
  return open_translator(options);
}

TranslationRequest request(const std::string& line, const std::string& from,
                           const std::string& to) {
  TranslationRequest request;
  request.text = line;
  request.source = from;
  request.targets = {to};
  request.split = request.guards = false;
  request.search.beams = 1;  // beams count what rows of no token would have scored
  return request;
}

Lines translate(Translator& translator, const Lines& lines, const std::string& from,
                const std::string& to) {
  std::vector<TranslationRequest> requests;
  for (const auto& line : lines)
    requests.push_back(request(line, from, to));
  Lines translations;
  for (auto& future : translator.submit_all(std::move(requests)))
    translations.push_back(future.get().translations[0].text);
  return translations;
}

/// Whether the translation comes in the pieces that a tokenizer cuts it into.
bool kept_by_corpus(Translator& whole, const std::string& line, const std::string& from,
                    const std::string& to) {
  static const ModelConfig config = ModelConfig::read(folders::demo_model());
  static const Tokenizer tokenizer = Tokenizer::open(folders::demo_model(), config);
  const auto result = whole.submit(request(line, from, to)).get();
  const std::vector<int32_t>& ids = result.translations[0].ids;  // start, language, pieces, end
  const std::vector<int32_t> cut = tokenizer.encode(result.translations[0].text, ids[1], ids[1]);
  return std::vector<int32_t>(ids.begin() + 1, ids.end()) == cut;
}

Lines sentences(const std::string& language, size_t count) {
  std::istringstream file(folders::read(folders::test_data("sentences." + language + ".txt")));
  Lines lines;
  for (std::string line; lines.size() < count && std::getline(file, line);)
    lines.push_back(line);
  return lines;
}

class Trim : public testing::Test {
 protected:
  TrimResult trim(const std::string& folder, const TrimOptions& options) const {
    return trim_model(folder, out(), options, {});
  }
  std::string out() const { return folder_.path("out"); }

  folders::Temporary folder_;
};

TEST_F(Trim, KeepsWhatACorpusNeedsAndTranslatesItTheSame) {
  const auto whole = open(folders::demo_model());
  const Lines english = sentences("eng", 30), japanese = sentences("jpn", 30);
  const Lines to_japanese = translate(*whole, english, "en", "ja");
  const Lines to_english = translate(*whole, japanese, "ja", "en");
  std::string corpus;
  for (const Lines* lines : {&english, &japanese, &to_japanese, &to_english})
    for (const auto& line : *lines)
      corpus += line + "\n";
  folder_.write("corpus.txt", corpus);

  const TrimResult result =
      trim(folders::demo_model(), {{"en", "jpn_Jpan"}, {folder_.path("corpus.txt")}, 0, 0, ""});
  EXPECT_EQ(result.vocabulary_before, 16008);
  EXPECT_LT(result.vocabulary, 6000);
  EXPECT_LT(result.bytes, result.bytes_before * 85 / 100);
  const auto small = open(out());
  EXPECT_EQ(small->model().languages, (Lines{"eng_Latn", "jpn_Jpan"}));
  EXPECT_EQ(small->model().vocabulary, result.vocabulary);
  const auto compare = [&](const Lines& lines, const Lines& translations, const std::string& from,
                           const std::string& to) {
    const Lines now = translate(*small, lines, from, to);
    int compared = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      // A network may write a text in other pieces than a tokenizer does, which may be gone.
      if (!kept_by_corpus(*whole, lines[i], from, to)) continue;
      ++compared;
      EXPECT_EQ(now[i], translations[i]) << lines[i];
    }
    EXPECT_GE(compared, 20);
  };
  compare(english, to_japanese, "en", "ja");
  compare(japanese, to_english, "ja", "en");
  expect_error(Kind::Settings, "does not know the language \"de\"",
               [&] { translate(*small, english, "en", "de"); });
}

TEST_F(Trim, LeavesOutTheScriptsOfOtherLanguages) {
  const auto whole = open(folders::demo_model());
  const TrimResult result = trim(folders::demo_model(), {{"en", "de"}, {}, 0, 0, ""});
  EXPECT_LT(result.vocabulary, result.vocabulary_before * 3 / 4);
  const auto small = open(out());
  const Lines english = sentences("eng", 30);
  EXPECT_EQ(translate(*small, english, "en", "de"), translate(*whole, english, "en", "de"));
}

TEST_F(Trim, TakesLayersOut) {
  const TrimResult result = trim(folders::demo_model(), {{"en", "de"}, {}, 3, 2, ""});
  EXPECT_LT(result.bytes, result.bytes_before * 2 / 3);
  const auto small = open(out());
  EXPECT_EQ(small->model().layers_encoder, 3);
  EXPECT_EQ(small->model().layers_decoder, 2);
  EXPECT_NE(translate(*small, {"Good morning."}, "en", "de")[0], "");
}

TEST_F(Trim, WritesSixteenBitsUnlessAskedForMore) {
  const std::string tiny = folders::test_data("models/nllb");
  const Lines languages = open(tiny)->model().languages;
  const TrimResult half = trim(tiny, {languages, {}, 0, 0, ""});
  EXPECT_LT(half.bytes, half.bytes_before * 6 / 10);
  EXPECT_NO_THROW(open(out()));
  const TrimResult whole =
      trim_model(tiny, folder_.path("float32"), {languages, {}, 0, 0, "float32"}, {});
  EXPECT_GT(whole.bytes, whole.bytes_before * 9 / 10);
}

/// Of every kind of folder comes one that translates the same where no piece is gone.
TEST_F(Trim, TakesEveryKindOfFolder) {
  for (const char* kind : {"nllb", "nllb-bin", "nllb-json", "nllb-untied", "m2m100", "small100"}) {
    SCOPED_TRACE(kind);
    const std::string folder = folders::test_data(std::string("models/") + kind);
    const auto whole = open(folder);
    const Lines languages = whole->model().languages;
    folders::Temporary written;
    trim_model(folder, written.path("out"), {languages, {}, 0, 0, "float32"}, {});
    const auto small = open(written.path("out"));
    EXPECT_EQ(small->model().kind, whole->model().kind);
    Lines kept = small->model().languages, all = languages;
    std::sort(kept.begin(), kept.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(kept, all);
    const Lines english = sentences("eng", 10);
    EXPECT_EQ(translate(*small, english, languages[0], languages[1]),
              translate(*whole, english, languages[0], languages[1]));
  }
}

TEST_F(Trim, SaysWhatMakesNoSense) {
  const auto refused = [&](Kind kind, const std::string& text, const TrimOptions& options) {
    expect_error(kind, text, [&] { trim(folders::demo_model(), options); });
    EXPECT_FALSE(folders::fs::exists(out()));
  };
  refused(Kind::Settings, "At least two languages", {{"en"}, {}, 0, 0, ""});
  refused(Kind::Settings, "klingon", {{"en", "klingon"}, {}, 0, 0, ""});
  refused(Kind::Settings, "has only 3 decoder layers", {{"en", "de"}, {}, 0, 9, ""});
  refused(Kind::Settings, "float8", {{"en", "de"}, {}, 0, 0, "float8"});
  refused(Kind::NotFound, "gone.txt", {{"en", "de"}, {folder_.path("gone.txt")}, 0, 0, ""});
  folder_.write("file", "");
  expect_error(Kind::Settings, "exists and is not empty", [&] {
    trim_model(folders::demo_model(), folder_.path(), {{"en", "de"}, {}, 0, 0, ""}, {});
  });
}

TEST_F(Trim, CanBeGivenUp) {
  expect_error(Kind::Cancelled, "cancelled", [&] {
    trim_model(folders::demo_model(), out(), {{"en", "de"}, {}, 0, 0, ""},
               [](double) { return false; });
  });
}

}  // namespace
}  // namespace gst_translate
