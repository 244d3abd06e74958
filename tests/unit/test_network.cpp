// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gst-translate/decode/cpu/network.h"
#include "gst-translate/decode/gpu/emulated_runtime.h"
#include "gst-translate/decode/gpu/metal_runtime.h"
#include "gst-translate/decode/gpu/network.h"
#include "gst-translate/decode/torch/network.h"
#include "gst-translate/decode/torch/torch_network.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/tokenizer.h"
#include "tests/unit/folders.h"
#include "tests/unit/metal/emulated_metal.h"

namespace gst_translate {
namespace {

/// Our kernels for GPUs on the processor, line by line.
std::unique_ptr<Network> open_emulated_network(const std::string& folder, const ModelConfig& config,
                                               NetworkPlace& place, gpu::Order order) {
  return gpu::with_kernels(
      torch_backend::load_torch_network(Weights::open(folder), config, place, {}),
      gpu::open_emulated_runtime(order));
}

/// The same with those that Metal has, through all that hands them to it.
std::unique_ptr<Network> open_metal_network(const std::string& folder, const ModelConfig& config,
                                            NetworkPlace& place) {
  return gpu::with_kernels(
      torch_backend::load_torch_network(Weights::open(folder), config, place, {}),
      gpu::open_metal_runtime(at::kCPU));
}

/// The tiny folders of tests/data/make_tiny_models.py, one of each kind that users have, in float32
/// on each backend.
class NetworkTest : public testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  NetworkTest() {
    const auto [kind, backend] = GetParam();
    const std::string folder = folders::test_data("models/" + kind);
    config_ = ModelConfig::read(folder);
    NetworkPlace place{"cpu", "float32", backend == "threads" ? 3 : 1};
    if (backend == "torch")
      network_ = open_torch_network(Weights::open(folder), config_, place, {});
    else if (backend == "emulated")
      network_ = open_emulated_network(folder, config_, place, gpu::Order::Ascending);
    else if (backend == "metal")
      network_ = open_metal_network(folder, config_, place);
    else if (backend == "backwards")
      network_ = open_emulated_network(folder, config_, place, gpu::Order::Descending);
    else
      network_ = open_cpu_network(Weights::open(folder), config_,
                                  Tokenizer::open(folder, config_).token_texts(), place, {});
    golden_ = read_json(folders::test_data("goldens/tiny-" + kind + ".json"));
    activations_ = golden_["activations"];
    sentences_ = activations_["sentences"].get<std::vector<std::vector<int32_t>>>();
    prompt_ = activations_["prompt"].get<std::vector<int32_t>>();
  }

  /// The log-probability of each token after the prompt, a row for each sentence.
  std::vector<std::vector<float>> log_probabilities(Decoder& decoder, size_t rows,
                                                    const std::vector<int32_t>& tokens) {
    Selection selection;
    selection.domain = Selection::Domain::LogProbabilities;
    selection.candidates = config_.vocabulary;
    selection.scores = true;
    Candidates candidates;
    decoder.step(tokens, selection, {}, candidates);
    const auto vocabulary = static_cast<size_t>(config_.vocabulary);
    std::vector<std::vector<float>> result(rows, std::vector<float>(vocabulary));
    for (size_t i = 0; i < candidates.tokens.size(); ++i)
      result[i / vocabulary][static_cast<size_t>(candidates.tokens[i])] = candidates.scores[i];
    return result;
  }

  static void expect_near(const std::vector<float>& got, const std::vector<float>& wanted) {
    ASSERT_EQ(got.size(), wanted.size());
    for (size_t i = 0; i < got.size(); ++i)
      ASSERT_NEAR(got[i], wanted[i], 1e-4) << i;
  }

  /// One row for each sentence.
  static std::vector<DecoderRow> rows(const std::vector<int32_t>& sentences) {
    std::vector<DecoderRow> result;
    for (const int32_t sentence : sentences)
      result.push_back({sentence, "deu_Latn", false});
    return result;
  }

  static bool is_on_cpu_backends() {
    const std::string backend = std::get<1>(GetParam());
    return backend == "torch" || backend == "cpu" || backend == "threads";
  }

  std::vector<int32_t> prompts(size_t rows) const {
    std::vector<int32_t> tokens;
    for (size_t i = 0; i < rows; ++i)
      tokens.insert(tokens.end(), prompt_.begin(), prompt_.end());
    return tokens;
  }

