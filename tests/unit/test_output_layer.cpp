// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/output_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "gst-translate/decode/cpu/decoder.h"
#include "gst-translate/decode/cpu/encoder.h"
#include "gst-translate/decode/cpu/kernel_choice.h"
#include "gst-translate/decode/cpu/packed_model.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/text/utf8.h"
#include "tests/unit/folders.h"

namespace gst_translate::cpu {
namespace {

constexpr uint64_t every_group = ~uint64_t{0};
using Tokens = std::vector<int32_t>;

/// The bundled model, opened in each precision where a test asks for it.
struct Demo {
  Demo()
      : config(ModelConfig::read(folders::demo_model())),
        weights(Weights::open(folders::demo_model())),
        texts(Tokenizer::open(folders::demo_model(), config).token_texts()) {}

  std::unique_ptr<PackedModel> open(WeightType type) const {
    return std::make_unique<PackedModel>(weights, config, texts, type, best_kernels(), 3,
                                         Progress());
  }

  const ModelConfig config;
  const Weights weights;
  const std::vector<std::string> texts;
};

const Demo& demo() {
  static const Demo demo;
  return demo;
}

/// With each kind of kernels that this processor has.
class WithKernels : public testing::TestWithParam<const char*> {
 protected:
  // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
  WithKernels() { setenv("ATEN_CPU_CAPABILITY", GetParam(), 1); }
  ~WithKernels() override { unsetenv("ATEN_CPU_CAPABILITY"); }
  // NOLINTEND(concurrency-mt-unsafe)
};

/// The int8 matrix as a screen: what it picks against the scores of the weights as they are stored.
class OutputLayerTest : public WithKernels {
 protected:
  OutputLayerTest() : model_(demo().open(WeightType::Int8)) {
    const TensorView& stored = model_->embeddings.output;
    matrix_.resize(static_cast<size_t>(stored.elements()));
    read_floats(model_->kernels, stored, 0, matrix_.size(), matrix_.data());
  }

  const float* stored_row(size_t token) const { return matrix_.data() + token * width_; }

  /// What a decoder may end with, of the size that its last norm gives.
  std::vector<float> random_rows(size_t rows) {
    std::normal_distribution<float> values;
    std::vector<float> x(rows * width_);
    std::generate(x.begin(), x.end(), [&] { return values(random_); });
    return x;
  }

  /// Rows between the weights of some tokens, whose scores are then close to each other.
  std::vector<float> undecided_rows(size_t rows, int tokens = 2) {
    std::vector<float> x = random_rows(rows);
    for (float& each : x)
      each *= 0.02F;
    std::uniform_int_distribution<size_t> any(0, vocabulary_ - 1);
    for (size_t row = 0; row < rows; ++row)
      for (int i = 0; i < tokens; ++i) {
        const float* weights = stored_row(any(random_));
        for (size_t k = 0; k < width_; ++k)
          x[row * width_ + k] += 20 * weights[k] / static_cast<float>(tokens);
      }
    return x;
  }

  std::vector<float> exact_scores(const float* x) const {
    std::vector<float> scores(vocabulary_);
    for (size_t token = 0; token < vocabulary_; ++token)
      scores[token] = model_->kernels.dot(stored_row(token), x, static_cast<int>(width_));
    return scores;
  }

  /// The best tokens by their scores, of equal ones the first.
  static Tokens best(const std::vector<float>& scores, size_t count) {
    Tokens tokens(scores.size());
    std::iota(tokens.begin(), tokens.end(), 0);
    std::partial_sort(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count),
                      tokens.end(), [&](int32_t a, int32_t b) {
                        const float x = scores[static_cast<size_t>(a)];
                        const float y = scores[static_cast<size_t>(b)];
                        return x != y ? x > y : a < b;
                      });
    tokens.resize(count);
    return tokens;
  }

  Candidates select(const std::vector<float>& x, const Selection& selection,
                    std::vector<uint64_t> groups = {}) {
    groups.resize(x.size() / width_, every_group);
    Candidates candidates;
    model_->output->select(x.data(), static_cast<int>(groups.size()), groups, selection,
                           candidates);
    return candidates;
  }

