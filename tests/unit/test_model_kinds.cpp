// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/model/json.h"
#include "tests/unit/folders.h"
#include "tests/unit/test_place.h"

namespace gst_translate {
namespace {

/// The settings of a search of tests/data/make_tiny_models.py; "folder": none, the folder's own.
SearchOptions search_of(const std::string& name) {
  SearchOptions search;
  if (name == "folder") return search;
  search.beams = name.rfind("beams", 0) == 0 ? name[5] - '0' : 1;
  search.early_stopping = EarlyStopping::Heuristic;
  if (name == "beams5-always") {
    search.early_stopping = EarlyStopping::Always;
    search.length_penalty = 0.6;
  } else if (name == "beams4-never") {
    search.early_stopping = EarlyStopping::Never;
    search.length_penalty = 1.5;
  } else if (name == "greedy-rules") {
    search.no_repeat_ngram_size = 2;
    search.repetition_penalty = 1.3;
  } else if (name == "beams4-rules") {
    search.no_repeat_ngram_size = 3;
    search.repetition_penalty = 1.2;
  }
  return search;
}

class ModelKind : public testing::TestWithParam<const char*> {
 protected:
  ModelKind() {
    TranslatorOptions options;
    options.model = folders::test_data(std::string("models/") + GetParam());
    choose_test_place(options);
    translator_ = open_translator(options);
    golden_ = read_json(folders::test_data(std::string("goldens/tiny-") + GetParam() + ".json"));
  }

  std::future<TranslationResult> submit(const Json& item, const std::string& search) {
    TranslationRequest request;
    request.text = item["text"];
    request.source = item["source"];
    request.targets = {item["target"]};
    request.search = search_of(search);
    request.split = request.guards = false;
    return translator_->submit(std::move(request));
  }

  void expect_golden(const std::string& search) {
    constexpr double excused_margin = 1e-4;  // scores that float32 cannot tell apart
    std::vector<std::future<TranslationResult>> futures;
    for (const auto& item : golden_["cases"])
      futures.push_back(submit(item, search));
    ASSERT_GE(futures.size(), 15U);
    for (size_t i = 0; i < futures.size(); ++i) {
      const Json& item = golden_["cases"][i];
      const TranslationResult result = futures[i].get();
      EXPECT_EQ(result.source_ids, item["source_ids"].get<std::vector<int32_t>>()) << item["text"];
      const auto wanted = item[search]["ids"].get<std::vector<int32_t>>();
      if (result.translations[0].ids == wanted) continue;
      const auto margin = item[search]["margin"].get<double>();
      if (margin < excused_margin)
        std::printf("a tie of %g decides otherwise: %s\n", margin,
                    item["text"].get<std::string>().c_str());
      else
        ADD_FAILURE() << search << ": " << item["text"] << ": got "
                      << Json(result.translations[0].ids) << ", wanted " << item[search]
                      << ", goldens made with " << golden_["made_with"];
    }
  }

  std::shared_ptr<Translator> translator_;
  Json golden_;
};

TEST_P(ModelKind, SearchesGreedily) {
  expect_golden("greedy");
}
TEST_P(ModelKind, SearchesWithBeams) {
  expect_golden("beams4");
}
TEST_P(ModelKind, StopsEarly) {
  expect_golden("beams5-always");
}
TEST_P(ModelKind, NeverStopsEarly) {
  expect_golden("beams4-never");
}
TEST_P(ModelKind, FollowsTheRulesGreedily) {
  expect_golden("greedy-rules");
}
TEST_P(ModelKind, FollowsTheRulesWithBeams) {
  expect_golden("beams4-rules");
}
TEST_P(ModelKind, TakesTheFoldersOwnSearch) {
  expect_golden("folder");
}

INSTANTIATE_TEST_SUITE_P(Tiny, ModelKind,
                         testing::Values("nllb", "nllb-bin", "nllb-untied", "nllb-json", "m2m100",
                                         "small100"),
                         [](const auto& kind) {
                           std::string name = kind.param;
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace gst_translate