  ModelConfig config_;
  std::unique_ptr<Network> network_;
  Json golden_, activations_;
  std::vector<std::vector<int32_t>> sentences_;
  std::vector<int32_t> prompt_;
};

/// With the model that the golden is of.
class PaddingTest : public NetworkTest {};

TEST_P(PaddingTest, HasNoPosition) {
  const Json golden = read_json(folders::test_data("goldens/padding.json"));
  const auto memory = network_->encode({golden["sentence"].get<std::vector<int32_t>>()}, {});
  const auto decoder = network_->decode(memory, rows({0}), 200);
  for (size_t step = 0; step < golden["steps"].size(); ++step)
    expect_near(
        log_probabilities(*decoder, 1, golden["steps"][step].get<std::vector<int32_t>>())[0],
        golden["log_probabilities"][step].get<std::vector<float>>());
}

TEST_P(NetworkTest, EncodesAndScoresAsHuggingFaceDoes) {
  const auto memory = network_->encode(sentences_, {});
  const std::vector<float> output = memory->output();
  const auto& encoded = activations_["encoder"];
  const auto width = static_cast<size_t>(config_.width);
  // The golden's rows behind the sentence's end are those of its padding.
  for (size_t i = 0; i < sentences_[0].size(); ++i)
    expect_near({output.begin() + static_cast<std::ptrdiff_t>(i * width),
                 output.begin() + static_cast<std::ptrdiff_t>((i + 1) * width)},
                encoded[i].get<std::vector<float>>());

  const auto decoder = network_->decode(memory, rows({0, 1}), 20);
  const auto scores = log_probabilities(*decoder, 2, prompts(2));
  for (size_t i = 0; i < 2; ++i)
    expect_near(scores[i], activations_["log_probabilities"][i].get<std::vector<float>>());
}

TEST_P(NetworkTest, GivesARowTheSameWhateverElseIsInTheBatch) {
  const auto memory = network_->encode(sentences_, {});
  // Rows that share their sentence evenly, unevenly and out of order take different ways.
  for (const std::vector<int32_t>& sentences :
       {std::vector<int32_t>{1}, {0, 0}, {1, 0}, {0, 0, 1, 1}, {0, 0, 1}, {1, 0, 1, 0}}) {
    const auto decoder = network_->decode(memory, rows(sentences), 20);
    const auto scores = log_probabilities(*decoder, sentences.size(), prompts(sentences.size()));
    for (size_t i = 0; i < sentences.size(); ++i)
      expect_near(scores[i], activations_["log_probabilities"][static_cast<size_t>(sentences[i])]
                                 .get<std::vector<float>>());
  }
}

TEST_P(NetworkTest, GoesOnFromTheRowsThatAreKept) {
  const auto memory = network_->encode(sentences_, {});
  // Tokens one by one from a batch that is reordered on the way, against one pass over all of them.
  const std::vector<int32_t> more = {5, 9, 14};
  const auto whole = network_->decode(memory, rows({1}), 20);
  std::vector<int32_t> all = prompt_;
  all.insert(all.end(), more.begin(), more.end());
  const auto wanted = log_probabilities(*whole, 1, all);

  const auto decoder = network_->decode(memory, rows({0, 1}), 20);
  log_probabilities(*decoder, 2, prompts(2));
  decoder->reorder({1, 0, 1, 1});
  log_probabilities(*decoder, 4, {8, 7, more[0], 6});
  decoder->reorder({2, 0});
  log_probabilities(*decoder, 2, {more[1], 11});
  decoder->reorder({0});
  expect_near(log_probabilities(*decoder, 1, {more[2]})[0], wanted[0]);
}

TEST_P(NetworkTest, HasRoomForTextsLongerThanItsPositions) {
  const std::vector<int32_t> longer(static_cast<size_t>(config_.max_positions) + 30, 17);
  const auto memory = network_->encode({longer}, {});
  const auto decoder = network_->decode(memory, rows({0}), 4096);
  log_probabilities(*decoder, 1, longer);
  for (int i = 0; i < 70; ++i)
    log_probabilities(*decoder, 1, {20 + i});
}

/// Calls `work` with an interrupt that says yes at its first, second, third question and so on,
/// until it is asked no more. Returns how often that was.
template <typename Work>
int interrupt_everywhere(Work work) {
  constexpr int most_threads = 3;  // each may have asked before the others know
  for (int moment = 1;; ++moment) {
    std::atomic<int> asked{0};
    try {
      work([&] { return ++asked >= moment; });
      EXPECT_LT(asked, moment) << "it went on";
      return asked;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Error::Kind::Cancelled) << error.what();
      EXPECT_LE(asked, moment + 2 * most_threads) << "it went on";
    }
  }
}