  static Tokens row_of(const Candidates& candidates, size_t row, const Selection& selection) {
    const auto begin =
        candidates.tokens.begin() + static_cast<std::ptrdiff_t>(row) * selection.candidates;
    return {begin, begin + selection.candidates};
  }

  const std::unique_ptr<PackedModel> model_;
  const size_t width_ = model_->width();
  const size_t vocabulary_ = demo().texts.size();
  std::vector<float> matrix_;
  std::mt19937 random_{1};
};

TEST_P(OutputLayerTest, ChoosesAsTheStoredWeightsDo) {
  Selection selection;
  // Up to four rows are screened with activations of 16 bits, more with 8.
  for (const size_t rows : {size_t{1}, size_t{2}, size_t{4}, size_t{5}, size_t{16}})
    for (const int candidates : {1, 10})
      for (const bool undecided : {false, true}) {
        selection.candidates = candidates;
        const std::vector<float> x = undecided ? undecided_rows(rows) : random_rows(rows);
        const Candidates chosen = select(x, selection);
        for (size_t row = 0; row < rows; ++row)
          ASSERT_EQ(row_of(chosen, row, selection),
                    best(exact_scores(x.data() + row * width_), static_cast<size_t>(candidates)))
              << rows << " rows, " << candidates << " candidates, undecided " << undecided;
      }
}

/// One row after the other, as greedy search has them, has a first look that leaves out most of the
/// matrix. Calls in between need all of it.
TEST_P(OutputLayerTest, ChoosesTheSameWithOneRowAfterTheOther) {
  Selection selection;
  for (int call = 0; call < 144; ++call) {
    const size_t rows = call % 72 == 71 ? 3 : 1;
    selection.candidates = call % 4 == 0 ? 2 : 1;
    const std::vector<float> x = undecided_rows(rows, 1 + call % 7);
    const Candidates chosen = select(x, selection);
    for (size_t row = 0; row < rows; ++row)
      ASSERT_EQ(row_of(chosen, row, selection), best(exact_scores(x.data() + row * width_),
                                                     static_cast<size_t>(selection.candidates)))
          << "call " << call;
  }
}

TEST_P(OutputLayerTest, NoTokenScoresMoreThanAFirstLookSays) {
  const OutputMatrix& output = model_->parameters.output;
  FirstLook first_look(output, model_->compute);
  int looks = 0;
  for (int call = 0; call < 48; ++call) {
    const std::vector<float> x = undecided_rows(1, 1 + call % 7);
    if (!first_look.begin(x.data())) continue;
    ++looks;
    first_look.look(0, static_cast<int>(output.tokens.size()) / panel, 0);
    const std::vector<float> scores = exact_scores(x.data());
    for (size_t i = 0; i < output.tokens.size(); ++i) {
      if (output.tokens[i] < 0) continue;
      // And what rounding to 8 bits took from the row and from x.
      const float most =
          first_look.most(static_cast<int>(i) / panel) + output.error[i] * first_look.norm() +
          (output.norm[i] + output.error[i]) * (first_look.error() + 1e-5F * first_look.norm());
      ASSERT_LE(scores[static_cast<size_t>(output.tokens[i])], most) << "call " << call;
    }
  }
  EXPECT_GE(looks, 16) << "the bytes are read in two planes by then";
  first_look.begin(nullptr);
}

TEST_P(OutputLayerTest, ChoosesTheSameOfLogProbabilities) {
  Selection selection;
  selection.domain = Selection::Domain::LogProbabilities;
  selection.candidates = 8;
  const std::vector<float> x = undecided_rows(6);
  const Candidates chosen = select(x, selection);
  for (size_t row = 0; row < 6; ++row) {
    const std::vector<float> scores = exact_scores(x.data() + row * width_);
    EXPECT_EQ(row_of(chosen, row, selection), best(scores, 8));
    double sum = 0;
    for (const float score : scores)
      sum += std::exp(static_cast<double>(score));
    for (size_t i = 8 * row; i < 8 * row + 8; ++i)
      EXPECT_NEAR(chosen.scores[i], scores[static_cast<size_t>(chosen.tokens[i])] - std::log(sum),
                  0.02);
  }
}

TEST_P(OutputLayerTest, PenalisesWhatWasSeen) {
  for (const float penalty : {3.0F, 0.6F}) {
    const size_t rows = 6;
    const std::vector<float> x = undecided_rows(rows);
    Selection selection;
    selection.candidates = 5;
    selection.repetition_penalty = penalty;
    std::vector<Tokens> wanted;
    for (size_t row = 0; row < rows; ++row) {
      std::vector<float> scores = exact_scores(x.data() + row * width_);
      // The best ones, and some far below that a penalty under 1 may lift.
      selection.seen.push_back(best(scores, 200));
      selection.seen.back().erase(selection.seen.back().begin() + 12,
                                  selection.seen.back().end() - 12);
      for (const int32_t token : selection.seen.back()) {
        float& score = scores[static_cast<size_t>(token)];
        score = score < 0 ? score * penalty : score / penalty;
      }
      wanted.push_back(best(scores, 5));
    }
    const Candidates chosen = select(x, selection);
    for (size_t row = 0; row < rows; ++row)
      EXPECT_EQ(row_of(chosen, row, selection), wanted[row]) << penalty;
  }
}

TEST_P(OutputLayerTest, LeavesOutWhatIsBanned) {
  const std::vector<float> x = undecided_rows(2);
  Selection selection;
  selection.candidates = 5;
  for (size_t row = 0; row < 2; ++row)
    selection.banned.push_back(best(exact_scores(x.data() + row * width_), 30));
  const Candidates chosen = select(x, selection);
  for (size_t row = 0; row < 2; ++row) {
    const Tokens ranks = best(exact_scores(x.data() + row * width_), 35);
    EXPECT_EQ(row_of(chosen, row, selection), Tokens(ranks.begin() + 30, ranks.end()));
  }
}

TEST_P(OutputLayerTest, ShortlistHasTheScriptOfTheLanguageAlone) {
  const std::vector<std::string> languages = {"deu_Latn", "jpn_Jpan", "deu_Latn", ""};
  const std::vector<float> x = random_rows(languages.size());
  std::vector<uint64_t> groups;
  groups.reserve(languages.size());
  for (const auto& language : languages)
    groups.push_back(model_->groups.for_language(language));
  Selection selection;
  selection.candidates = 1000;
  const Candidates chosen = select(x, selection, groups);
  const auto has = [](const std::string& text, bool (*is_one)(char32_t)) {
    for (size_t position = 0; position < text.size();)
      if (is_one(next_character(text, position))) return true;
    return false;
  };
  const auto is_kana_or_han = [](char32_t c) { return c > 0x3040 && c < 0xa000; };
  const auto is_umlaut = [](char32_t c) { return c == 0xe4 || c == 0xf6 || c == 0xfc; };
  for (size_t row = 0; row < languages.size(); ++row) {
    std::vector<float> scores = exact_scores(x.data() + row * width_);
    for (size_t token = 0; token < vocabulary_; ++token)
      if ((groups[row] >> model_->groups.of[token] & 1) == 0) scores[token] = -1e30F;
    const Tokens tokens = row_of(chosen, row, selection);
    EXPECT_EQ(tokens, best(scores, 1000));
    bool japanese = false, german = false;
    for (const int32_t token : tokens) {
      const std::string& text = demo().texts[static_cast<size_t>(token)];
      japanese |= has(text, is_kana_or_han);
      german |= has(text, is_umlaut) && text.size() > 6;
    }
    EXPECT_EQ(japanese, languages[row] != "deu_Latn") << row;
    EXPECT_EQ(german, languages[row] != "jpn_Jpan") << row;
  }
}

TEST_P(OutputLayerTest, ShortlistKeepsTheEndAndTheLanguages) {
  const uint64_t german = model_->groups.for_language("deu_Latn");
  for (size_t token = 0; token < vocabulary_; ++token)
    if (demo().texts[token].empty()) {
      EXPECT_NE(german >> model_->groups.of[token] & 1, 0U) << token;
    }
}

/// Which thread takes which piece is chance, and how many there are may change: nobody may tell
/// from a translation.
class ThreadsTest : public WithKernels {
 protected:
  /// The encoder's output, and the scores of a prompt and of steps after it, for all that
  /// selections differ in.
  static std::vector<float> everything(PackedModel& model) {
    const std::vector<Tokens> sentences = {
        {5, 900, 44, 2}, {77, 3000, 15000, 31, 8, 9, 2}, {400, 2}};
    const auto memory = encode(model, sentences);
    std::vector<float> all = memory->output();
    for (const int rows : {1, 7})
      for (const auto domain : {Selection::Domain::Logits, Selection::Domain::LogProbabilities}) {
        std::vector<DecoderRow> begins;
        for (int row = 0; row < rows; ++row)
          begins.push_back({row % 3, row % 2 == 0 ? "deu_Latn" : "jpn_Jpan", row > 4});
        CpuDecoder decoder(model, memory, begins);
        Selection selection;
        selection.domain = domain;
        selection.candidates = 6;
        selection.scores = true;
        Candidates chosen;
        for (int32_t step = 0; step < 2; ++step) {
          const size_t count = static_cast<size_t>(rows) * (step == 0 ? 2 : 1);
          decoder.step(Tokens(count, 100 + step), selection, {}, chosen);
          all.insert(all.end(), chosen.tokens.begin(), chosen.tokens.end());
          all.insert(all.end(), chosen.scores.begin(), chosen.scores.end());
        }
      }
    return all;
  }
};

TEST_P(ThreadsTest, DoNotChangeWhatIsComputed) {
  for (const WeightType type : {WeightType::Int8, WeightType::Float16, WeightType::Float32}) {
    const auto model = demo().open(type);
    model->pool.use(1);
    const std::vector<float> alone = everything(*model);
    for (const int threads : {2, 3, 3}) {
      model->pool.use(threads);
      ASSERT_EQ(everything(*model), alone) << threads << " threads, type " << int(type);
    }
  }
}

/// How far rounding takes the encoder's output from that of the stored weights: the Euclidean norm
/// of the difference by that of the output.
class RoundingErrorTest : public WithKernels {
 protected:
  static double error_of(WeightType type) {
    const std::vector<float> rounded = encoded(type), exact = encoded(WeightType::Float32);
    double error = 0, size = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
      error += std::pow(rounded[i] - exact[i], 2);
      size += std::pow(exact[i], 2);
    }
    return std::sqrt(error / size);
  }

