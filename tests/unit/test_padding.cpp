// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a search does that has chosen <pad>, as a network with random weights may.

#include <gtest/gtest.h>

#include <vector>

#include "gst-translate/decode/cpu/network.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/tokenizer.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

TEST(Padding, HasNoPositionAsInHuggingFace) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "float32", 1};
  const auto network = open_cpu_network(Weights::open(folder), config,
                                        Tokenizer::open(folder, config).token_texts(), place, {});
  const Json golden = read_json(folders::test_data("goldens/padding.json"));
  const auto memory = network->encode({golden["sentence"].get<std::vector<int32_t>>()}, {});
  const auto decoder = network->decode(memory, {{0, "deu_Latn", false}}, 200);
  Selection selection;
  selection.domain = Selection::Domain::LogProbabilities;
  selection.candidates = config.vocabulary;
  selection.scores = true;
  for (size_t step = 0; step < golden["steps"].size(); ++step) {
    Candidates best;
    decoder->step(golden["steps"][step].get<std::vector<int32_t>>(), selection, {}, best);
    const auto wanted = golden["log_probabilities"][step].get<std::vector<float>>();
    for (size_t i = 0; i < best.tokens.size(); ++i)
      ASSERT_NEAR(best.scores[i], wanted[static_cast<size_t>(best.tokens[i])], 1e-4)
          << "step " << step << ", token " << best.tokens[i];
  }
}

}  // namespace
}  // namespace gst_translate