TEST_P(NetworkTest, IsInterruptedInEachLayer) {
  const auto wanted = network_->encode(sentences_, {})->output();
  const int of_encoder = interrupt_everywhere(
      [&](const Interrupt& interrupt) { network_->encode(sentences_, interrupt); });
  // A pass of the kernels is over within a millisecond: it is asked for or not.
  const bool in_passes = !is_on_cpu_backends();
  EXPECT_GE(of_encoder, in_passes ? 2 : config_.encoder_layers + config_.decoder_layers);
  const auto memory = network_->encode(sentences_, {});
  expect_near(memory->output(), wanted);

  const auto reference = network_->decode(memory, rows({0, 1}), 20);
  const auto scores = log_probabilities(*reference, 2, prompts(2));
  const int of_step = interrupt_everywhere([&](const Interrupt& interrupt) {
    Candidates candidates;
    network_->decode(memory, rows({0, 1}), 20)->step(prompts(2), {}, interrupt, candidates);
  });
  EXPECT_GE(of_step, in_passes ? 1 : config_.decoder_layers);
  const auto again = network_->decode(memory, rows({0, 1}), 20);
  const auto scores_again = log_probabilities(*again, 2, prompts(2));
  for (size_t row = 0; row < scores.size(); ++row)
    expect_near(scores_again[row], scores[row]);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they end the process,
// and know no fibers
/// In 16 bits the kernels are others than in float32, and others yet where layers are in int8.
TEST(GpuNetwork, IsNearTheReferenceInFewerBits) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  const auto scores_of = [&](Network& network, size_t sentences) {
    const std::vector<int32_t> sentence = {9, 40, 17, 300, 5, 2};
    const auto memory = network.encode(std::vector<std::vector<int32_t>>(sentences, sentence), {});
    std::vector<DecoderRow> rows;
    for (size_t i = 0; i < sentences; ++i)
      rows.push_back({static_cast<int32_t>(i), "deu_Latn", false});
    Selection selection;
    selection.domain = Selection::Domain::LogProbabilities;
    selection.candidates = config.vocabulary;
    selection.scores = true;
    const auto decoder = network.decode(memory, rows, 20);
    Candidates candidates;
    for (const int32_t token : {2, 100, 33})
      decoder->step(std::vector<int32_t>(sentences, token), selection, {}, candidates);
    std::vector<float> scores(sentences * static_cast<size_t>(config.vocabulary));
    for (size_t i = 0; i < scores.size(); ++i) {
      const size_t row = i / static_cast<size_t>(config.vocabulary);
      scores[row * static_cast<size_t>(config.vocabulary) +
             static_cast<size_t>(candidates.tokens[i])] = candidates.scores[i];
    }
    return scores;
  };
  NetworkPlace exact{"cpu", "float32", 1};
  const auto reference = open_torch_network(Weights::open(folder), config, exact, {});
  const auto check = [&](Network& network, const std::vector<size_t>& counts,
                         const std::string& name) {
    for (const size_t sentences : counts) {
      const auto wanted = scores_of(*reference, sentences);
      const auto got = scores_of(network, sentences);
      for (size_t i = 0; i < wanted.size(); ++i)
        ASSERT_NEAR(got[i], wanted[i], 0.15) << i << " of " << sentences << " sentences, " << name;
    }
  };
  for (const auto& [precision, counts] :
       {std::pair<std::string, std::vector<size_t>>{"bfloat16", {1, 5, 8, 11, 20, 70}},
        {"int8", {1, 8, 20}}}) {
    NetworkPlace rounded{"cpu", precision, 1};
    check(*open_emulated_network(folder, config, rounded, gpu::Order::Ascending), counts,
          "emulated, " + precision);
    EXPECT_EQ(rounded.precision, precision);
    check(*open_metal_network(folder, config, rounded), counts, "metal, " + precision);
  }
}