 private:
  static std::vector<float> encoded(WeightType type) {
    constexpr int32_t count = 12;
    Tokens tokens;
    for (int32_t i = 1; i <= count; ++i)
      tokens.push_back(i * (demo().config.vocabulary / (count + 1)));
    return encode(*demo().open(type), {tokens})->output();
  }
};

TEST_P(RoundingErrorTest, IsSmallInInt8) {
  const double error = error_of(WeightType::Int8);
  EXPECT_GT(error, 0.001);
  EXPECT_LT(error, 0.04);  // sums that saturate lose several times that
}

TEST_P(RoundingErrorTest, IsThatOfFloat32InFloat16) {
  // The weights are stored in bfloat16, of which float16 loses no more than the last bits of some
  // that are next to nothing.
  EXPECT_LT(error_of(WeightType::Float16), 1e-6);
}

constexpr const char* kinds[] = {"default", "avx2", "znver1", "avxvnni", "avx512", "amx"};
const auto name_of = [](const auto& test) { return std::string(test.param); };

INSTANTIATE_TEST_SUITE_P(Cpu, OutputLayerTest, testing::ValuesIn(kinds), name_of);
INSTANTIATE_TEST_SUITE_P(Cpu, ThreadsTest, testing::Values("avx2", "znver1", "avxvnni", "avx512"),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Cpu, RoundingErrorTest, testing::ValuesIn(kinds), name_of);

}  // namespace
}  // namespace gst_translate::cpu