/// Beams become more than a small workspace has room for: their tokens are read again in a large
/// one.
TEST(GpuNetwork, GoesOnWithMoreRowsThanItBeganWith) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "bfloat16", 1};
  const auto network = open_emulated_network(folder, config, place, gpu::Order::Ascending);
  const auto memory = network->encode({{9, 40, 17, 300, 5, 2}, {9, 77, 2}}, {});
  Selection selection;
  selection.domain = Selection::Domain::LogProbabilities;
  selection.candidates = 8;
  selection.scores = true;
  const auto decoder =
      network->decode(memory, {{0, "deu_Latn", false}, {1, "deu_Latn", false}}, 20);
  Candidates few, many;
  decoder->step({2, 2}, selection, {}, few);
  decoder->step({100, 101}, selection, {}, few);
  std::vector<int32_t> from, tokens;
  for (int32_t row = 0; row < 40; ++row) {
    from.push_back(row % 2);
    tokens.push_back(row % 2 == 0 ? 33 : 34);
  }
  decoder->reorder(from);
  decoder->step(tokens, selection, {}, many);
  decoder->reorder({0, 1});
  const auto wanted = network->decode(memory, {{0, "deu_Latn", false}, {1, "deu_Latn", false}}, 20);
  for (const std::vector<int32_t>& step : {std::vector<int32_t>{2, 2}, {100, 101}, {33, 34}})
    wanted->step(step, selection, {}, few);
  for (size_t row = 0; row < 40; ++row)
    for (size_t i = 0; i < 8; ++i)
      EXPECT_NEAR(many.scores[row * 8 + i], few.scores[row % 2 * 8 + i], 0.05)
          << "candidate " << i << " of row " << row;
}

TEST(TorchNetwork, SaysThatMemoryIsShort) {
  const std::string folder = folders::test_data("models/nllb");
  NetworkPlace place{"cpu", "float32", 1};
  const auto network =
      open_torch_network(Weights::open(folder), ModelConfig::read(folder), place, {});
  // The scores of its attention would be terabytes.
  const std::vector<int32_t> endless(500'000, 17);
  try {
    network->encode({endless}, {});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::Memory);
    EXPECT_STREQ(error.what(),
                 "The memory of cpu is too small for these texts: ask for a smaller batch-size or "
                 "fewer beams.");
    EXPECT_NE(error.detail().find("allocate"), std::string::npos) << error.detail();
  }
}
#endif

std::string name_of(const testing::TestParamInfo<NetworkTest::ParamType>& test) {
  std::string name = std::get<0>(test.param) + "_" + std::get<1>(test.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Tiny, NetworkTest,
                         testing::Combine(testing::Values("nllb", "nllb-bin", "nllb-untied",
                                                          "nllb-json", "m2m100", "small100"),
                                          testing::Values("torch", "cpu", "threads")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Tiny, PaddingTest,
                         testing::Combine(testing::Values("nllb"),
                                          testing::Values("torch", "cpu", "threads")),
                         name_of);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they know no fibers
TEST(GpuNetwork, ChoosesWithTheScreenWhatItChoosesWithout) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "bfloat16", 1};
  const auto emulated = open_emulated_network(folder, config, place, gpu::Order::Ascending);
  const auto metal = open_metal_network(folder, config, place);
  for (Network* network : {emulated.get(), metal.get()}) {
    const auto memory = network->encode({{9, 40, 17, 300, 5, 2}}, {});
    const auto best = [&](int wanted) {
      Selection selection;
      selection.domain = Selection::Domain::LogProbabilities;
      selection.candidates = wanted;
      selection.scores = true;
      const auto decoder =
          network->decode(memory, {{0, "deu_Latn", false}, {0, "deu_Latn", false}}, 20);
      Candidates candidates;
      for (const int32_t token : {2, 100, 33})
        decoder->step({token, token + 1}, selection, {}, candidates);
      return candidates;
    };
    // All logits are those of the stored matrix.
    const auto vocabulary = static_cast<size_t>(config.vocabulary);
    const Candidates all = best(config.vocabulary);
    for (const int wanted : {1, 8, 16}) {
      const Candidates some = best(wanted);
      for (size_t row = 0; row < 2; ++row) {
        for (size_t i = 0; i < static_cast<size_t>(wanted); ++i) {
          EXPECT_EQ(some.tokens[row * static_cast<size_t>(wanted) + i],
                    all.tokens[row * vocabulary + i]);
          // What all others sum up to is that of int8.
          EXPECT_NEAR(some.scores[row * static_cast<size_t>(wanted) + i],
                      all.scores[row * vocabulary + i], 2e-3);
        }
      }
    }
  }
}

/// From one to the next takes time. So a sentence that is translated alone is folded into the
/// weights.
TEST(GpuNetwork, HasFewKernelsATokenForOneSentence) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "bfloat16", 1};
  const auto network = open_metal_network(folder, config, place);
  const auto kernels_a_token = [&](const std::vector<std::vector<int32_t>>& sentences) {
    std::vector<DecoderRow> rows;
    for (size_t i = 0; i < sentences.size(); ++i)
      rows.push_back({static_cast<int32_t>(i), "deu_Latn", false});
    const auto decoder = network->decode(network->encode(sentences, {}), rows, 20);
    const int before = metal_dispatches();
    Candidates candidates;
    decoder->step(std::vector<int32_t>(sentences.size(), 2), {}, {}, candidates);
    return metal_dispatches() - before;
  };
  const std::vector<int32_t> longest(32, 40), longer(33, 40);
  EXPECT_EQ(kernels_a_token({longest}), 6 + 6 * config.decoder_layers);
  EXPECT_EQ(kernels_a_token({longer}), 6 + 8 * config.decoder_layers);
  EXPECT_EQ(kernels_a_token({longest, longest}), 6 + 8 * config.decoder_layers);
}

/// What is folded of a sentence that comes to no numbers, as one may in float16, spoils no other.
TEST(GpuNetwork, ForgetsASentenceOfNoNumbers) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "bfloat16", 1};
  const auto loaded = torch_backend::load_torch_network(Weights::open(folder), config, place, {});
  torch_backend::Parameters parameters = loaded->parameters();
  constexpr int32_t no_numbers = 77;
  {
    const c10::InferenceMode guard;
    parameters.encoder_embedding = parameters.encoder_embedding.clone();
    parameters.encoder_embedding[no_numbers].fill_(std::numeric_limits<double>::quiet_NaN());
  }
  const auto network = gpu::with_kernels(std::make_unique<torch_backend::TorchNetwork>(
                                             std::move(parameters), config, loaded->options(), 1),
                                         gpu::open_emulated_runtime(gpu::Order::Ascending));
  const auto best = [&](const std::vector<int32_t>& sentence) {
    const auto decoder =
        network->decode(network->encode({sentence}, {}), {{0, "deu_Latn", false}}, 20);
    Selection selection;
    selection.candidates = 8;
    Candidates candidates;
    decoder->step({2}, selection, {}, candidates);
    return candidates.tokens;
  };
  const std::vector<int32_t> sentence = {9, 40, 17, 300, 2};
  const std::vector<int32_t> wanted = best(sentence);
  EXPECT_EQ(best({9, 40, no_numbers, 17, 300, 5, 6, 2}), std::vector<int32_t>(8, -1));
  EXPECT_EQ(best(sentence), wanted);
}

/// A device that has no room for the first pass of the decoder.
class FullRuntime : public gpu::Runtime {
 public:
  gpu::SharedMemory share(size_t bytes) override { return other_->share(bytes); }
  std::unique_ptr<gpu::RecordedPass> record(const gpu::DecoderPass& pass) override {
    if (!std::exchange(has_refused_, true)) throw Error(Error::Kind::Memory, "It is full.");
    return other_->record(pass);
  }
  std::unique_ptr<gpu::RecordedPass> record(const gpu::EncoderPass& pass) override {
    return other_->record(pass);
  }
  size_t shared_limit() const override { return other_->shared_limit(); }
  void check() override {}
  void wait() override {}

 private:
  bool has_refused_ = false;
  const std::unique_ptr<gpu::Runtime> other_ = gpu::open_emulated_runtime(gpu::Order::Ascending);
};

TEST(GpuNetwork, WaitsForNoPassThatHasNotBegun) {
  const std::string folder = folders::test_data("models/nllb");
  const ModelConfig config = ModelConfig::read(folder);
  NetworkPlace place{"cpu", "bfloat16", 1};
  const auto network =
      gpu::with_kernels(torch_backend::load_torch_network(Weights::open(folder), config, place, {}),
                        std::make_unique<FullRuntime>());
  const auto memory = network->encode({{9, 40, 17, 300, 2}}, {});
  Candidates candidates;
  EXPECT_THROW(network->decode(memory, {{0, "deu_Latn", false}}, 20)->step({2}, {}, {}, candidates),
               Error);
  network->decode(memory, {{0, "deu_Latn", false}}, 20)->step({2}, {}, {}, candidates);
  EXPECT_GE(candidates.tokens.at(0), 0);
}

INSTANTIATE_TEST_SUITE_P(Emulated, NetworkTest,
                         testing::Combine(testing::Values("nllb", "m2m100"),
                                          testing::Values("emulated")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Emulated, PaddingTest,
                         testing::Combine(testing::Values("nllb"), testing::Values("emulated")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Metal, NetworkTest,
                         testing::Combine(testing::Values("nllb", "small100"),
                                          testing::Values("metal")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Metal, PaddingTest,
                         testing::Combine(testing::Values("nllb"), testing::Values("metal")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Backwards, NetworkTest,
                         testing::Combine(testing::Values("small100"),
                                          testing::Values("backwards")),
                         name_of);
#endif

}  // namespace
}  // namespace gst_translate
